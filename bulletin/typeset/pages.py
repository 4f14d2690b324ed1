"""From the document to its pages.

The first page carries the masthead, the last the imprint at its foot, every page its
number outside (GB/T 9704 7.4, 7.5). A heading never stands alone at the end of a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

from ..document import IssueDocument, Line
from .breaking import Fit, break_lines
from .fonts import ROLE_OF_LINE, Fonts, system_fonts
from .geometry import (
    ASCENT,
    BOTTOM,
    CELL,
    CELL_4,
    HEIGHT,
    LEFT,
    MM,
    RIGHT,
    SIZE_4,
    THICK,
    THIN,
    TOP,
    WIDTH,
    Grid,
    grid,
)
from .marks import NONE, Marks, marked
from .masthead import set_masthead
from .measuring import CELL as UNIT
from .measuring import Measured, Settings, ruler
from .rows import Page, Place, Row, Rule, set_row, width

INDENT: Final = 2
"""Cells a paragraph and a heading are set in (GB/T 9704 7.3.3)."""
IMPRINT_PITCH: Final = 24.0
FOLIO_BELOW: Final = 7 * MM
DASH_HEIGHT: Final = 0.3
"""The middle of the dash of the page number above the baseline, in ems."""


@dataclass
class _Sheet:
    """A page while it is being filled."""

    rows: list[Row] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    """A broken paragraph; `keep` binds its last row to the next block's first."""

    line: int
    text: Measured
    fits: list[Fit]
    keep: bool


def lay_out(
    document: IssueDocument, fonts: Fonts | None = None, *, marks: Marks = NONE
) -> tuple[Page, ...]:
    """The pages of a document. Raises ValueError for an impossible `layout`."""
    fonts = fonts or system_fonts()
    return marked(_Compositor(document, fonts).pages(), marks, fonts)


class _Compositor:
    def __init__(self, document: IssueDocument, fonts: Fonts) -> None:
        self.lines = document.lines()
        self.grid: Grid = grid(document.layout)
        self.fonts = fonts
        self.settings = Settings(document.layout.hang, document.layout.autospace)
        self.sheets = [_Sheet()]
        self.slot = 0

    def pages(self) -> tuple[Page, ...]:
        self._head()
        self._body()
        self._imprint()
        return tuple(
            Page(number, tuple(sheet.rows), tuple(sheet.rules), self._folio(number))
            for number, sheet in enumerate(self.sheets, 1)
        )

    def _head(self) -> None:
        head = set_masthead(self.lines, self.fonts)
        self.sheets[0].rows.extend(head.rows)
        self.sheets[0].rules.append(head.rule)
        self.slot = ceil((head.bottom - TOP) / self.grid.pitch - 0.01)

    def _body(self) -> None:
        blocks = list(self._blocks())
        needs = 0
        reserve = [0] * len(blocks)
        for place in range(len(blocks) - 1, -1, -1):
            needs = len(blocks[place].fits) + needs if blocks[place].keep else 1
            reserve[place] = needs
        for block, need in zip(blocks, reserve, strict=True):
            if self.slot + need > self.grid.rows and need <= self.grid.rows:
                self._turn()
            self._set(block)

    def _blocks(self) -> Iterator[_Block]:
        first = (self.grid.cells - INDENT) * UNIT
        rest = self.grid.cells * UNIT
        for place, line in enumerate(self.lines):
            if line.role in ("heading", "paragraph", "item"):
                text = self._measure(line)
                fits = break_lines(text, first, rest, hang=self.settings.hang)
                yield _Block(place, text, fits, line.role == "heading")

    def _measure(self, line: Line) -> Measured:
        role = ROLE_OF_LINE.get(line.role, "body")
        return ruler(self.fonts, role, self.settings).measure(line.text)

    def _set(self, block: _Block) -> None:
        cell, size = self.grid.cell, self.grid.size
        for order, fit in enumerate(block.fits):
            if self.slot >= self.grid.rows:
                self._turn()
            x = LEFT + (0 if order else INDENT * cell)
            place = Place(x, self.grid.top(self.slot), cell, size)
            self.sheets[-1].rows.append(set_row(block.line, block.text, fit, place))
            self.slot += 1

    def _turn(self) -> None:
        self.sheets.append(_Sheet())
        self.slot = 0

    def _imprint(self) -> None:
        """At the foot of the last page, on a page of its own when it does not fit."""
        entries = [
            self._imprint_block(place, line)
            for place, line in enumerate(self.lines)
            if line.role == "imprint"
        ]
        if not entries:
            return
        count = sum(len(entry.fits) for entry in entries)
        used = self.grid.top(self.slot - 1) + CELL if self.slot else TOP
        if BOTTOM - count * IMPRINT_PITCH < used + CELL / 2:
            self._turn()
        top = max(TOP, BOTTOM - count * IMPRINT_PITCH)
        for entry in entries:
            self._rule(top, THIN if entry is not entries[0] else THICK)
            top = self._imprint_rows(entry, top)
        self._rule(BOTTOM, THICK)

    def _imprint_block(self, place: int, line: Line) -> _Block:
        """No mark gives way here: names stand below each other after the colon."""
        text = self._measure(line)
        text = replace(text, rooms=[0] * len(text.rooms))
        limit = int((WIDTH / CELL_4 - 2) * UNIT)
        hanging = self._label(line)
        fits = break_lines(text, limit, limit - hanging, hang=self.settings.hang)
        return _Block(place, text, fits, False)

    def _label(self, line: Line) -> int:
        """What continuation lines are set in by, to stand after the colon, in thousandths."""
        label = ruler(self.fonts, "body", self.settings).measure(line.label)
        return min(sum(label.widths), 8 * UNIT)

    def _imprint_rows(self, entry: _Block, top: float) -> float:
        hanging = self._label(self.lines[entry.line]) * CELL_4 / UNIT
        for order, fit in enumerate(entry.fits):
            if top + IMPRINT_PITCH > BOTTOM + 0.01:
                self._turn()
                top = TOP
            x = LEFT + CELL_4 + (hanging if order else 0)
            place = Place(x, top + (IMPRINT_PITCH - CELL_4) / 2, CELL_4, SIZE_4)
            self.sheets[-1].rows.append(set_row(entry.line, entry.text, fit, place))
            top += IMPRINT_PITCH
        return top

    def _rule(self, y: float, thickness: float) -> None:
        self.sheets[-1].rules.append(Rule(LEFT, y, WIDTH, thickness))

    def _folio(self, number: int) -> Row:
        """— N —, on odd pages one character in from the right, on even ones from the left."""
        text = ruler(self.fonts, "song", self.settings).measure(f"— {number} —")
        fit = Fit(0, len(text.glyphs))
        x = LEFT + SIZE_4
        if number % 2:
            x = RIGHT - SIZE_4 - width(text, fit) * SIZE_4
        base = BOTTOM + FOLIO_BELOW + DASH_HEIGHT * SIZE_4
        top = base - SIZE_4 * ASCENT
        return set_row(-1, text, fit, Place(x, top, SIZE_4, SIZE_4))


__all__ = ["HEIGHT", "Page", "Settings", "lay_out"]
