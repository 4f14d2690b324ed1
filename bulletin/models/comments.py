"""What the newsroom says to itself about a submission or an issue; windows never see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from windows.access import scope_of
from windows.models import Centre
from windows.roles import APPROVER, DATA_CLERK, EDITOR, PUBLISHER

from .intake import Submission
from .issues import Issue

if TYPE_CHECKING:
    from windows.access import Actor


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Actor) -> Self:
        """The centre's people, each about what they may see; drafts have no comments."""
        scope = scope_of(user)
        if scope.everything:
            return self
        room = scope.centres_as(EDITOR, APPROVER, PUBLISHER)
        figures = scope.centres_as(DATA_CLERK)
        return self.filter(
            Q(Q(centre__in=room), Q(submission=None) | ~Q(submission__state="draft"))
            | Q(centre__in=figures, submission__kind="report")
        )

    def about(self, target: Submission | Issue) -> Self:
        """The pinned note first, then as they were written."""
        field = "submission" if isinstance(target, Submission) else "issue"
        rows = self.filter(**{field: target}).select_related("author", "resolved_by")
        return rows.order_by("-pinned", "made_at", "pk")


class Comment(models.Model):
    """About exactly one object; open until resolved; at most one a pinned note."""

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    submission = models.ForeignKey(
        Submission, models.CASCADE, null=True, related_name="comments", verbose_name=_("报送")
    )
    issue = models.ForeignKey(
        Issue, models.CASCADE, null=True, related_name="comments", verbose_name=_("期")
    )
    text = models.TextField(_("内容"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("谁写的"),
    )
    made_at = models.DateTimeField(_("何时"), auto_now_add=True)
    pinned = models.BooleanField(_("置顶"), default=False)
    resolved_at = models.DateTimeField(_("办结时间"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("谁办结的"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("批注")
        verbose_name_plural = _("批注")
        ordering = ["made_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="comment_about_exactly_one",
                condition=Q(submission=None, issue__isnull=False)
                | Q(submission__isnull=False, issue=None),
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(pinned=True), name="one_note_a_submission"
            ),
            models.UniqueConstraint(
                fields=["issue"], condition=Q(pinned=True), name="one_note_an_issue"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:30]

    @property
    def about(self) -> Submission | Issue:
        found = self.submission or self.issue
        assert found is not None  # noqa: S101  the constraint holds it
        return found
