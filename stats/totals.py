"""Rows of a centre's months → the plain totals that words and checks work on."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from stats import formulas
from stats.aggregation import aggregate_months, aggregate_windows
from stats.intervals import Number
from stats.models import Figure, Indicator, MonthlyReport
from stats.specs import IndicatorSpec, Totals, Value
from windows.models import Centre
from windows.workdays import exceptions_of, is_working

CENTRE_KEY = "centre"
COUNTED = (MonthlyReport.State.CONFIRMED, MonthlyReport.State.LOCKED)


def spec_of(indicator: Indicator) -> IndicatorSpec:
    return IndicatorSpec(
        key=indicator.key,
        label=indicator.label,
        unit=indicator.unit,
        scale=indicator.scale,
        decimals=indicator.decimals,
        print_unit=indicator.print_unit,
        owner=indicator.owner,  # type: ignore[arg-type]  # choices of the model
        over_windows=indicator.over_windows,  # type: ignore[arg-type]
        over_months=indicator.over_months,  # type: ignore[arg-type]
        formula=indicator.formula,
        group=indicator.group,
        hint=indicator.hint,
    )


def specs_on(centre: Centre, day: dt.date) -> list[IndicatorSpec]:
    """The centre's indicators in force on `day`, in print order."""
    return [spec_of(row) for row in Indicator.objects.filter(centre=centre).valid_on(day)]


def value_of(figure: Figure) -> Value:
    if figure.precision == 1:
        return Value(figure.value, figure.denominator)
    return Value(figure.value, figure.denominator, figure.low, figure.high)


def counted_figures(centre: Centre, year: int, months: Iterable[int]) -> list[Figure]:
    """Confirmed and locked figures of the months; an unconfirmed report counts for nothing."""
    return list(
        Figure.objects.filter(
            report__centre=centre,
            report__year=year,
            report__month__in=list(months),
            report__state__in=COUNTED,
        ).select_related("report", "indicator")
    )


def totals_of(
    centre: Centre,
    year: int,
    specs: Sequence[IndicatorSpec],
    figures: Sequence[Figure],
    months: Sequence[int],
    *,
    partial: bool = False,
) -> Totals:
    """Totals of one month, or of several together (合刊, 累计).

    With `partial`, an indicator added in mid-year is summed from where it begins.
    """
    days = working_days_of(centre, year, months) if _needs_days(specs) else {}
    by_month = [
        aggregate_windows(specs, _values(figures, month), _extras(days.get(month)))
        for month in months
    ]
    if len(by_month) == 1:
        return by_month[0]
    return aggregate_months(specs, by_month, _extras(sum(days.values())), partial=partial)


def _values(figures: Sequence[Figure], month: int) -> dict[tuple[str, str], Value]:
    return {
        (str(f.report.window_id or CENTRE_KEY), f.indicator.key): value_of(f)
        for f in figures
        if f.report.month == month
    }


def _needs_days(specs: Sequence[IndicatorSpec]) -> bool:
    return any("working_days" in formulas.names(spec.formula) for spec in specs if spec.formula)


def _extras(days: int | None) -> dict[str, Number]:
    return {"working_days": days} if days else {}


def working_days_of(centre: Centre, year: int, months: Sequence[int]) -> dict[int, int]:
    """How many days of each month the centre works: month → days, in one query."""
    last = calendar.monthrange(year, months[-1])[1]
    first, end = dt.date(year, months[0], 1), dt.date(year, months[-1], last)
    exceptions = exceptions_of(centre, first, end)
    days = (first + dt.timedelta(days=n) for n in range((end - first).days + 1))
    worked = Counter(day.month for day in days if is_working(day, exceptions))
    return dict(worked)
