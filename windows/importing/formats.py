"""XLSX and CSV for django-import-export: guarded on the way in, escaped on the way out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import openpyxl
from import_export.formats.base_formats import Format
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from windows.importing.collecting import uncollected
from windows.importing.escaping import escape, tidy
from windows.importing.guard import DEFAULT_LIMITS, Limits, Upload, check_upload
from windows.importing.refusals import Refused
from windows.importing.sheets import Line, Sheet, SheetDataset, column_letter, heading_text
from windows.importing.xmlscan import Book

ENCODINGS: Final = ("utf-8-sig", "gb18030")
_DELIMITERS: Final = ",\t;，"


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet as they stand; `troubles` by (row, column) counted from 1."""

    title: str
    rows: Sequence[Sequence[Any]]
    troubles: Mapping[tuple[int, int], str] = field(default_factory=dict)
    others: int = 0  # further sheets of the workbook, not read


def read_sheet(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Sheet:
    """The first visible sheet that has anything. Raises Refused."""
    return sheet_of(read_grid(name, data, limits), limits)


def read_grid(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Grid:
    """The same before its first row is taken for headings. Raises Refused."""
    upload = check_upload(name, data, limits)
    if upload.kind == "xlsx":
        return _read_xlsx(upload, limits)
    return Grid("", _read_csv(upload, limits))


def sheet_of(grid: Grid, limits: Limits = DEFAULT_LIMITS) -> Sheet:
    """Raises Refused."""
    with uncollected():
        sheet = _sheet(grid.title, enumerate(grid.rows, 1), grid.troubles, grid.others)
    if not sheet.lines:
        raise Refused("表里只有表头，没有数据。请填好再上传。")
    _check_lengths(sheet, limits)
    return sheet


def _read_xlsx(upload: Upload, limits: Limits) -> Grid:
    book = upload.book or Book()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(upload.data))
        shown = [
            meta.name
            for meta in workbook.sheets_metadata
            if meta.visible == SheetVisibleEnum.Visible
        ]
        for name in shown:
            grid = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if len(grid) > limits.rows:
                raise Refused(f"一次最多{limits.rows}行。请拆成几个文件，分次导入。")
            if any(_is_filled(row) for row in grid):
                return Grid(name, grid, book.cells(name).troubles, len(shown) - 1)
    except (CalamineError, ValueError, OSError) as error:
        raise _unreadable() from error
    except BaseException as error:  # what the reader raises when its Rust part gives up
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable() from error
    raise Refused("工作簿里没有数据。请填好再上传。")


def _unreadable() -> Refused:
    return Refused("文件读不出来。请在Excel或WPS里打开，另存为“Excel工作簿（.xlsx）”再上传。")


def _read_csv(upload: Upload, limits: Limits) -> list[list[str]]:
    text = decode(upload.data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return list(_records(reader, limits))


def _records(reader: Any, limits: Limits) -> Iterator[list[str]]:
    """Records of a csv.reader within the limits; a quote never closed is refused by line."""
    number = 0
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise Refused(f"第{number + 1}行的引号不成对，读不下去。请改好再上传。") from error
        if record is None:
            return
        number += 1
        if number > limits.rows:
            raise Refused(f"一次最多{limits.rows}行。请拆成几个文件，分次导入。")
        if len(record) > limits.columns:
            raise Refused(f"第{number}行有{len(record)}列，一次最多{limits.columns}列。")
        yield record


def decode(data: bytes) -> str:
    """UTF-8, with a mark or without, or GB18030. Raises Refused for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("文件是UTF-16编码。请另存为“CSV UTF-8”，再上传。")
    if any(byte < 9 or 13 < byte < 32 for byte in data):
        raise Refused("这不是文字文件。请上传XLSX或CSV文件。")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("文件的编码认不出来。请另存为“CSV UTF-8”，再上传。")


def _sheet(
    title: str,
    rows: Iterable[tuple[int, Sequence[Any]]],
    troubles: Mapping[tuple[int, int], str],
    others: int = 0,
) -> Sheet:
    """The first row with anything in it is the headings; empty rows and columns fall away."""
    troubled = {row for row, _column in troubles}
    filled = [(number, row) for number, row in rows if _is_filled(row) or number in troubled]
    if not filled:
        raise Refused("文件里没有数据。请填好再上传。")
    headings = [heading_text(cell) for cell in filled[0][1]]
    _check_overhang(headings, filled[1:])
    columns = [index for index, heading in enumerate(headings) if heading]
    by_row: dict[int, dict[int, str]] = {}
    for (row_number, column), text in troubles.items():
        if column - 1 in columns:
            by_row.setdefault(row_number, {})[columns.index(column - 1)] = text
    return Sheet(
        title=title,
        headings=tuple(headings[index] for index in columns),
        letters=tuple(column_letter(index + 1) for index in columns),
        lines=tuple(
            Line(number, _cells(row, columns), by_row.get(number, {})) for number, row in filled[1:]
        ),
        others=others,
    )


def _cells(row: Sequence[Any], columns: Sequence[int]) -> tuple[Any, ...]:
    if len(row) == len(columns):  # no column without a heading, no row that is short
        return tuple(row)
    return tuple(row[index] if index < len(row) else "" for index in columns)


def _check_overhang(headings: Sequence[str], rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
    """A value under no heading would be lost without a word."""
    if all(headings) and all(len(row) <= len(headings) for _number, row in rows):
        return
    for number, row in rows:
        for index, cell in enumerate(row):
            if not _is_empty(cell) and (index >= len(headings) or not headings[index]):
                place = f"第{number}行 {column_letter(index + 1)}列"
                raise Refused(f"{place}有内容，这一列却没有表头。请补上表头，或删去这一格。")


def _is_filled(row: Sequence[Any]) -> bool:
    for cell in row:  # noqa: SIM110 - called for every row, and mostly the first cell decides
        if not _is_empty(cell):
            return True
    return False


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _check_lengths(sheet: Sheet, limits: Limits) -> None:
    for index, letter in enumerate(sheet.letters):
        texts = {line.cells[index] for line in sheet.lines if type(line.cells[index]) is str}
        if max(map(len, texts), default=0) > limits.text:
            _refuse_long(sheet, index, letter, limits.text)


def _refuse_long(sheet: Sheet, index: int, letter: str, longest: int) -> None:
    for line in sheet.lines:
        cell = line.cells[index]
        if isinstance(cell, str) and len(cell) > longest:
            place = f"第{line.number}行 {letter}列"
            raise Refused(f"{place}有{len(cell)}个字，最多{longest}个字。请改短。")


class _GuardedFormat(Format):  # type: ignore[misc] # import-export has no types
    kind = ""
    content_type = ""

    def get_title(self) -> str:
        return self.kind.upper()

    def get_extension(self) -> str:
        return self.kind

    def get_content_type(self) -> str:
        return self.content_type

    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes) -> SheetDataset:
        """Raises Refused."""
        return read_sheet(f"upload.{self.kind}", in_stream).dataset()


class Xlsx(_GuardedFormat):
    kind = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset: Any, **_kwargs: Any) -> bytes:
        workbook = openpyxl.Workbook(write_only=True)
        sheet = workbook.create_sheet(dataset.title or "Sheet1")
        sheet.freeze_panes = "A2"
        for index, heading in enumerate(dataset.headers, 1):
            width = min(60, max(10, 2 * len(heading) + 4))
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.append([_cell(sheet, heading, bold=True) for heading in dataset.headers])
        for row in dataset:
            sheet.append([_cell(sheet, value) for value in row])
        out = io.BytesIO()
        workbook.save(out)
        return out.getvalue()


class Csv(_GuardedFormat):
    """With a byte order mark, so that Excel opens it as UTF-8."""

    kind = "csv"
    content_type = "text/csv; charset=utf-8"

    def export_data(self, dataset: Any, **_kwargs: Any) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow([_outgoing(heading) for heading in dataset.headers])
        writer.writerows([_outgoing(value) for value in row] for row in dataset)
        return out.getvalue().encode("utf-8-sig")


FORMATS: Final = (Xlsx, Csv)


def _outgoing(value: Any) -> Any:
    return escape(tidy(value)) if isinstance(value, str) else value


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """Text stays text whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=None)
    outgoing = _outgoing(value)
    cell.value = outgoing
    if isinstance(outgoing, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
