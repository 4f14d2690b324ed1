"""A window's month as a workbook of its own: out to be filled in, and in again.

Each sheet carries a signed number that says whose month it is and which indicators it asks
for, so that it cannot be taken for another's; only the cells to fill in are open.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import openpyxl
from django.core import signing
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from stats.figure_columns import DENOMINATOR, INDICATOR, MONTH, NOTE, VALUE, WINDOW, YEAR
from stats.models import Figure, Indicator
from stats.totals import spec_of
from windows.importing.escaping import escape
from windows.importing.formats import Grid, read_grid
from windows.importing.guard import DEFAULT_LIMITS, Limits
from windows.importing.refusals import Refused
from windows.importing.sheets import Line, Place, Sheet, column_letter, heading_text
from windows.models import ServiceWindow

SALT: Final = "window sheet"
NUMBER: Final = "编号"
HEADINGS: Final = ("代号", INDICATOR, "单位", VALUE, DENOMINATOR, NOTE, "上月")
OPEN: Final = (VALUE, DENOMINATOR, NOTE)
LONG_HEADINGS: Final = (YEAR, MONTH, WINDOW, INDICATOR, VALUE, DENOMINATOR, NOTE)
_FIRST: Final = 4  # the row of the first indicator
_WIDTHS: Final = (18, 24, 8, 14, 14, 40, 12)
_OPEN_FILL: Final = PatternFill("solid", fgColor="FFF6E0")


@dataclass(frozen=True, slots=True)
class Identity:
    """What the number on a sheet says."""

    centre: int
    window: int
    year: int
    month: int
    indicators: str

    def signed(self) -> str:
        values = [self.centre, self.window, self.year, self.month, self.indicators]
        return signing.dumps(values, salt=SALT)


def identity_of(
    window: ServiceWindow, year: int, month: int, indicators: Iterable[Indicator]
) -> Identity:
    return Identity(window.centre_id, window.pk, year, month, indicator_set(indicators))


def indicator_set(indicators: Iterable[Indicator]) -> str:
    """A short digest of what is asked for: keys, units, and which have a denominator."""
    asked = [f"{row.key} {row.unit} {row.over_windows}" for row in indicators]
    return hashlib.sha256("\n".join(asked).encode()).hexdigest()[:16]


# Out


def window_sheet(
    window: ServiceWindow,
    year: int,
    month: int,
    indicators: Sequence[Indicator],
    figures: Mapping[int, Figure],
    last: Mapping[int, Figure],
) -> bytes:
    """The workbook; `figures` and `last` month's by indicator, shown where there are any."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = f"{year}年{month}月"
    page.append([escape(f"{window.name}{year}年{month}月月度数据：只填有底色的格")])
    page.append([NUMBER, identity_of(window, year, month, indicators).signed()])
    page.append(list(HEADINGS))
    for indicator in indicators:
        page.append(_cells(indicator, figures.get(indicator.pk), last.get(indicator.pk)))
    _dress(page, indicators)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(indicator: Indicator, figure: Figure | None, last: Figure | None) -> list[Any]:
    parted = spec_of(indicator).has_denominator
    before = f"{last.value}／{last.denominator}" if last and parted else last and last.value
    given = [figure.value, figure.denominator, figure.note] if figure else [None, None, None]
    told = [indicator.key, indicator.label, "分子／分母" if parted else indicator.unit]
    return [escape(cell) for cell in (*told, *given, before)]


def _dress(page: Any, indicators: Sequence[Indicator]) -> None:
    """Locked but for the cells to fill in; whole numbers only; headings that stay."""
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.freeze_panes = f"D{_FIRST}"
    for number, width in enumerate(_WIDTHS, 1):
        page.column_dimensions[column_letter(number)].width = width
        page.cell(3, number).font = Font(bold=True)
    page.cell(1, 1).font = Font(bold=True, size=14)
    for row, indicator in enumerate(indicators, _FIRST):
        _open(page.cell(row, 4))
        _open(page.cell(row, 6))
        page.cell(row, 6).alignment = Alignment(wrap_text=True)
        if spec_of(indicator).has_denominator:
            _open(page.cell(row, 5))
    if indicators:
        page.add_data_validation(_whole_numbers(len(indicators)))


def _open(cell: Any) -> None:
    cell.protection = Protection(locked=False)
    cell.fill = _OPEN_FILL


def _whole_numbers(rows: int) -> DataValidation:
    rule = DataValidation("whole", operator="between", formula1="0", formula2="1000000000")
    rule.error = "请填0到10亿之间的整数，按原单位填，不要填万。"
    rule.errorTitle, rule.showErrorMessage = "要改", True
    rule.prompt, rule.promptTitle, rule.showInputMessage = "没有发生的填0。", "填整数", True
    rule.add(f"D{_FIRST}:E{_FIRST + rows - 1}")
    return rule


# In


@dataclass(frozen=True, slots=True)
class Filled:
    """One sheet that came back. `lines` hold key, value, denominator, note."""

    identity: Identity
    lines: tuple[Line, ...]
    letters: Mapping[str, str]

    def given(self) -> list[tuple[Line, str, Any, Any, Any]]:
        """(line, key, value, denominator, note) of each indicator that was filled in."""
        rows = [(line, *line.cells) for line in self.lines]
        return [row for row in rows if row[0].troubles or any(map(_is_filled, row[2:]))]


def read_window_sheet(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Filled:
    """Raises Refused for anything but a sheet made here and left as it was made."""
    return filled_sheet(read_grid(name, data, limits))


def is_window_sheet(grid: Grid) -> bool:
    return any(row and str(row[0]).strip() == NUMBER for row in grid.rows[:5])


def filled_sheet(grid: Grid) -> Filled:
    """Raises Refused."""
    identity = _identity(grid.rows)
    at, columns = _headings(grid.rows)
    letters = {heading: column_letter(column + 1) for heading, column in columns.items()}
    wanted = [columns[heading] for heading in (HEADINGS[0], *OPEN)]
    lines = []
    for number, row in enumerate(grid.rows[at + 1 :], at + 2):
        cells = tuple(row[column] if column < len(row) else "" for column in wanted)
        troubles = {
            place: grid.troubles[number, column + 1]
            for place, column in enumerate(wanted)
            if (number, column + 1) in grid.troubles
        }
        if any(map(_is_filled, cells)) or troubles:
            lines.append(Line(number, cells, troubles))
    return Filled(identity, tuple(lines), letters)


def _identity(rows: Sequence[Sequence[Any]]) -> Identity:
    for row in rows[:5]:
        if row and str(row[0]).strip() == NUMBER:
            text = next((str(cell).strip() for cell in row[1:] if str(cell).strip()), "")
            try:
                return Identity(*signing.loads(text, salt=SALT))
            except (signing.BadSignature, TypeError, ValueError):
                raise Refused("表上的编号认不出来。请重新下载填报表，把数填进新表。") from None
    raise Refused("表上没有编号，不是从这里下载的填报表。请下载填报表，填好再上传。")


def _headings(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    """The row of the headings, and heading → column."""
    for at, row in enumerate(rows[:10]):
        given = [heading_text(cell) for cell in row]
        if set(HEADINGS) <= set(given):
            return at, {heading: given.index(heading) for heading in HEADINGS}
    raise Refused("填报表的表头被改动了。请重新下载填报表，把数填进新表。")


def _is_filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


# Several at once, as one sheet for the importer


@dataclass(frozen=True, slots=True)
class FilledSheets(Sheet):
    """Rows of the long form; each knows its file, row and column."""

    places: tuple[Place, ...] = ()

    def dataset(self) -> Any:
        dataset = Sheet.dataset(self)
        dataset.places = self.places
        return dataset


def together(
    files: Sequence[tuple[str, Filled]],
    windows: Mapping[int, ServiceWindow],
    indicators: Mapping[tuple[int, int], Sequence[Indicator]],
) -> FilledSheets:
    """`windows` are those of the centre, `indicators` what each month asks of a window.

    Raises Refused for a sheet of another centre, an old set of indicators, or one sent twice.
    """
    lines: list[Line] = []
    places: list[Place] = []
    seen: dict[Identity, str] = {}
    for name, filled in files:
        who = filled.identity
        _check(name, filled, windows, indicators, seen)
        label = name if len(files) > 1 else ""
        for line, key, *numbers in filled.given():
            cells = (who.year, who.month, windows[who.window].name, key, *numbers)
            troubles = {place + 3: text for place, text in line.troubles.items()}
            lines.append(Line(line.number, cells, troubles))
            places.append(Place(line.number, filled.letters, label))
    if not lines:
        raise Refused("填报表里还没有填数。请填好再上传。")
    letters = ("",) * len(LONG_HEADINGS)
    title = files[0][0] if len(files) == 1 else f"{len(files)}张填报表"
    return FilledSheets(title, LONG_HEADINGS, letters, tuple(lines), 0, tuple(places))


def _check(
    name: str,
    filled: Filled,
    windows: Mapping[int, ServiceWindow],
    indicators: Mapping[tuple[int, int], Sequence[Indicator]],
    seen: dict[Identity, str],
) -> None:
    who = filled.identity
    if who.window not in windows:
        raise Refused(f"“{name}”不是本中心窗口的填报表。请核对后再上传。")
    if who in seen:
        raise Refused(f"“{name}”和“{seen[who]}”是同一个窗口同一个月的。请只留一张。")
    if who.indicators != indicator_set(indicators.get((who.year, who.month), ())):
        raise Refused(f"“{name}”下载以后指标有变化。请重新下载填报表，把数填进新表。")
    seen[who] = name
