"""Who has given figures in which month: a map of windows by months, each cell with its word.

Three queries, whatever the number of windows and months.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import Min

from stats.models import MonthlyReport, Restatement
from windows.models import Centre, ServiceWindow

Standing = Literal["missing", "entered", "late", "nil", "restated", "given", "before"]
Month = tuple[int, int]
# The first that holds is told.
WORDS: Final[Mapping[Standing, tuple[str, str]]] = {
    "missing": ("缺", "没有报"),
    "entered": ("待", "报了，还没有确认"),
    "restated": ("订", "发布后订正过"),
    "late": ("迟", "截止以后才报"),
    "nil": ("零", "零报告"),
    "given": ("报", "按时报了"),
    "before": ("—", "还没有开始报"),
}


@dataclass(frozen=True, slots=True)
class HeatCell:
    month: Month
    standing: Standing

    @property
    def word(self) -> str:
        return WORDS[self.standing][0]

    @property
    def told(self) -> str:
        return WORDS[self.standing][1]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`place` is the window's key, 0 for the centre itself."""

    name: str
    place: int
    cells: Sequence[HeatCell]

    @property
    def missing(self) -> int:
        return sum(cell.standing == "missing" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class HeatColumn:
    month: Month
    heard: int
    asked: int


@dataclass(frozen=True, slots=True)
class Heat:
    columns: Sequence[HeatColumn]
    rows: Sequence[HeatRow]

    @property
    def missing(self) -> int:
        return sum(row.missing for row in self.rows)


def months_back(last: Month, count: int) -> list[Month]:
    """The newest first."""
    at = last[0] * 12 + last[1] - 1
    return [((at - back) // 12, (at - back) % 12 + 1) for back in range(count)]


def heat_of(centre: Centre, last: Month, count: int, cutoffs: Mapping[Month, dt.datetime]) -> Heat:
    """`count` months up to `last`; what came after the month's cut-off is late."""
    months = months_back(last, count)
    reports = _reports(centre, months)
    restated = _restated(centre, months)
    windows = ServiceWindow.objects.filter(centre=centre, is_open=True).order_by(
        "department__order", "name"
    )
    places = [(0, str(centre.self_name)), *windows.values_list("pk", "name")]
    rows = [
        HeatRow(name, place, _cells(place, months, reports, restated, cutoffs))
        for place, name in places
    ]
    return Heat([_column(at, month, rows) for at, month in enumerate(months)], rows)


@dataclass(frozen=True, slots=True)
class _Report:
    pk: int
    state: str
    nil: bool
    first: dt.datetime | None


_Reports = Mapping[tuple[int, Month], _Report]


def _reports(centre: Centre, months: Sequence[Month]) -> dict[tuple[int, Month], _Report]:
    rows = (
        MonthlyReport.objects.filter(centre=centre, year__gte=months[-1][0])
        .order_by()
        .annotate(first=Min("figures__entered_at"))
        .values_list("window", "year", "month", "pk", "state", "nil", "first")
    )
    return {(row[0] or 0, (row[1], row[2])): _Report(*row[3:]) for row in rows}


def _restated(centre: Centre, months: Sequence[Month]) -> set[int]:
    rows = Restatement.objects.filter(centre=centre, figure__report__year__gte=months[-1][0])
    return set(rows.order_by().values_list("figure__report", flat=True).distinct())


def _cells(
    place: int,
    months: Sequence[Month],
    reports: _Reports,
    restated: set[int],
    cutoffs: Mapping[Month, dt.datetime],
) -> list[HeatCell]:
    """A window is missing from the first month it ever gave; one that never gave, always."""
    given = [month for month in months if (place, month) in reports]
    first = min(given, default=months[-1])
    return [
        HeatCell(
            month,
            "before"
            if month < first
            else _standing(reports.get((place, month)), restated, cutoffs.get(month)),
        )
        for month in months
    ]


def _standing(report: _Report | None, restated: set[int], cutoff: dt.datetime | None) -> Standing:
    if report is None:
        return "missing"
    if report.state == MonthlyReport.State.ENTERED:
        return "entered"
    if report.pk in restated:
        return "restated"
    if cutoff and report.first and report.first > cutoff:
        return "late"
    return "nil" if report.nil else "given"


def _column(at: int, month: Month, rows: Sequence[HeatRow]) -> HeatColumn:
    told = Counter(row.cells[at].standing for row in rows)
    asked = len(rows) - told["before"]
    return HeatColumn(month, asked - told["missing"], asked)
