"""Indicators and figures in and out of spreadsheets."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from stats.models import Indicator
from stats.specs import check_specs
from stats.totals import spec_of
from windows.importing.base import CentreResource
from windows.importing.widgets import Choice, Column, Day, Text, Whole

LARGEST_ORDER = 99_999


class Key(Text):
    """A name that formulas and templates use."""

    def read(self, value: Any) -> str:
        key = super().read(value)
        try:
            Indicator._meta.get_field("key").run_validators(key)
        except ValidationError as error:
            raise ValueError("；".join(error.messages)) from None
        return key


class IndicatorResource(CentreResource):
    key: ClassVar = ("代号",)
    needed: ClassVar = ("代号", "名称")

    order = Column("次序", "order", Whole(0, LARGEST_ORDER, default=0))
    code = Column("代号", "key", Key(40, required=True))
    label = Column("名称", "label", Text(60, required=True))
    hint = Column("口径", "hint", Text(120))
    group = Column("分组", "group", Text(20))
    unit = Column("填报单位", "unit", Text(10, required=True))
    print_unit = Column("刊出单位", "print_unit", Text(20))
    scale = Column("刊出进位", "scale", Choice(Indicator.Scale.choices, default=1))
    decimals = Column("小数位", "decimals", Whole(0, 6, default=0))
    owner = Column("谁填", "owner", Choice(Indicator.Owner.choices, default="window"))
    over_windows = Column(
        "各窗口", "over_windows", Choice(Indicator.Aggregation.choices, default="sum")
    )
    over_months = Column(
        "各月", "over_months", Choice(Indicator.Aggregation.choices, default="sum")
    )
    formula = Column("公式", "formula", Text(200))
    valid_from = Column("启用", "valid_from", Day())
    valid_to = Column("停用", "valid_to", Day())

    class Meta:
        model = Indicator
        name = "指标"

    def after_import(self, _dataset: Any, _result: Any, **_kwargs: Any) -> None:
        """Formulas that name nothing or go in a circle show only when all rows are in."""
        problems = check_specs([spec_of(indicator) for indicator in self.rows()])
        if problems:
            raise ValidationError(problems)
