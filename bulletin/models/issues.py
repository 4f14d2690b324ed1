"""An issue in preparation: sections, entries and where they came from."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bulletin.document import Period, number_line
from bulletin.workflow import ISSUE
from windows.access import scope_of
from windows.models import Department
from windows.roles import APPROVER, EDITOR, PUBLISHER

from .intake import Submission
from .publications import Publication, SectionKind

if TYPE_CHECKING:
    from windows.access import Actor
    from windows.models import Centre


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible_to(self, user: Actor) -> Self:
        scope = scope_of(user)
        if scope.everything:
            return self
        centres = scope.centres_as(EDITOR, APPROVER, PUBLISHER)
        return self.filter(publication__centre__in=centres)


class Issue(models.Model):
    """One number of a publication; covers `month`, or `month` to `month_to` (合刊)."""

    workflow = ISSUE

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="issues", verbose_name=_("刊物")
    )
    year = models.PositiveSmallIntegerField(_("所报年份"))
    month = models.PositiveSmallIntegerField(_("所报月份"))
    month_to = models.PositiveSmallIntegerField(_("至（合刊）"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("期号"))
    number_to = models.PositiveSmallIntegerField(_("至期号（合刊）"), null=True, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    title = models.CharField(_("刊名"), max_length=40, blank=True)
    issuer = models.CharField(_("编印单位"), max_length=100, blank=True)
    imprint = models.JSONField(
        _("版记"), default=list, blank=True, help_text=_("每行：报、送或发，和单位。")
    )
    narrative = models.TextField(_("运行情况模板"), blank=True)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=list(ISSUE.states.items()),
        default=ISSUE.initial,
        editable=False,
    )
    correction_notice = models.TextField(_("更正说明"), blank=True, editable=False)
    scheduled_for = models.DateTimeField(_("定时发布"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("期")
        verbose_name_plural = _("本期编排")
        ordering = ["-year", "-number"]
        permissions = ISSUE.permissions
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "year", "number"], name="one_issue_a_number"
            ),
            models.UniqueConstraint(
                fields=["publication", "year", "month"], name="one_issue_a_month"
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12),
                name="issue_month_is_a_month",
                violation_error_message=_("月份要在1到12之间。"),
            ),
            models.CheckConstraint(
                condition=Q(month_to=None) | Q(month_to__gt=models.F("month"), month_to__lte=12),
                name="combined_months_follow",
                violation_error_message=_("合刊的末月要晚于首月。"),
            ),
            models.CheckConstraint(
                condition=Q(number_to=None) | Q(number_to__gt=models.F("number")),
                name="combined_numbers_follow",
                violation_error_message=_("合刊的末期号要大于首期号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication}{self.year}年{self.number_label}"

    @property
    def number_label(self) -> str:
        return number_line(self.number, self.number_to)

    @property
    def period(self) -> Period:
        return Period(self.year, self.month, self.month_to)

    @property
    def centre(self) -> Centre:
        return self.publication.centre

    @property
    def last_day(self) -> dt.date:
        """The last day of the months covered."""
        last = self.months[-1]
        return dt.date(self.year, last, calendar.monthrange(self.year, last)[1])

    @property
    def months(self) -> range:
        return range(self.month, (self.month_to or self.month) + 1)


class Section(models.Model):
    """A heading of one issue, copied from the publication's template."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="sections", verbose_name=_("期"))
    key = models.SlugField(_("代号"), max_length=40)
    heading = models.CharField(_("标题"), max_length=60)
    kind = models.CharField(_("种类"), max_length=10, choices=SectionKind, default=SectionKind.NEWS)
    position = models.PositiveSmallIntegerField(_("次序"))
    print_when_empty = models.BooleanField(_("没有条目也印标题"), default=False)

    class Meta:
        verbose_name = _("栏目")
        verbose_name_plural = _("栏目")
        ordering = ["issue", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "position"],
                name="section_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["issue", "key"], name="section_key_once"),
        ]

    def __str__(self) -> str:
        return self.heading


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Actor) -> Self:
        """With the issue they stand in."""
        return self.filter(issue__in=Issue.objects.all().visible_to(user))


class Entry(models.Model):
    """One printed paragraph.

    `composed` keeps what the system last wrote (narrative, 值守 sentence); an
    entry whose text differs from it has been touched by hand and is kept. `basis` is
    what the system had written when it was touched: where `composed` has moved on
    since, the sources have changed behind the hand-made text.
    """

    class Kind(models.TextChoices):
        NEWS = "news", _("资讯")
        VISIT = "visit", _("调研指导")
        DUTY = "duty", _("值守合写")
        NARRATIVE = "narrative", _("运行情况")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="entries", verbose_name=_("期"))
    section = models.ForeignKey(
        Section, models.CASCADE, related_name="entries", verbose_name=_("栏目")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    kind = models.CharField(_("种类"), max_length=10, choices=Kind, default=Kind.NEWS)
    date = models.DateField(_("日期"), null=True, blank=True)
    text = models.TextField(_("正文"))
    composed = models.TextField(_("系统写的"), blank=True, editable=False)
    basis = models.TextField(_("改的时候系统写的"), blank=True, editable=False)
    departments = models.ManyToManyField(Department, blank=True, verbose_name=_("部门"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("条目")
        verbose_name_plural = _("条目")
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "position"],
                name="entry_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="entry_position_from_one"),
        ]

    def __str__(self) -> str:
        return self.text[:30]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """What was said of it stays with the issue, nothing of it pinned there."""
        self.comments.update(entry=None, issue=self.issue_id, pinned=False)
        return super().delete(*args, **kwargs)

    @property
    def centre(self) -> Centre:
        return self.issue.centre

    @property
    def touched(self) -> bool:
        return bool(self.composed) and self.text != self.composed

    @property
    def outdated(self) -> bool:
        """Touched by hand, and the system would write something else now than it did then."""
        return self.touched and self.basis not in ("", self.composed)


class EntrySource(models.Model):
    """Which submission an entry was made from; several where items were merged.

    `text` is what the submission said when it was placed ("" where that is not known).
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="sources", verbose_name=_("条目"))
    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="placement", verbose_name=_("报送")
    )
    text = models.TextField(_("编入时的文字"), blank=True, editable=False)

    class Meta:
        verbose_name = _("来稿")
        verbose_name_plural = _("来稿")

    def __str__(self) -> str:
        return str(self.submission)
