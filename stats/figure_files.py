"""What the newsroom takes for figures: a plain sheet, a window's own, or many in one archive."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Final

from stats.models import Figure, Indicator
from stats.month_checks import asked_of, indicators_in
from stats.totals import spec_of
from stats.window_sheets import (
    Filled,
    FilledSheets,
    filled_sheet,
    is_window_sheet,
    together,
    window_sheet,
)
from windows.importing.archive import Archive
from windows.importing.formats import Grid, read_grid, sheet_of
from windows.importing.guard import DEFAULT_LIMITS, SENTENCES, Limits
from windows.importing.refusals import Refused
from windows.importing.sheets import Sheet
from windows.models import Centre, ServiceWindow

MOST: Final = 100  # files at once
_ZIP: Final = b"PK\x03\x04"


def read_figures(
    name: str, data: bytes, centre: Centre | None, limits: Limits = DEFAULT_LIMITS
) -> Sheet:
    """Raises Refused. Without a centre, what is a window's own sheet is only looked at."""
    if PurePath(name).suffix.lower() == ".zip" and data.startswith(_ZIP):
        return _together([(file, _filled(file, held)) for file, held in _unpacked(data)], centre)
    grid = read_grid(name, data, limits)
    if is_window_sheet(grid):
        return _together([(PurePath(name).name, filled_sheet(grid))], centre)
    return sheet_of(grid, limits)


def packed(files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Several uploads as one archive: the name and the bytes. Raises Refused."""
    if len(files) > MOST:
        raise Refused(f"一次最多{MOST}个文件。请分几次上传。")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(files, 1):
            archive.writestr(f"{number:03d}/{PurePath(name).name}", data)
    return f"{len(files)}个文件.zip", out.getvalue()


def _unpacked(data: bytes) -> Iterable[tuple[str, bytes]]:
    archive = Archive(data, DEFAULT_LIMITS, SENTENCES)
    names = [m.filename for m in archive.members if not m.is_dir() and not _is_of_system(m)]
    if len(names) > MOST:
        raise Refused(f"压缩包里有{len(names)}个文件，一次最多{MOST}个。请分几次上传。")
    for member in archive.members:
        if member.filename in names and not member.filename.lower().endswith(".xlsx"):
            raise Refused(f"压缩包里有“{_shown(member)}”。请只放填报表（.xlsx）。")
    shown = {member.filename: _shown(member) for member in archive.members}
    return [(shown[name], held) for name, held in archive.parts() if name in names]


def _is_of_system(member: zipfile.ZipInfo) -> bool:
    """What a Mac adds by itself."""
    return member.filename.startswith("__MACOSX/") or member.filename.endswith(".DS_Store")


def _shown(member: zipfile.ZipInfo) -> str:
    """The file's name; Windows writes Chinese names in GBK without saying so."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = member.filename
    return PurePath(name).name[:60]


def _filled(name: str, data: bytes) -> Filled:
    try:
        grid: Grid = read_grid(name, data, DEFAULT_LIMITS)
        return filled_sheet(grid)
    except Refused as refusal:
        raise Refused(f"“{name}”：{refusal}") from None


def _together(files: Sequence[tuple[str, Filled]], centre: Centre | None) -> FilledSheets:
    if not files:
        raise Refused("压缩包里没有填报表。请放进填好的表（.xlsx），再上传。")
    windows = {w.pk: w for w in ServiceWindow.objects.filter(centre=centre)} if centre else {}
    months = {(filled.identity.year, filled.identity.month) for _name, filled in files}
    asked = {month: asked_of_windows(centre, *month) for month in months} if centre else {}
    return together(files, windows, asked)


def asked_of_windows(centre: Centre, year: int, month: int) -> list[Indicator]:
    """What every window is to enter in that month, in order."""
    rows = list(indicators_in(centre, year, month))
    keys = {spec.key for spec in asked_of(map(spec_of, rows), "any window")}
    return [row for row in rows if row.key in keys]


def window_sheets_of(centre: Centre, year: int, month: int) -> bytes:
    """A ZIP of every open window's sheet of that month, with what is there and last month's."""
    indicators = asked_of_windows(centre, year, month)
    last = dt.date(year, month, 1) - dt.timedelta(days=1)
    now, before = _figures(centre, year, month), _figures(centre, last.year, last.month)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for window in ServiceWindow.objects.filter(centre=centre, is_open=True):
            own = now.get(window.pk, {}), before.get(window.pk, {})
            name = re.sub(r'[\\/:*?"<>|]', "_", window.name)
            archive.writestr(f"{name}.xlsx", window_sheet(window, year, month, indicators, *own))
    return out.getvalue()


def _figures(centre: Centre, year: int, month: int) -> dict[int, dict[int, Figure]]:
    """Window → indicator → figure."""
    found: dict[int, dict[int, Figure]] = {}
    rows = Figure.objects.filter(report__centre=centre, report__year=year, report__month=month)
    for figure in rows.select_related("report"):
        if figure.report.window_id:
            found.setdefault(figure.report.window_id, {})[figure.indicator_id] = figure
    return found
