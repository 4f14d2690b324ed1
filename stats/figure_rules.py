"""What a number may be of: rules over the cells of one row of figures."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from stats.figure_columns import (
    DENOMINATOR,
    INDICATOR,
    MONTH,
    VALUE,
    WINDOW,
    YEAR,
    has_denominator,
    is_entered,
)
from stats.models import Indicator
from windows.models import Centre


def row_errors(values: dict[str, Any]) -> dict[str, str]:
    """Heading → what to do. `values` holds the cells that could be read."""
    indicator = values.get(INDICATOR)
    if indicator is None:
        return {}
    errors = _denominator_errors(indicator, values)
    if not is_entered(indicator):
        errors[INDICATOR] = f"“{indicator}”自动计算，不用填报。请删去。"
    elif WINDOW in values and (problem := owner_problem(indicator, values[WINDOW])):
        errors[WINDOW] = problem
    if YEAR in values and MONTH in values:
        problem = validity_problem(indicator, values[YEAR], values[MONTH])
        if problem:
            errors[INDICATOR] = problem
    return errors


def _denominator_errors(indicator: Indicator, values: dict[str, Any]) -> dict[str, str]:
    numerator, denominator = values.get(VALUE), values.get(DENOMINATOR)
    if not has_denominator(indicator):
        return {DENOMINATOR: f"“{indicator}”没有分母。请删去这一格。"} if denominator else {}
    if numerator is None:
        return {}
    if denominator is None:
        return {DENOMINATOR: f"“{indicator}”要填分子和分母两个数。请填写分母。"}
    if indicator.unit == "%" and numerator > denominator:
        return {VALUE: f"分子{numerator}大于分母{denominator}。请核对，两数是否填反了。"}
    return {}


def owner_problem(indicator: Indicator, place: Any) -> str:
    of_centre = isinstance(place, Centre)
    if of_centre and indicator.owner == Indicator.Owner.WINDOW:
        return f"“{indicator}”由各窗口填。请写窗口的名称。"
    if not of_centre and indicator.owner == Indicator.Owner.CENTRE:
        return f"“{indicator}”由中心填。请在“窗口”一列写“中心”。"
    return ""


def validity_problem(indicator: Indicator, year: int, month: int) -> str:
    first = dt.date(year, month, 1)
    last = dt.date(year, month, calendar.monthrange(year, month)[1])
    if indicator.valid_from and indicator.valid_from > last:
        return f"“{indicator}”自{indicator.valid_from}起才启用，这个月不能填。"
    if indicator.valid_to and indicator.valid_to < first:
        return f"“{indicator}”到{indicator.valid_to}已停用，这个月不能填。"
    return ""
