"""What is counted, as data: the centre changes it without code."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from windows.models import Centre
from windows.models.places import OfCentreQuerySet
from windows.validity import valid_on


class IndicatorQuerySet(OfCentreQuerySet):
    def valid_on(self, day: dt.date) -> Self:
        return self.filter(valid_on(day))


class Indicator(models.Model):
    """A unit to enter, a scale and decimals to print, and how it adds up."""

    class Owner(models.TextChoices):
        WINDOW = "window", _("窗口")
        CENTRE = "centre", _("中心")
        BOTH = "both", _("窗口和中心")

    class Aggregation(models.TextChoices):
        SUM = "sum", _("相加")
        RATIO = "ratio", _("总数之比")
        WEIGHTED = "weighted", _("加权平均")
        COUNT = "count", _("计窗口数")
        IDLE = "idle", _("计无业务窗口")
        DERIVED = "derived", _("按公式")
        NONE = "none", _("不合计")

    class Scale(models.IntegerChoices):
        ONE = 1, _("原单位")
        TEN_THOUSAND = 10_000, _("万")

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    key = models.CharField(
        _("代号"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", _("用小写英文字母、数字和下划线。"))],
    )
    label = models.CharField(_("名称"), max_length=60)
    hint = models.CharField(_("口径"), max_length=120, blank=True)
    group = models.CharField(_("分组"), max_length=20, blank=True)
    unit = models.CharField(_("填报单位"), max_length=10, default="件")
    print_unit = models.CharField(_("刊出单位"), max_length=20, blank=True)
    scale = models.PositiveIntegerField(_("刊出进位"), choices=Scale, default=Scale.ONE)
    decimals = models.PositiveSmallIntegerField(_("小数位"), default=0)
    owner = models.CharField(_("谁填"), max_length=10, choices=Owner, default=Owner.WINDOW)
    over_windows = models.CharField(
        _("各窗口"), max_length=10, choices=Aggregation, default=Aggregation.SUM
    )
    over_months = models.CharField(
        _("各月"), max_length=10, choices=Aggregation, default=Aggregation.SUM
    )
    formula = models.CharField(_("公式"), max_length=200, blank=True)
    order = models.PositiveIntegerField(_("次序"), default=0)
    valid_from = models.DateField(_("启用"), null=True, blank=True)
    valid_to = models.DateField(_("停用"), null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("指标")
        verbose_name_plural = _("指标")
        permissions = [("import_indicator", "导入指标")]
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "key"], name="indicator_key_once"),
        ]

    def __str__(self) -> str:
        return self.label
