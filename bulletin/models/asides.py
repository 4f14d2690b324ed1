"""Entries set aside: taken out of their place, kept whole so that they can be put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from windows.models import Department

from .intake import Submission
from .issues import Entry, Issue

if TYPE_CHECKING:
    from windows.models import Centre


class AsideQuerySet(models.QuerySet["Aside"]):
    def carried_past(self, issue: Issue) -> Self:
        """Carried over from that issue or a later one: it is not theirs any more."""
        later = Q(issue__year__gt=issue.year) | Q(
            issue__year=issue.year, issue__month__gte=issue.month
        )
        return self.filter(later, deed=Aside.Deed.CARRIED, issue__publication=issue.publication_id)


class Aside(models.Model):
    """What an entry was and where it stood, before it was dropped, merged or carried over.

    `into` is the entry it has become: of a merged one the entry it is part of now, of one
    carried over the entry in the later issue, once it stands there. `before` is what `into`
    said before the merger. `within` is the aside that `into` has itself become.
    """

    class Deed(models.TextChoices):
        DROPPED = "dropped", _("取下")
        MERGED = "merged", _("合并")
        CARRIED = "carried", _("移至下期")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="asides", verbose_name=_("期"))
    deed = models.CharField(_("怎么拿开的"), max_length=10, choices=Deed)
    section_key = models.SlugField(_("栏目"), max_length=40)
    position = models.PositiveSmallIntegerField(_("次序"))
    kind = models.CharField(_("种类"), max_length=10, choices=Entry.Kind)
    date = models.DateField(_("日期"), null=True, blank=True)
    text = models.TextField(_("正文"))
    composed = models.TextField(_("系统写的"), blank=True)
    basis = models.TextField(blank=True)
    departments = models.ManyToManyField(Department, blank=True, verbose_name=_("部门"))
    submissions = models.ManyToManyField(
        Submission, blank=True, related_name="asides", verbose_name=_("来稿")
    )
    into = models.ForeignKey(
        Entry, models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("并入")
    )
    within = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    before = models.TextField(_("合并前的正文"), blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("谁")
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    objects = AsideQuerySet.as_manager()

    class Meta:
        verbose_name = _("拿开的条目")
        verbose_name_plural = _("拿开的条目")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:30]

    @property
    def centre(self) -> Centre:
        return self.issue.centre
