"""All windows of a month at once: a row a window, a column an indicator, sums below.

What a cell shows is what is stored; what it may become is decided by its row's report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stats.checks import CENTRE, Finding
from stats.drill import totals_in
from stats.models import Figure, Indicator, MonthlyReport, Restatement
from stats.month_checks import asked_of, findings_of, indicators_in, place_of
from stats.specs import AggregationError, IndicatorSpec, Totals, amount
from stats.totals import Answers, spec_of, totals_of
from windows.models import Centre, ServiceWindow


@dataclass(frozen=True, slots=True)
class GridColumn:
    indicator: Indicator
    spec: IndicatorSpec
    total: str = "—"
    before: str = "—"

    @property
    def parted(self) -> bool:
        """Entered as two numbers, 分子 and 分母."""
        return self.spec.has_denominator


@dataclass(frozen=True, slots=True)
class GridCell:
    column: GridColumn
    figure: Figure | None
    asked: bool
    late: bool = False
    restated: bool = False
    findings: Sequence[Finding] = ()

    @property
    def worst(self) -> str:
        ranks = {finding.severity for finding in self.findings}
        return next((rank for rank in ("block", "warn", "hint") if rank in ranks), "")


@dataclass(frozen=True, slots=True)
class GridRow:
    """`place` is the window's key, "0" for the centre itself."""

    name: str
    place: str
    report: MonthlyReport | None
    cells: Sequence[GridCell]
    findings: Sequence[Finding] = ()

    @property
    def is_open(self) -> bool:
        return self.report is None or self.report.state == MonthlyReport.State.ENTERED

    @property
    def is_empty(self) -> bool:
        return self.report is None or not (
            self.report.nil or any(cell.figure for cell in self.cells)
        )

    @property
    def late(self) -> bool:
        return any(cell.late for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    centre: Centre
    year: int
    month: int
    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    problem: str = ""
    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def published(self) -> bool:
        return any(row.report and row.report.state == "locked" for row in self.rows)


def grid_of(centre: Centre, year: int, month: int, cutoff: dt.datetime | None = None) -> Grid:
    """The month as it stands; a figure written after `cutoff` is late. Queries are fixed."""
    reports = _reports(centre, year, month)
    columns, problem = _columns(centre, year, month, reports)
    findings = findings_of(centre, year, month, reports.values())
    restated = set(
        Restatement.objects.of_month(centre, year, month).values_list("figure", flat=True)
    )
    windows = ServiceWindow.objects.filter(centre=centre)
    places = [(str(w.pk), w.name) for w in windows if w.is_open or str(w.pk) in reports]
    rows = [
        _row(name, key, reports.get(key), columns, findings, restated, cutoff)
        for key, name in [*places, (CENTRE, str(centre.self_name))]
    ]
    return Grid(centre, year, month, columns, rows, problem, tuple(findings))


def _reports(centre: Centre, year: int, month: int) -> dict[str, MonthlyReport]:
    rows = MonthlyReport.objects.filter(centre=centre, year=year, month=month)
    found = rows.select_related("window").prefetch_related(
        "figures__indicator", "figures__entered_by"
    )
    return {place_of(report): report for report in found}


def _columns(
    centre: Centre, year: int, month: int, reports: Mapping[str, MonthlyReport]
) -> tuple[list[GridColumn], str]:
    """With the totals of the month and of the one before; the problem of a formula, if any."""
    indicators = list(indicators_in(centre, year, month))
    specs = [spec_of(row) for row in indicators]
    last = dt.date(year, month, 1) - dt.timedelta(days=1)
    answers = Answers.of(reports.values())
    try:
        now = _plainly(specs, totals_of(centre, year, specs, answers, [month]))
        then = _plainly(specs, totals_in(centre, (last.year, last.month), specs))
    except AggregationError as error:
        return [GridColumn(*pair) for pair in zip(indicators, specs, strict=True)], str(error)
    return [
        GridColumn(row, spec, now.get(spec.key, "—"), then.get(spec.key, "—"))
        for row, spec in zip(indicators, specs, strict=True)
    ], ""


def _plainly(specs: Sequence[IndicatorSpec], totals: Totals) -> dict[str, str]:
    numbers = {s.key: amount(s, totals[s.key]) for s in specs if s.key in totals}
    by_key = {spec.key: spec for spec in specs}
    return {key: _plain(by_key[key], n) for key, n in numbers.items() if n is not None}


def _plain(spec: IndicatorSpec, number: object) -> str:
    """Whole counts to the last one, so that they can be added up by hand; the rest as printed."""
    return str(number) if isinstance(number, int) else spec.printed(number)  # type: ignore[arg-type]


def _came_after(figure: Figure, cutoff: dt.datetime) -> bool:
    """What was put right later was not late for that."""
    return figure.entered_at > cutoff and figure.source != "restated"


def _row(
    name: str,
    key: str,
    report: MonthlyReport | None,
    columns: Sequence[GridColumn],
    findings: Sequence[Finding],
    restated: set[int],
    cutoff: dt.datetime | None,
) -> GridRow:
    figures = {f.indicator_id: f for f in report.figures.all()} if report else {}
    asked = {spec.key for spec in asked_of([column.spec for column in columns], key)}
    mine = [finding for finding in findings if finding.window == key] if report else []
    cells = []
    for column in columns:
        figure = figures.get(column.indicator.pk)
        cells.append(
            GridCell(
                column,
                figure,
                column.spec.key in asked,
                late=bool(cutoff and figure and _came_after(figure, cutoff)),
                restated=bool(figure and figure.pk in restated),
                findings=[f for f in mine if f.keys == (column.spec.key,)],
            )
        )
    return GridRow(name, "0" if key == CENTRE else key, report, cells, mine)
