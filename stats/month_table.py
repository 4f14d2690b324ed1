"""One month of a centre as a short table: each indicator's total and how many gave it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from stats.models import MonthlyReport
from stats.specs import AggregationError, IndicatorSpec, Totals, amount
from stats.totals import answers_of, specs_on, totals_of
from windows.models import Centre


@dataclass(frozen=True, slots=True)
class TotalRow:
    label: str
    group: str
    total: str
    reports: int


@dataclass(frozen=True, slots=True)
class MonthTable:
    year: int
    month: int
    rows: list[TotalRow]
    problem: str = ""


def month_table(centre: Centre, year: int, month: int) -> MonthTable:
    """All that was entered, confirmed or not. Four queries."""
    specs = specs_on(centre, dt.date(year, month, 1))
    answers = answers_of(MonthlyReport.objects.filter(centre=centre, year=year, month=month))
    try:
        totals = totals_of(centre, year, specs, answers, [month])
    except AggregationError as error:
        return MonthTable(year, month, [], str(error))
    given = Counter(figure.indicator.key for figure in answers.figures)
    rows = [
        TotalRow(spec.label, spec.group, _total(spec, totals), given[spec.key])
        for spec in specs
        if given[spec.key] or spec.key in totals
    ]
    return MonthTable(year, month, rows)


def _total(spec: IndicatorSpec, totals: Totals) -> str:
    number = amount(spec, totals[spec.key]) if spec.key in totals else None
    return "—" if number is None else spec.printed(number)
