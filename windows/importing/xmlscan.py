"""The XML of a workbook, read once by expat for what must not be there.

Refused: DTDs and entities, anything but UTF-8, links to other files, macros by content
type, cells outside the limits. (A reader allocates every cell between the first and the
last: two cells in opposite corners were a 4.8 kB file that hung one.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from windows.importing.plain_sheets import PLAIN_COLUMNS, Cells, Position, plain_cells
from windows.importing.refusals import Refused

_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_LONGEST: Final = 10**8  # characters, were every cell to hold the longest shared text


@dataclass(slots=True)
class Book:
    """Sheet names in order, the ids of their parts, and what the parts hold."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Cells] = field(default_factory=dict)
    longest: int = 0

    def cells(self, sheet: str) -> Cells:
        part = self.targets.get(dict(self.sheets).get(sheet, ""), "")
        return self.parts.get("xl/" + part.removeprefix("/xl/").removeprefix("xl/"), Cells())


def scan_book(parts: Iterable[tuple[str, bytes]], rows: int, columns: int) -> Book:
    """Raises Refused for whatever a plain table does not have."""
    book = Book()
    for name, content in parts:
        if name.lower().endswith((".xml", ".rels", ".vml")):
            plain = plain_cells(name, content, rows) if columns >= PLAIN_COLUMNS else None
            if plain is None:
                _Scan(book, name, rows, columns).feed(content)
            elif plain.used:
                book.parts[name] = plain
    used = sum(cells.used for cells in book.parts.values())
    if used * book.longest > _LONGEST:
        raise Refused("单元格里的文字太长。请只留要导入的内容，再上传。")
    return book


class _Scan:
    """One part. Names are taken without their namespace prefix."""

    def __init__(self, book: Book, name: str, rows: int, columns: int) -> None:
        self.book, self.name = book, name
        self.limits = (rows, columns)
        self.cells = Cells()
        self.at: Position = (0, 0)
        self.open: set[str] = set()  # what the cell being read has: f, v, is
        self.in_cell = self.is_error = False
        self.text_length = 0

    def feed(self, content: bytes) -> None:
        """Raises Refused."""
        if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in content[:64]:
            raise _unreadable()
        parser = self.parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_dtd
        parser.EntityDeclHandler = _refuse_dtd
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        if self.name.lower() == "xl/sharedstrings.xml":
            parser.CharacterDataHandler = self.text
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError) as error:
            raise _unreadable() from error
        if self.cells.used or self.cells.troubles:
            self.book.parts[self.name] = self.cells

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        handler = _STARTS.get(name)
        if handler:
            handler(self, attributes)
        elif self.in_cell and name in {"v", "is", "f"}:
            self.use(name)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "c" and self.in_cell:
            self.end_cell()
        elif name == "si":
            self.book.longest = max(self.book.longest, self.text_length)

    def text(self, data: str) -> None:
        self.text_length += len(data)

    def start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        row = int(number) if number.isascii() and number.isdecimal() else self.at[0] + 1
        self.at = (row, 0)

    def start_cell(self, attributes: dict[str, str]) -> None:
        self.at = _position(attributes.get("r", "")) or (self.at[0], self.at[1] + 1)
        self.in_cell, self.open = True, set()
        self.is_error = attributes.get("t") == "e"

    def start_string(self, attributes: dict[str, str]) -> None:
        self.text_length = 0

    def use(self, name: str) -> None:
        if not self.open:
            self.cells.used += 1
            self.cells.last = tuple(map(max, self.cells.last, self.at))  # type: ignore[assignment]
            self.check_limits()
        if name == "v" and "f" in self.open:
            self.parser.CharacterDataHandler = self.computed  # only a value with text counts
        else:
            self.open.add(name)

    def computed(self, _data: str) -> None:
        self.open.add("v")
        self.parser.CharacterDataHandler = None

    def check_limits(self) -> None:
        (row, column), (rows, columns) = self.cells.last, self.limits
        if row > rows:
            raise Refused(f"表里用到了第{row}行，一次最多{rows}行。请删去多余的行，或分次导入。")
        if column > columns:
            raise Refused(f"表里用到了第{column}列，一次最多{columns}列。请删去多余的列。")

    def end_cell(self) -> None:
        self.in_cell = False
        if "f" in self.open:
            self.parser.CharacterDataHandler = None
        if self.is_error:
            self.cells.troubles[self.at] = "这一格是错误值（如#REF!）。请改好，或粘贴为数值。"
        elif "f" in self.open and "v" not in self.open:
            self.cells.troubles[self.at] = (
                "这一格是公式，但没有算好的值。请在Excel里打开并保存，或粘贴为数值。"
            )

    def start_sheet(self, attributes: dict[str, str]) -> None:
        ids = [value for key, value in attributes.items() if key.endswith(":id")]
        self.book.sheets.append((attributes.get("name", ""), ids[0] if ids else ""))

    def start_relationship(self, attributes: dict[str, str]) -> None:
        is_link = attributes.get("Type", "").endswith("/hyperlink")
        if attributes.get("TargetMode", "").lower() == "external" and not is_link:
            raise Refused("文件链接了别的文件或数据源。请断开链接、只留数值，再上传。")
        if self.name.lower() == "xl/_rels/workbook.xml.rels":
            self.book.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def start_type(self, attributes: dict[str, str]) -> None:
        if "macroenabled" in attributes.get("ContentType", "").lower():
            raise Refused("文件带有宏。请另存为不带宏的“Excel工作簿（.xlsx）”，再上传。")


_STARTS: Final = {
    "row": _Scan.start_row,
    "c": _Scan.start_cell,
    "si": _Scan.start_string,
    "sheet": _Scan.start_sheet,
    "Relationship": _Scan.start_relationship,
    "Override": _Scan.start_type,
    "Default": _Scan.start_type,
}


def _position(reference: str) -> Position | None:
    """ "C7" → (7, 3)."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _refuse_dtd(*_arguments: object) -> None:
    raise Refused("文件里有不该有的内容（DTD或实体）。请在Excel或WPS里另存后再上传。")


def _unreadable() -> Refused:
    return Refused("文件内部不完整或不是Excel的写法。请在Excel或WPS里打开，另存后再上传。")
