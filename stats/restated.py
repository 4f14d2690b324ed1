"""What restatements (订正) did to the printed totals of a month, for the issue that mentions it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from stats.models import Figure, Restatement
from stats.specs import IndicatorSpec, Totals, Value, amount
from stats.totals import Answers, counted_answers, specs_on, totals_of
from windows.models import Centre

ABSENT: Final = "未报"


@dataclass(frozen=True, slots=True)
class RestatedTotal:
    """One indicator of one published month: what was printed, what stands now, and why."""

    year: int
    month: int
    key: str
    label: str
    before: str
    after: str
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        why = f"（{'；'.join(self.reasons)}）" if self.reasons else ""
        name = f"{self.year}年{self.month}月{self.label}"
        return f"{name}由{self.before}订正为{self.after}{why}。"


def restated_totals(centre: Centre, restatements: Iterable[Restatement]) -> list[RestatedTotal]:
    """By month and print order: the totals of the centre that read differently in print.

    Figures derived from a restated one are among them. Four queries a month.
    """
    found: list[RestatedTotal] = []
    for (year, month), rows in groupby(restatements, _month):
        found += _of_month(centre, year, month, list(rows))
    return found


def _month(row: Restatement) -> tuple[int, int]:
    return row.figure.report.year, row.figure.report.month


def _of_month(
    centre: Centre, year: int, month: int, rows: Sequence[Restatement]
) -> list[RestatedTotal]:
    specs = specs_on(centre, dt.date(year, month, 1))
    answers = counted_answers(centre, year, [month])
    after = totals_of(centre, year, specs, answers, [month])
    before = totals_of(centre, year, specs, _as_they_were(answers, rows), [month])
    reasons = _reasons(rows)
    printed = ((spec, _printed(spec, before), _printed(spec, after)) for spec in specs)
    return [
        RestatedTotal(year, month, spec.key, spec.label, old, new, reasons.get(spec.key, ()))
        for spec, old, new in printed
        if old != new
    ]


def _as_they_were(answers: Answers, rows: Sequence[Restatement]) -> Answers:
    """Before the first of the restatements: what had not been given is left out, and a nil
    return that was restated is one again."""
    first = {row.figure_id: row for row in reversed(rows)}
    found = []
    for figure in answers.figures:
        row = first.get(figure.pk)
        if row is None:
            found.append(figure)
        elif row.old is not None:
            old = {"value": row.old, "denominator": row.old_denominator}
            found.append(Figure(report=figure.report, indicator=figure.indicator, **old))
    given = {figure.report_id for figure in found}
    restated = {row.figure.report_id: row.figure.report for row in rows if row.figure.report.nil}
    nils = [report for pk, report in restated.items() if pk not in given]
    return Answers(found, [*answers.nils, *nils])


def _reasons(rows: Sequence[Restatement]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        found.setdefault(row.figure.indicator.key, {})[row.reason] = None
    return {key: tuple(reasons) for key, reasons in found.items()}


def _printed(spec: IndicatorSpec, totals: Totals) -> str:
    value: Value | None = totals.get(spec.key)
    number = amount(spec, value) if value is not None else None
    return ABSENT if number is None else spec.printed(number)
