"""Rows of a centre's months → the plain totals that words and checks work on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from stats.aggregation import aggregate_months, aggregate_windows
from stats.models import Figure, Indicator, MonthlyReport
from stats.specs import IndicatorSpec, Totals, Value
from windows.models import Centre

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
    specs: Sequence[IndicatorSpec], figures: Sequence[Figure], months: Sequence[int]
) -> Totals:
    """Totals of one month, or of the months of a combined issue together."""
    by_month = [
        aggregate_windows(
            specs,
            {
                (str(f.report.window_id or CENTRE_KEY), f.indicator.key): value_of(f)
                for f in figures
                if f.report.month == month
            },
        )
        for month in months
    ]
    return by_month[0] if len(by_month) == 1 else aggregate_months(specs, by_month)
