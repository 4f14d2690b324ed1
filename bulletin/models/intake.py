"""What comes in: the call, what windows hand in, and its one wrapper."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bulletin.workflow import FIGURES, REVIEW
from stats.models import MonthlyReport
from windows.access import scope_of
from windows.models import Centre, Department, LeaderVisit, ServiceWindow
from windows.models.places import OfCentreQuerySet
from windows.roles import APPROVER, DATA_CLERK, EDITOR, PUBLISHER

from .publications import Publication

if TYPE_CHECKING:
    from windows.access import Actor


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: Actor) -> Self:
        scope = scope_of(user)
        if scope.everything:
            return self
        return self.filter(publication__centre__in=scope.all_centres)


class Call(models.Model):
    """The month's request to the windows (征稿), with topics and a cut-off."""

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="calls", verbose_name=_("刊物")
    )
    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    topics = models.TextField(_("选题"), blank=True)
    cutoff = models.DateTimeField(_("截止"))
    is_open = models.BooleanField(_("征稿中"), default=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("征稿")
        verbose_name_plural = _("征稿")
        ordering = ["-year", "-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "year", "month"], name="one_call_a_month"
            ),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="call_month"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月征稿"

    @property
    def centre(self) -> Centre:
        return self.publication.centre


class NewsItem(models.Model):
    """One dated paragraph; `subject` and `text` follow the date in print."""

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    window = models.ForeignKey(
        ServiceWindow, models.PROTECT, null=True, blank=True, verbose_name=_("窗口")
    )
    section_key = models.SlugField(_("栏目"), max_length=40, default="window_news")
    date = models.DateField(_("日期"), null=True, blank=True)
    subject = models.CharField(_("由谁办的"), max_length=60, blank=True)
    text = models.TextField(_("内容"))
    departments = models.ManyToManyField(Department, blank=True, verbose_name=_("联合部门"))

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("资讯")
        verbose_name_plural = _("资讯")
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.subject}{self.text}"[:30]


class SubmissionQuerySet(OfCentreQuerySet):
    def visible_to(self, user: Actor) -> Self:
        """Windows see their own, chiefs their department's, the centre all but drafts."""
        scope = scope_of(user)
        if scope.everything:
            return self
        centre = scope.centres_as(EDITOR, APPROVER, PUBLISHER)
        figures = scope.centres_as(DATA_CLERK)
        return self.filter(
            Q(window__in=scope.windows)
            | Q(window__department__in=scope.departments)
            | Q(Q(centre__in=centre) & ~Q(state="draft"))
            | Q(Q(centre__in=figures, kind="report") & ~Q(state="draft"))
        )

    def for_inbox(self) -> Self:
        return self.exclude(state__in=["draft", "withdrawn"]).select_related(
            "window__department", "holder", "submitted_by", "news", "visit", "report", "call"
        )


class Submission(models.Model):
    """One thing handed in: exactly one of news item, leader visit, monthly report.

    `handed_in` stays as the window wrote it; `edited` is the editor's copy.
    `state` is written by `moves.make_move` alone; "placed" and "published" are
    derived from the issue. `key` makes a retried POST the same submission.
    """

    class Kind(models.TextChoices):
        NEWS = "news", _("资讯")
        VISIT = "visit", _("领导到访")
        REPORT = "report", _("月度数据")

    workflow = REVIEW

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    publication = models.ForeignKey(Publication, models.PROTECT, verbose_name=_("刊物"))
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, verbose_name=_("征稿"))
    window = models.ForeignKey(
        ServiceWindow, models.PROTECT, null=True, blank=True, verbose_name=_("窗口")
    )
    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    news = models.OneToOneField(
        NewsItem, models.PROTECT, null=True, blank=True, verbose_name=_("资讯")
    )
    visit = models.OneToOneField(
        LeaderVisit, models.PROTECT, null=True, blank=True, verbose_name=_("领导到访")
    )
    report = models.OneToOneField(
        MonthlyReport, models.PROTECT, null=True, blank=True, verbose_name=_("月度数据")
    )
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=list(REVIEW.states.items()),
        default=REVIEW.initial,
        editable=False,
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="held",
        verbose_name=_("在谁手里"),
    )
    handed_in = models.TextField(_("报来的原文"), blank=True)
    edited = models.TextField(_("编辑稿"), blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("报送人"),
    )
    submitted_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    endorsed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    moved_at = models.DateTimeField(_("自何时"), auto_now_add=True)
    saved_at = models.DateTimeField(_("保存时间"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("报送")
        verbose_name_plural = _("收件箱")
        ordering = ["-moved_at", "-pk"]
        permissions = REVIEW.permissions + FIGURES.permissions
        constraints = [
            models.CheckConstraint(
                name="submission_wraps_exactly_one",
                condition=Q(kind="news", news__isnull=False, visit=None, report=None)
                | Q(kind="visit", news=None, visit__isnull=False, report=None)
                | Q(kind="report", news=None, visit=None, report__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state", "-moved_at"], name="inbox_by_state"),
            models.Index(fields=["window", "year", "month"], name="month_of_a_window"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.headline}"

    @property
    def text(self) -> str:
        """What would be printed now: the editor's copy where there is one."""
        return self.edited or self.handed_in

    @property
    def headline(self) -> str:
        return self.text[:30] or f"{self.year}年{self.month}月"


class CommissionQuerySet(models.QuerySet["Commission"]):
    def waiting(self) -> Self:
        """Nothing came in, or what came is gone again."""
        gone = Q(submission__state__in=Commission.GONE)
        return self.filter(Q(submission=None) | gone)


class Commission(models.Model):
    """An item asked of one window (约稿)."""

    # States of an item that answers nothing any more.
    GONE: Final = ("withdrawn", "declined")

    call = models.ForeignKey(
        Call, models.CASCADE, related_name="commissions", verbose_name=_("征稿")
    )
    window = models.ForeignKey(ServiceWindow, models.PROTECT, verbose_name=_("窗口"))
    topic = models.CharField(_("题目"), max_length=100)
    due = models.DateTimeField(_("截止"))
    submission = models.OneToOneField(
        Submission, models.SET_NULL, null=True, blank=True, verbose_name=_("来稿")
    )

    objects = CommissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("约稿")
        verbose_name_plural = _("约稿")
        ordering = ["due"]

    def __str__(self) -> str:
        return self.topic


class NilReturn(models.Model):
    """零报告 for news or visits: an explicit answer, not a blank. Counts have their own flag."""

    publication = models.ForeignKey(Publication, models.CASCADE, verbose_name=_("刊物"))
    window = models.ForeignKey(ServiceWindow, models.CASCADE, verbose_name=_("窗口"))
    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    kind = models.CharField(_("类别"), max_length=10, choices=Submission.Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("零报告")
        verbose_name_plural = _("零报告")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "window", "year", "month", "kind"],
                name="one_nil_return_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window}{self.month}月{self.get_kind_display()}零报告"
