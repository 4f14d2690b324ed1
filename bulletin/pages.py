"""The printed pages of a document, laid out once for each digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bulletin.document import IssueDocument, dumps, loads
from bulletin.renderers.page_svg import render_page
from bulletin.typeset import NONE, Marks, Page, lay_out, marked, system_fonts
from bulletin.typeset.geometry import TOP, grid


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
    return _pages(dumps(document))


def page_svg(document: IssueDocument, number: int, marks: Marks = NONE) -> bytes:
    """Page `number` from 1. Raises IndexError for a page that is not there."""
    if number < 1:
        raise IndexError(number)
    return _svg(dumps(document), number, marks)


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


def entry_places(document: IssueDocument, entries: Sequence[int]) -> dict[int, Place]:
    """Entry → place; `entries` are primary keys in printed order."""
    by_line = places(document)
    lines = [at for at, line in enumerate(document.lines()) if line.role in {"item", "paragraph"}]
    return {pk: by_line[at] for pk, at in zip(entries, lines, strict=False) if at in by_line}


@lru_cache(maxsize=8)
def _pages(content: bytes) -> tuple[Page, ...]:
    return lay_out(loads(content))


@lru_cache(maxsize=64)
def _svg(content: bytes, number: int, marks: Marks) -> bytes:
    return render_page(marked(_pages(content), marks, system_fonts())[number - 1])
