"""Rows of a centre's months → the plain totals that words and checks work on."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from stats import formulas
from stats.aggregation import aggregate_months, aggregate_windows, idle_windows
from stats.intervals import Number
from stats.models import Figure, Indicator, MonthlyReport
from stats.specs import CENTRE, IndicatorSpec, Totals, Value
from windows.models import Centre, ServiceWindow
from windows.workdays import exceptions_of, is_working

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
        valid_from=indicator.valid_from,
        valid_to=indicator.valid_to,
    )


def specs_on(centre: Centre, day: dt.date) -> list[IndicatorSpec]:
    """The centre's indicators in force on `day`, in print order."""
    return [spec_of(row) for row in Indicator.objects.filter(centre=centre).valid_on(day)]


def value_of(figure: Figure) -> Value:
    if figure.precision == 1:
        return Value(figure.value, figure.denominator)
    return Value(figure.value, figure.denominator, figure.low, figure.high)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the places of some months gave. `nils` answered 零报告: zero of all that they were
    asked for, where a window that gave no answer counts for nothing."""

    figures: Sequence[Figure] = ()
    nils: Sequence[MonthlyReport] = ()

    @classmethod
    def of(cls, reports: Iterable[MonthlyReport]) -> Answers:
        """Of reports with their figures prefetched."""
        rows = list(reports)
        figures = [figure for report in rows for figure in report.figures.all()]
        return cls(figures, [row for row in rows if row.nil and not row.figures.all()])


def counted_answers(centre: Centre, year: int, months: Iterable[int]) -> Answers:
    """Confirmed and locked answers of the months; an unconfirmed report counts for nothing."""
    return answers_of(
        MonthlyReport.objects.filter(
            centre=centre, year=year, month__in=list(months), state__in=COUNTED
        )
    )


def answers_of(reports: QuerySet[MonthlyReport]) -> Answers:
    """Two queries. A nil return that was restated has figures and is none any more."""
    figures = Figure.objects.filter(report__in=reports.order_by()).select_related(
        "report", "indicator"
    )
    nils = reports.filter(nil=True, figures=None).select_related("window")
    return Answers(list(figures), list(nils))


def totals_of(
    centre: Centre,
    year: int,
    specs: Sequence[IndicatorSpec],
    answers: Answers,
    months: Sequence[int],
    *,
    partial: bool = False,
) -> Totals:
    """Totals of one month, or of several together (合刊, 累计).

    With `partial`, an indicator added in mid-year is summed from where it begins.
    """
    days = working_days_of(centre, year, months) if _needs_days(specs) else {}
    by_month = [
        aggregate_windows(specs, values_of(specs, answers, month), _extras(days.get(month)))
        for month in months
    ]
    if len(by_month) == 1:
        return by_month[0]
    return aggregate_months(specs, by_month, _extras(sum(days.values())), partial=partial)


def values_of(
    specs: Sequence[IndicatorSpec], answers: Answers, month: int
) -> dict[tuple[str, str], Value]:
    """(place, key) → value of one month, nil returns as the zeros that they are."""
    zeros = {
        (place_of(report), spec.key): Value(0, 0 if spec.has_denominator else None)
        for report in answers.nils
        if report.month == month
        for spec in asked_of(specs, place_of(report))
        if spec.in_force(report.year, month)
    }
    given = {
        (place_of(figure.report), figure.indicator.key): value_of(figure)
        for figure in answers.figures
        if figure.report.month == month
    }
    return zeros | given


def place_of(report: MonthlyReport) -> str:
    """A window's key, or CENTRE for what the centre itself enters."""
    return str(report.window_id or CENTRE)


def asked_of(specs: Iterable[IndicatorSpec], place: str) -> list[IndicatorSpec]:
    """What a window, or the centre itself, is to enter."""
    foreign = "window" if place == CENTRE else "centre"
    return [spec for spec in specs if spec.is_entered and spec.owner != foreign]


def idle_of(
    specs: Sequence[IndicatorSpec], answers: Answers, months: Iterable[int]
) -> list[ServiceWindow]:
    """The windows without business (无业务窗口) in every one of the months, by name."""
    found = [set(idle_windows(specs, values_of(specs, answers, month))) for month in months]
    idle = set.intersection(*found) if found else set()
    return list(ServiceWindow.objects.filter(pk__in=idle)) if idle else []


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
