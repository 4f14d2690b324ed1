"""The monthly reports that a sheet of figures is about: found, locked, made and kept closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model

from stats.figure_columns import CENTRE_ITSELF, MONTH, VALUE, YEAR
from stats.models import Indicator, MonthlyReport
from stats.specs import CENTRE
from windows.importing.widgets import Directory, cell_text
from windows.models import Centre, ServiceWindow

Spot = tuple[int, int, Model]
"""(year, month, window or centre)."""


def spot_of(report: MonthlyReport, windows: dict[int, ServiceWindow]) -> Spot:
    place = windows[report.window_id] if report.window_id else Centre(pk=report.centre_id)
    return report.year, report.month, place


def place_key(place: Model) -> str:
    """As checks name a place: the window's key, or the centre."""
    return str(place.pk) if isinstance(place, ServiceWindow) else CENTRE


def figure_label(spot: Spot, indicator: Indicator, report: MonthlyReport) -> str:
    """商务厅窗口2026年2月 受理, as a preview names a figure."""
    year, month, place = spot
    nil = "（原为零报告）" if report.nil else ""
    return f"{place}{year}年{month}月 {indicator}{nil}"


class Spots:
    """Reads a centre's windows and, under lock, its reports of the years and months in a file."""

    def __init__(self, centre: Centre | None, dataset: Any) -> None:
        self.centre = centre
        years, months = months_in(dataset)
        windows = ServiceWindow.objects.filter(centre=centre).select_related("department")
        self.windows = {window.pk: window for window in windows}
        self.directory = _window_directory(self.windows.values(), centre)
        reports = MonthlyReport.objects.filter(
            centre=centre,
            year__in=years,
            month__in=months,
        ).order_by("pk")  # one order of locks, and no join that could not be locked
        locked = reports.select_for_update()
        self.reports = {spot_of(report, self.windows): report for report in locked}
        for report in self.reports.values():
            if report.window_id:
                report.window = self.windows[report.window_id]  # preview and log ask its name
        self.names = {str(pk): window.name for pk, window in self.windows.items()}
        self.made: set[MonthlyReport] = set()
        self._saved: set[int] = set()  # by identity: a new report has no key yet

    def report(self, spot: Spot) -> MonthlyReport:
        """The stored report, or a new one that waits to be saved."""
        if spot not in self.reports:
            year, month, place = spot
            window = place if isinstance(place, ServiceWindow) else None
            report = MonthlyReport(centre=self.centre, window=window, year=year, month=month)
            self.reports[spot] = report
        return self.reports[spot]

    def refuse_closed(self, spot: Spot) -> None:
        """Raises ValidationError when the month was confirmed or printed."""
        year, month, place = spot
        state = self.reports[spot].state
        if state == MonthlyReport.State.CONFIRMED:
            raise ValidationError(
                {VALUE: f"{place}{year}年{month}月的数据已确认，不能改。请先在收件箱取消确认。"}
            )
        if state == MonthlyReport.State.LOCKED:
            raise ValidationError(
                {VALUE: f"{place}{year}年{month}月的数据已随刊物发布，不能改。请走订正。"}
            )

    def save(self, reports: Iterable[MonthlyReport]) -> None:
        """New reports are made; of the others the version goes up, so that an open form is told.

        Figures are written in batches: each report is saved with the first of them.
        """
        touched = [report for report in reports if id(report) not in self._saved]
        new = [report for report in touched if report.pk is None]
        old = [report.pk for report in touched if report.pk is not None]
        MonthlyReport.objects.filter(pk__in=old).update(version=F("version") + 1, nil=False)
        MonthlyReport.objects.bulk_create(new)
        self.made.update(new)
        self._saved.update(map(id, touched))


def indicator_directory(indicators: Iterable[Indicator]) -> Directory:
    """By label, where one indicator alone has it, and by key."""
    rows = list(indicators)
    times = Counter(row.label for row in rows)
    by_label = {row.label: row for row in rows if times[row.label] == 1}
    wrong = {row.label: row.key for row in rows if times[row.label] > 1}
    return Directory("指标", by_label | {row.key: row for row in rows}, wrong)


def _window_directory(windows: Iterable[ServiceWindow], centre: Centre | None) -> Directory:
    """A department's name is told with its window's, when it has but one."""
    rows = list(windows)
    times = Counter(window.department_id for window in rows)
    wrong = {
        window.department.short_name: window.name
        for window in rows
        if times[window.department_id] == 1
    }
    by_name: dict[str, Model] = {window.name: window for window in rows}
    if centre is not None:
        by_name[CENTRE_ITSELF] = Centre(pk=centre.pk, short_name=CENTRE_ITSELF)
    return Directory("窗口", by_name, wrong)


def months_in(dataset: Any) -> tuple[set[int], set[int]]:
    """The years and the months that a long sheet names, as far as they can be read."""
    at_year, at_month = (dataset.headers.index(heading) for heading in (YEAR, MONTH))
    cells = {(row[at_year], row[at_month]) for row in dataset.cells}
    return _numbers(year for year, _ in cells), _numbers(month for _, month in cells)


def _numbers(cells: Iterable[Any]) -> set[int]:
    texts = {cell_text(cell).strip() for cell in cells}
    return {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 5}
