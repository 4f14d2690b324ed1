"""Figures in and out of spreadsheets: a row a number, or a row a window."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from import_export.results import Result

from stats.counts import CountError, parse_cell
from stats.figure_bulk import Tell, bulk_import, silent
from stats.figure_columns import (
    CENTRE_ITSELF,
    DENOMINATOR,
    INDICATOR,
    LONG,
    MONTH,
    NOTE,
    VALUE,
    WINDOW,
    YEAR,
    is_wide,
    known_headings,
    to_long,
    wide_headings,
    wide_problems,
)
from stats.figure_remarks import Incoming, objections, remarks, remarks_on
from stats.figure_rules import row_errors
from stats.figure_spots import (
    Spot,
    Spots,
    figure_label,
    indicator_directory,
    place_key,
    spot_of,
)
from stats.figure_writing import FigureRow, write_figures
from stats.models import Figure, Indicator, MonthlyReport
from windows.access import Actor
from windows.importing.base import CentreResource, Line, Values
from windows.importing.collecting import uncollected
from windows.importing.preview import Preview
from windows.importing.sheets import SheetDataset, plain_dataset, sheet_dataset
from windows.importing.widgets import Column, Named, Text, Whole, _Cell, cell_text
from windows.models import Centre

Period = tuple[int, int]
"""(year, month)."""


class Count(_Cell):
    """A whole number in the indicator's base unit."""

    units: Mapping[str, str] = {}

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> int | None:
        unit = self.units.get(cell_text((row or {}).get(INDICATOR)), "件")
        try:
            count = parse_cell(value, unit)
        except CountError as error:
            raise ValueError(str(error)) from None
        if count is None and self.required:
            raise ValueError("请填写数值；没有业务请填0，没有报请删去这一行。")
        return count


class FigureResource(CentreResource):
    """Takes the long sheet and the wide one; without 年 and 月 in it, they are `period`."""

    key: ClassVar = (YEAR, MONTH, WINDOW, INDICATOR)
    needed: ClassVar = (YEAR, MONTH, WINDOW, INDICATOR, VALUE)
    anchor: ClassVar = VALUE

    year = Column(YEAR, "report__year", Whole(2000, 2199, required=True), writes=False)
    month = Column(MONTH, "report__month", Whole(1, 12, required=True), writes=False)
    place = Column(WINDOW, "report", Named(required=True), writes=False)
    indicator = Column(INDICATOR, "indicator", Named(required=True), writes=False)
    value = Column(VALUE, "value", Count(required=True))
    denominator = Column(DENOMINATOR, "denominator", Count())
    note = Column(NOTE, "note", Text(200))

    class Meta:
        model = Figure
        name = "明细表：一行一个数"
        use_bulk = True

    def __init__(
        self,
        *,
        centre: Centre | None = None,
        user: Actor | None = None,
        period: Period | None = None,
    ) -> None:
        super().__init__(centre=centre, user=user)
        self.period = period

    # The sheet ---------------------------------------------------------------

    def import_data(self, dataset: Any, *args: Any, **kwargs: Any) -> Result:
        dataset = _with_period(dataset, self.period)
        if is_wide(dataset.headers):
            targets = known_headings(Indicator.objects.filter(centre=self.centre))
            problems = wide_problems(dataset.headers, targets)
            if problems:
                return self.refused(problems)
            dataset = to_long(dataset, targets)
        self.fresh: list[tuple[Line, Incoming]] = []
        result = super().import_data(dataset, *args, **kwargs)
        if kwargs.get("dry_run") and not result.has_errors() and not result.has_validation_errors():
            self._remark()
        return result

    def _remark(self) -> None:
        """What the checks say, at the lines they are about."""
        if self.centre is None:
            return
        found = remarks_on(self.centre, [one for _line, one in self.fresh], self.spots.names)
        for n, findings in found.items():
            self.fresh[n][0].objections = objections(findings)
            self.fresh[n][0].remarks = remarks(findings)

    def bulk(self, dataset: Any, *, dry_run: bool, tell: Tell = silent) -> Preview | None:
        """The same by columns, for a sheet that is clean throughout; None for any other."""
        dataset = _with_period(dataset, self.period)
        if is_wide(dataset.headers):
            targets = known_headings(Indicator.objects.filter(centre=self.centre))
            if wide_problems(dataset.headers, targets):
                return None
            dataset = to_long(dataset, targets)
        elif self.column_problems(dataset.headers):
            return None
        with transaction.atomic(), uncollected():
            self.prepare(dataset)
            return bulk_import(self, dataset, dry_run=dry_run, tell=tell)

    def prepare(self, dataset: Any) -> None:
        indicators = indicator_directory(Indicator.objects.filter(centre=self.centre))
        self.columns[INDICATOR].widget.directory = indicators
        units = {name: row.unit for name, row in indicators.rows.items()}  # type: ignore[attr-defined]
        for heading in (VALUE, DENOMINATOR):
            self.columns[heading].widget.units = units
        self.spots = Spots(self.centre, dataset)
        self.columns[WINDOW].widget.directory = self.spots.directory
        self.touched: dict[Spot, MonthlyReport] = {}

    def rows(self) -> QuerySet[Any]:
        """The figures of the months that the file is about."""
        reports = self.spots.reports.values()
        return Figure.objects.filter(report__in=[report.pk for report in reports]).select_related(
            "report", "indicator"
        )

    # A row -------------------------------------------------------------------

    def after_import_row(self, _row: Any, line: Line, **_kwargs: Any) -> None:
        super().after_import_row(_row, line, **_kwargs)
        if not line.is_skip():
            figure = line.instance
            numbers = (figure.value, figure.denominator, bool(figure.note.strip()))
            year, month, place = self.spot
            one = Incoming(year, month, place_key(place), figure.indicator.key, numbers)
            self.fresh.append((line, one))

    def key_of(self, instance: Figure) -> Hashable:
        return (*spot_of(instance.report, self.spots.windows), instance.indicator)

    def check_row(self, values: Values, errors: dict[str, str], row: Mapping[str, Any]) -> None:
        errors.update(row_errors(values))

    def find(self, key: Any) -> Any:
        self.spot: Spot = key[:3]
        return super().find(key)

    def get_or_init_instance(self, loader: Any, row: Any) -> tuple[Figure, bool]:
        report = self.spots.report(self.spot)
        if isinstance(self.found, Figure):
            self.found.report = report  # one object a report, locked, for all its figures
            return self.found, False
        return Figure(report=report, indicator=self.values[INDICATOR]), True

    def shown(self, instance: Figure) -> Values:
        numbers = {VALUE: instance.value, DENOMINATOR: instance.denominator, NOTE: instance.note}
        return {
            heading: cell_text(number)
            for heading, number in numbers.items()
            if heading in self.given
        }

    def label_of(self, instance: Figure) -> str:
        return figure_label(self.spot, instance.indicator, instance.report)

    def label_of_cells(self, cells: Mapping[str, str]) -> str:
        year, month, place, indicator = (cells.get(heading, "") for heading in self.key)
        dates = f"{year}年{month}月" if year and month else ""
        return f"{place}{dates} {indicator}".strip()

    def validate_instance(self, instance: Figure, *_args: Any, **_kwargs: Any) -> None:
        """Rows were checked as cells; what is confirmed or published stays."""
        self.spots.refuse_closed(self.spot)

    # Writing -----------------------------------------------------------------

    def before_save_instance(self, instance: Figure, *_args: Any, **_kwargs: Any) -> None:
        self.touched[self.spot] = instance.report

    def bulk_create(
        self, _using_transactions: bool, dry_run: bool, *_args: Any, **_kwargs: Any
    ) -> None:
        """A preview writes nothing: each cell was checked for all that the database asks."""
        if not dry_run:
            self._write(self.create_instances, self.update_instances)
        self.create_instances.clear()
        self.update_instances.clear()

    def _write(self, new: Sequence[Figure], changed: Sequence[Figure]) -> None:
        """Figures in one statement a batch, their reports before them."""
        self.spots.save(self.touched.values())
        by = self.user.pk if self.user else None
        write_figures(list(map(_row, new)), list(map(_row, changed)), by=by)

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> None:
        """Done by `bulk_create`."""

    def written(self, _result: Result) -> list[tuple[bool, Any]]:
        """For the log: a month of a window, not its every number."""
        return [(report in self.spots.made, report) for report in self.touched.values()]

    # Out ---------------------------------------------------------------------

    def export(self, queryset: Any = None, **_kwargs: Any) -> SheetDataset:
        """`queryset` holds monthly reports."""
        figures = Figure.objects.filter(report__in=queryset).select_related(
            "report__window", "indicator"
        )
        order = ("-report__year", "-report__month", "report__window", "indicator__order")
        return plain_dataset(LONG, [_long_row(figure) for figure in figures.order_by(*order)])


class FigureGridResource(FigureResource):
    """The same figures, going out as the wide sheet."""

    class Meta:
        name = "汇总表：一行一个窗口"

    def export(self, queryset: Any = None, **_kwargs: Any) -> SheetDataset:
        """`queryset` holds monthly reports; a month with no figures is an empty row."""
        targets = wide_headings(Indicator.objects.filter(centre=self.centre))
        figures: dict[tuple[int, int], Figure] = {
            (figure.report_id, figure.indicator_id): figure
            for figure in Figure.objects.filter(report__in=queryset)
        }
        rows = [
            [report.year, report.month, _place_name(report)]
            + [
                _number(figures.get((report.pk, row.pk)), column)
                for row, column in targets.values()
            ]
            for report in queryset.select_related("window")
        ]
        return plain_dataset([YEAR, MONTH, WINDOW, *targets], rows)


def _with_period(dataset: Any, period: Period | None) -> Any:
    """The dataset with the columns 年 and 月, when it has neither and the month is known."""
    if period is None or {YEAR, MONTH} & set(dataset.headers):
        return dataset
    headings = [YEAR, MONTH, *dataset.headers]
    rows = [[*period, *cells] for cells in dataset.cells]
    return sheet_dataset(headings, rows, dataset.places, dataset.troubles)


def _row(figure: Figure) -> FigureRow:
    numbers = (figure.value, figure.denominator, figure.note)
    return (figure.report.pk, figure.indicator_id, *numbers)


def _long_row(figure: Figure) -> list[Any]:
    report = figure.report
    place = _place_name(report)
    numbers = [figure.value, _number(figure, DENOMINATOR), figure.note]
    return [report.year, report.month, place, figure.indicator.label, *numbers]


def _place_name(report: MonthlyReport) -> str:
    return report.window.name if report.window else CENTRE_ITSELF


def _number(figure: Figure | None, column: str) -> int | str:
    if figure is None:
        return ""
    number = figure.value if column == VALUE else figure.denominator
    return "" if number is None else number
