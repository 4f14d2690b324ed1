"""A table as a file has it: headings, rows and where each cell stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import tablib


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the file and the letter of each of its columns by heading.

    `file` is named where there are several.
    """

    row: int
    letters: Mapping[str, str]
    file: str = ""

    def of(self, heading: str = "") -> str:
        """第16行 F列, or 第16行 when the column is none of the file's."""
        letter = self.letters.get(heading, "")
        place = f"第{self.row}行 {letter}列" if letter else f"第{self.row}行"
        return f"{self.file} {place}" if self.file else place


class Places(Sequence[Place]):
    """The places of a file's rows, made when one is asked for."""

    def __init__(self, numbers: Sequence[int], letters: Mapping[str, str]) -> None:
        self.numbers, self.letters = numbers, letters

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Place: ...
    @overload
    def __getitem__(self, at: slice) -> Places: ...
    def __getitem__(self, at: int | slice) -> Place | Places:
        if isinstance(at, slice):
            return Places(self.numbers[at], self.letters)
        return Place(self.numbers[at], self.letters)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file and its cells."""

    number: int
    cells: tuple[Any, ...]
    troubles: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`headings` and the cells of every line run parallel; `letters` are the file's columns."""

    title: str
    headings: tuple[str, ...]
    letters: tuple[str, ...]
    lines: tuple[Line, ...]
    others: int = 0  # further sheets of the workbook, not read

    def dataset(self) -> SheetDataset:
        places = dict(zip(self.headings, self.letters, strict=True))
        return sheet_dataset(
            self.headings,
            [line.cells for line in self.lines],
            Places([line.number for line in self.lines], places),
            [line.troubles and self._named(line.troubles) for line in self.lines],
        )

    def _named(self, troubles: Mapping[int, str]) -> Mapping[str, str]:
        return {self.headings[index]: text for index, text in troubles.items()}


class SheetDataset(tablib.Dataset):  # type: ignore[misc] # tablib has no types
    """What import-export takes, with the place of every row.

    tablib makes an object of every row as it is appended; here the cells are kept as they
    are, in `cells`, and made into its rows when somebody asks it for one.
    """

    places: Sequence[Place] = ()
    troubles: Sequence[Mapping[Any, str]] = ()  # heading → why the cell cannot be read
    cells: Sequence[Sequence[Any]] = ()
    _made: Sequence[Any] = ()

    @property
    def _data(self) -> Sequence[Any]:
        if not self._made:
            self._made = [tablib.core.Row(row) for row in self.cells]
        return self._made

    @_data.setter
    def _data(self, rows: list[Any]) -> None:
        self._made = rows


def sheet_dataset(
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    places: Sequence[Place],
    troubles: Sequence[Mapping[Any, str]] = (),
) -> SheetDataset:
    dataset = SheetDataset(headers=list(headings))
    dataset.cells = rows
    dataset.places = places
    dataset.troubles = troubles or [{}] * len(rows)
    return dataset


def plain_dataset(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> SheetDataset:
    """Rows that come from no file: numbered as if they stood under a heading line."""
    letters = {heading: column_letter(n) for n, heading in enumerate(headings, 1)}
    return sheet_dataset(headings, rows, [Place(n, letters) for n in range(2, len(rows) + 2)])


def column_letter(number: int) -> str:
    """1 → A, 28 → AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def heading_text(raw: object) -> str:
    """A heading as compared: width and spaces do not count, nor does a mark of 必填."""
    text = unicodedata.normalize("NFKC", "" if raw is None else str(raw))
    return re.sub(r"\s+|\*$", "", text).replace("(", "（").replace(")", "）")
