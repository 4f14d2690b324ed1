"""A window's month and its figures."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from windows.models import Centre, ServiceWindow
from windows.models.places import OfCentreQuerySet

from .indicators import Indicator

LARGEST_COUNT = 10**9


class MonthlyReport(models.Model):
    """One month of one window; without a window it is the centre's own.

    `state` is written by `bulletin.moves.make_move` alone.
    """

    class State(models.TextChoices):
        ENTERED = "entered", _("已填报")
        CONFIRMED = "confirmed", _("已确认")
        LOCKED = "locked", _("已锁定")

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    window = models.ForeignKey(
        ServiceWindow, models.PROTECT, null=True, blank=True, verbose_name=_("窗口")
    )
    year = models.PositiveSmallIntegerField(
        _("年"), validators=[MinValueValidator(2000), MaxValueValidator(2199)]
    )
    month = models.PositiveSmallIntegerField(
        _("月"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    nil = models.BooleanField(_("零报告"), default=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.ENTERED, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("月度数据")
        verbose_name_plural = _("月度数据")
        permissions = [("import_monthlyreport", "导入月度数据")]
        ordering = ["-year", "-month", "window"]
        constraints = [
            models.UniqueConstraint(fields=["window", "year", "month"], name="one_report_a_month"),
            models.UniqueConstraint(
                fields=["centre", "year", "month"],
                condition=Q(window=None),
                name="one_report_of_the_centre",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="report_month_is_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window or self.centre}{self.year}年{self.month}月数据"


class Figure(models.Model):
    """One number in base units, with the precision it is known to.

    `precision` is 1 for a count; a figure read from print as 3.79万件 is 37900
    to the nearest 100. `denominator` belongs to ratios (numerator = `value`).
    """

    report = models.ForeignKey(
        MonthlyReport, models.CASCADE, related_name="figures", verbose_name=_("月度数据")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="figures", verbose_name=_("指标")
    )
    value = models.BigIntegerField(_("数值"), validators=[MinValueValidator(0)])
    denominator = models.BigIntegerField(_("分母"), null=True, blank=True)
    precision = models.PositiveIntegerField(_("精度"), default=1)
    note = models.CharField(_("口径说明"), max_length=200, blank=True)
    source = models.CharField(_("来源"), max_length=20, default="desk")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("填报人"),
    )
    entered_at = models.DateTimeField(_("填报时间"), auto_now=True)

    class Meta:
        verbose_name = _("数据")
        verbose_name_plural = _("数据")
        ordering = ["report", "indicator__order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="one_figure_an_indicator"),
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=LARGEST_COUNT),
                name="figure_is_a_plausible_count",
                violation_error_message=_("请填 0 到 10 亿之间的整数，单位是件，不是万件。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}：{self.value}"

    @property
    def low(self) -> int:
        return self.value - self.precision // 2

    @property
    def high(self) -> int:
        """Exclusive unless the figure is exact (`low == high == value`)."""
        return self.value + self.precision // 2


class RestatementQuerySet(OfCentreQuerySet):
    def of_month(self, centre: Centre, year: int, month: int) -> Self:
        return self.filter(centre=centre, figure__report__year=year, figure__report__month=month)

    def made_between(self, after: dt.datetime | None, until: dt.datetime | None) -> Self:
        """Made after `after` and not later than `until`; None leaves that end open."""
        rows = self if after is None else self.filter(at__gt=after)
        return rows if until is None else rows.filter(at__lte=until)

    def in_order(self) -> Self:
        """By month, in print order of the indicators, then as they were made."""
        rows = self.select_related("figure__report__window", "figure__indicator", "by")
        return rows.order_by(
            "figure__report__year", "figure__report__month", "figure__indicator__order", "at", "pk"
        )


class Restatement(models.Model):
    """订正: a figure of a published month, changed for a stated reason.

    `old` is None where the window had given nothing. Rows are added, never changed; written
    by `bulletin.restating` together with the figure and the move.
    """

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    figure = models.ForeignKey(
        Figure, models.PROTECT, related_name="restatements", verbose_name=_("数据")
    )
    old = models.BigIntegerField(_("原数"), null=True)
    old_denominator = models.BigIntegerField(_("原分母"), null=True)
    new = models.BigIntegerField(_("订正为"))
    new_denominator = models.BigIntegerField(_("新分母"), null=True)
    reason = models.CharField(_("理由"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("订正人"),
    )
    at = models.DateTimeField(_("订正时间"), auto_now_add=True)

    objects = RestatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("订正")
        verbose_name_plural = _("订正")
        ordering = ["-at", "-pk"]
        # what the next issue mentions: a centre's, since its last issue
        indexes = [models.Index(fields=["centre", "at"], name="restatements_of_late")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="restatement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.figure.report}{self.figure.indicator}订正"
