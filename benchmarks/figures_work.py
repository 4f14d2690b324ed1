"""The work that `benchmarks.figures` measures; imported when Django is set up."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from import_export.resources import ModelResource

from benchmarks.figures import INDICATORS, WINDOWS, Cost
from stats.figure_resources import FigureResource
from stats.models import Figure, Indicator, MonthlyReport
from tests import factories
from windows.importing.formats import read_sheet
from windows.importing.guard import BULK_LIMITS
from windows.importing.log import log_written

HEADINGS = ["年", "月", "窗口", "指标", "数值", "分母", "口径说明"]
COLUMNS = (
    "report_id, indicator_id, value, denominator, precision, note, source,"
    " entered_by_id, entered_at"
)


class Default(ModelResource):  # type: ignore[misc] # import-export has no types
    """django-import-export as it comes: foreign keys by number, four columns to find a row."""

    class Meta:
        model = Figure
        fields = ("report", "indicator", "value", "denominator", "precision", "note", "source")
        import_id_fields = ("report", "indicator")


def measure(
    rows: int, default_rows: int, repeat: int, timed: Any
) -> tuple[list[Cost], list[float]]:
    call_command("migrate", verbosity=0)
    house = factories.House()
    sheet = list(_sheet(house, rows))
    data = {
        name: _xlsx([[*row[:4], row[4] + shift, *row[5:]] for row in sheet])
        for name, shift in (("import of XLSX, new", 0), ("import of XLSX, all changed", 1))
    }
    runs: list[list[Cost]] = []
    for _run in range(repeat):
        _empty()
        runs.append([])
        _bare(house, sheet, runs[-1], timed)
        for name, book in data.items():
            with timed(runs[-1], name, _backend):
                _import(house, book, rows)
        assert Figure.objects.count() == rows  # noqa: S101
    costs = [min(same, key=lambda cost: cost.cpu) for same in zip(*runs, strict=True)]
    _beside(book, default_rows, rows, costs, timed)
    return costs, _previews(house)


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE stats_figure, stats_monthlyreport CASCADE")


def _sheet(house: factories.House, rows: int) -> Iterator[list[Any]]:
    windows = [
        factories.WindowFactory(department=house.department, name=f"第{n}窗口").name
        for n in range(WINDOWS)
    ]
    labels = [
        factories.IndicatorFactory(centre=house.centre, label=f"项目{n}").label
        for n in range(INDICATORS)
    ]
    months = -(-rows // (WINDOWS * INDICATORS))
    numbers = range(rows)
    places = ((m, w, i) for m in range(months) for w in windows for i in labels)
    for n, (month, window, label) in zip(numbers, places, strict=False):
        yield [2010 + month // 12, month % 12 + 1, window, label, n * 7 % 5000, "", ""]


def _xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("明细")
    for row in [HEADINGS, *rows]:
        page.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _backend() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def _bare(house: factories.House, sheet: Any, costs: list[Cost], timed: Any) -> None:
    """The same rows into the same table, their reports made and their keys known."""
    windows = dict(house.centre.servicewindow_set.values_list("name", "pk"))
    indicators = dict(Indicator.objects.values_list("label", "pk"))
    spots = dict.fromkeys((year, month, windows[name]) for year, month, name, *_ in sheet)
    made = MonthlyReport.objects.bulk_create(
        MonthlyReport(centre=house.centre, year=y, month=m, window_id=w) for y, m, w in spots
    )
    reports = {(r.year, r.month, r.window_id): r.pk for r in made}
    by, at = house.data_clerk.pk, timezone.now()
    rows = [
        (reports[y, m, windows[w]], indicators[i], value, None, 1, "", "import", by, at)
        for y, m, w, i, value, *_ in sheet
    ]
    with (
        connection.cursor() as cursor,
        timed(costs, "bare COPY", _backend),
        transaction.atomic(),
        cursor.copy(f"COPY stats_figure ({COLUMNS}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
    _empty()


def _import(house: factories.House, data: bytes, rows: int) -> None:
    """What the confirmation of an import does."""
    sheet = read_sheet("figures.xlsx", data, BULK_LIMITS)
    with transaction.atomic():
        resource = FigureResource(centre=house.centre, user=house.data_clerk)
        preview = resource.bulk(sheet.dataset(), dry_run=False)
        assert preview is not None and preview.writes == rows  # noqa: S101
        log_written(house.data_clerk.pk, resource.written(None), "由文件导入。")


def _beside(data: bytes, some: int, rows: int, costs: list[Cost], timed: Any) -> None:
    with timed(costs, "openpyxl, reading alone", _backend):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            assert row  # noqa: S101
    figures = Figure.objects.order_by("pk")[:some].values_list(
        "report", "indicator", "value", "denominator", "precision", "note", "source"
    )
    stored: list[list[Any]] = [list(row) for row in figures]
    for name, keep in (("import-export's default, all changed", 1), ("the same, new", 0)):
        lines = [[*row[:2], row[2] + 1, *row[3:]] for row in stored]
        if not keep:
            Figure.objects.filter(report__in=[row[0] for row in stored]).delete()
        dataset = tablib.Dataset(*lines, headers=list(Default._meta.fields))
        with timed(costs, name, _backend, rows / some):
            assert not Default().import_data(dataset).has_errors()  # noqa: S101


def _previews(house: factories.House) -> list[float]:
    """The month after the last stored, so that a year of figures stands behind every cell; the
    first in a process that has just come up, as a server's does."""
    import bulletin.wsgi  # noqa: F401, PLC0415 - what it reads at its start is no part of a request

    for n in range(20 - INDICATORS):
        factories.IndicatorFactory(centre=house.centre, label=f"另一项目{n}")
    labels = list(Indicator.objects.filter(centre=house.centre).values_list("label", flat=True))
    names = house.centre.servicewindow_set.exclude(pk=house.window.pk).values_list(
        "name", flat=True
    )
    last = MonthlyReport.objects.order_by("-year", "-month")[0]
    month = divmod(last.year * 12 + last.month, 12)
    spot = [month[0], month[1] + 1]
    rows = [[*spot, w, i, 900 + n * 7, "", ""] for w in names for n, i in enumerate(labels[:20])]
    data, client = _xlsx(rows), Client()
    client.force_login(house.data_clerk)
    return [_preview(client, house, data) for _ in range(5)]


def _preview(client: Client, house: factories.House, data: bytes) -> float:
    form = {"centre": house.centre.pk, "month": "2026-02"}
    began = time.process_time()
    page = client.post(
        reverse("admin:stats_monthlyreport_import"),
        {**form, "file": SimpleUploadedFile("一个月.xlsx", data)},
    )
    took = time.process_time() - began
    assert len(page.context["preview"].additions) == WINDOWS * 20  # noqa: S101
    assert page.context["preview"].is_clean  # noqa: S101
    return took
