"""The printed pages of a document, laid out once for each content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor
from typing import Final

from bulletin.document import IssueDocument
from bulletin.renderers.page_svg import render_page
from bulletin.typeset import NONE, Marks, Page, Row, lay_out, marked, system_fonts
from bulletin.typeset.fonts import LABELS, Role
from bulletin.typeset.geometry import TOP, grid

PRINTED: Final[tuple[Role, ...]] = ("body", "title", "heading", "song", "latin")
"""What every issue is set in; the other roles serve single characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands; pages and rows of the grid count from 1, `top` in points."""

    page: int
    row: int
    last_page: int
    last_row: int
    top: float

    @property
    def words(self) -> str:
        """3页6–9行; 1–2页 where it runs over."""
        if self.page != self.last_page:
            return f"{self.page}–{self.last_page}页"
        rows = f"{self.row}–{self.last_row}" if self.row != self.last_row else f"{self.row}"
        return f"{self.page}页{rows}行"


def pages(document: IssueDocument) -> tuple[Page, ...]:
    return _pages(document)


def page_svg(document: IssueDocument, number: int, marks: Marks = NONE) -> bytes:
    """Page `number` from 1. Raises IndexError for a page that is not there."""
    if number < 1:
        raise IndexError(number)
    return _svg(document, number, marks)


def places(document: IssueDocument) -> dict[int, Place]:
    """Line of the document → where it stands."""
    found: dict[int, Place] = {}
    pitch = grid(document.layout).pitch
    for page in pages(document):
        for row in page.rows:
            order = round((row.top - TOP) / pitch) + 1
            first = found.get(row.line)
            found[row.line] = Place(
                first.page if first else page.number,
                first.row if first else order,
                page.number,
                order,
                first.top if first else row.top,
            )
    return found


def entry_lines(document: IssueDocument, entries: Sequence[int]) -> dict[int, int]:
    """Entry → its line in the document; `entries` are primary keys in printed order."""
    lines = [at for at, line in enumerate(document.lines()) if line.role in {"item", "paragraph"}]
    return dict(zip(entries, lines, strict=False))


def entry_places(document: IssueDocument, entries: Sequence[int]) -> dict[int, Place]:
    """Entry → place; `entries` as above."""
    by_line = places(document)
    lines = entry_lines(document, entries)
    return {pk: by_line[at] for pk, at in lines.items() if at in by_line}


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters of a paragraph on one row: page, top of the row, left and right in points."""

    page: int
    top: float
    left: float
    right: float


def finder(document: IssueDocument) -> Callable[[int, int, int], list[Spot]]:
    """(line, start, end) → where those characters of the line's body stand, row by row.

    A place between two characters is shown as a sliver at the first of them. The document is
    laid out once, however many places are asked for.
    """
    rows = _rows(document)
    labels = [len(line.label) for line in document.lines()]

    def spots(line: int, start: int, end: int) -> list[Spot]:
        at, found = 0, []
        for page, row in rows.get(line, ()):
            first, last = labels[line] + start - at, labels[line] + max(end, start + 1) - at
            at += len(row.text)
            if first < len(row.text) and last > 0:
                left, right = _extent(row, max(first, 0), min(last, len(row.text)))
                found.append(Spot(page, row.top, left, right))
        return found

    return spots


def _extent(row: Row, first: int, last: int) -> tuple[float, float]:
    edges = []
    for run in row.runs:
        x = run.x
        for advance in run.advances:
            edges.append((x, x + advance))
            x += advance
    return edges[first][0], edges[last - 1][1]


@lru_cache(maxsize=8)
def _rows(document: IssueDocument) -> dict[int, list[tuple[int, Row]]]:
    """Line → its rows in reading order, each with its page."""
    found: dict[int, list[tuple[int, Row]]] = {}
    for page in _pages(document):
        for row in page.rows:
            found.setdefault(row.line, []).append((page.number, row))
    return found


def rows_left(document: IssueDocument) -> int:
    """How many rows of the grid are free on the last page, above the imprint."""
    last = pages(document)[-1]
    paper = grid(document.layout)
    imprint = {at for at, line in enumerate(document.lines()) if line.role == "imprint"}
    text = [row.top for row in last.rows if row.line not in imprint]
    below = [row.top for row in last.rows if row.line in imprint]
    used = round((max(text) - TOP) / paper.pitch) + 1 if text else 0
    room = floor((min(below) - TOP) / paper.pitch) if below else paper.rows
    return max(0, min(room, paper.rows) - used)


def stand_ins() -> str:
    """The faces of the page that others stand in for, 仿宋、黑体; empty when none is missing."""
    lacks = system_fonts().substitutions
    return "、".join(LABELS[lack.role] for lack in lacks if lack.role in PRINTED)


@lru_cache(maxsize=8)
def _pages(document: IssueDocument) -> tuple[Page, ...]:
    return lay_out(document)


@lru_cache(maxsize=64)
def _svg(document: IssueDocument, number: int, marks: Marks) -> bytes:
    return render_page(marked(_pages(document), marks, system_fonts())[number - 1])
