"""What the newsroom says to itself about anything it works with; windows never see it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stats.models import MonthlyReport
from windows.access import scope_of
from windows.models import Centre
from windows.roles import APPROVER, DATA_CLERK, EDITOR, PUBLISHER

from .editions import Edition
from .intake import Call, Submission
from .issues import Entry, Issue

if TYPE_CHECKING:
    from windows.access import Actor

Discussable: TypeAlias = Submission | Issue | Entry | Edition | Call | MonthlyReport

# What a comment may be about: the column, and whose rows it names.
ABOUT: Final[dict[str, type[Discussable]]] = {
    "submission": Submission,
    "issue": Issue,
    "entry": Entry,
    "edition": Edition,
    "call": Call,
    "report": MonthlyReport,
}


def subject_of(target: Discussable) -> str:
    """The column that names `target`."""
    return next(name for name, model in ABOUT.items() if isinstance(target, model))


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Actor) -> Self:
        """The centre's people, each about what they may see; drafts have no comments."""
        scope = scope_of(user)
        if scope.everything:
            return self
        room = scope.centres_as(EDITOR, APPROVER, PUBLISHER)
        counts = Q(submission__kind="report") | Q(report__isnull=False)
        rows = self.filter(Q(centre__in=room) | Q(counts, centre__in=scope.centres_as(DATA_CLERK)))
        return rows.filter(Q(submission=None) | ~Q(submission__state="draft"))

    def about(self, target: Discussable) -> Self:
        """The pinned note first, then as they were written."""
        what = Q(**{subject_of(target): target})
        if isinstance(target, Submission) and target.report_id:
            what |= Q(report=target.report_id)  # said before the counts were handed in
        rows = self.filter(what).select_related("author", "resolved_by")
        return rows.order_by("-pinned", "made_at", "pk")

    def open(self) -> Self:
        return self.filter(resolved_at=None)


def _about(name: str) -> Any:
    """A column of ABOUT: null in all rows but those about such an object."""
    model = ABOUT[name]
    return models.ForeignKey(
        model,
        models.CASCADE,
        null=True,
        related_name="comments",
        verbose_name=model._meta.verbose_name or name,
    )


def _only(name: str) -> Q:
    return Q(**{f"{other}__isnull": other != name for other in ABOUT})


class Comment(models.Model):
    """About exactly one object; open until resolved; at most one a pinned note."""

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    submission = _about("submission")
    issue = _about("issue")
    entry = _about("entry")
    edition = _about("edition")
    call = _about("call")
    report = _about("report")
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
                condition=reduce(or_, (_only(name) for name in ABOUT)),
            ),
            *(
                models.UniqueConstraint(
                    fields=[name], condition=Q(pinned=True), name=f"one_note_a_{name}"
                )
                for name in ABOUT
            ),
        ]

    def __str__(self) -> str:
        return self.text[:30]

    @property
    def subject(self) -> str:
        """The column that is not null: the constraint holds it to exactly one."""
        return next(name for name in ABOUT if getattr(self, f"{name}_id") is not None)

    @property
    def about(self) -> Discussable:
        found: Discussable = getattr(self, self.subject)
        return found
