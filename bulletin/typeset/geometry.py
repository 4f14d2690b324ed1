"""The page of GB/T 9704-2012 in points, measured from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..document import Layout

MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
LEFT: Final = 28 * MM
TOP: Final = 37 * MM
WIDTH: Final = 156 * MM
HEIGHT: Final = 225 * MM
RIGHT: Final = LEFT + WIDTH
BOTTOM: Final = TOP + HEIGHT

CELL: Final = WIDTH / 28
"""5.2.3: 28 characters fill the width; 15.79 pt, which word processors call 16."""
SIZE_3: Final = 16.0
SIZE_4: Final = 14.0
CELL_4: Final = CELL * SIZE_4 / SIZE_3
ASCENT: Final = 0.88
"""Where the baseline stands in the square of a hanzi, from its top."""

THICK: Final = 0.35 * MM
THIN: Final = 0.25 * MM

ROWS: Final = (10, 40)
CELLS: Final = (10, 60)
AUTOSPACE: Final = 500


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a page: the first flush with the top, the last with the bottom (5.2.3)."""

    rows: int
    cells: int

    @property
    def cell(self) -> float:
        return WIDTH / self.cells

    @property
    def size(self) -> float:
        return self.cell * SIZE_3 / CELL

    @property
    def pitch(self) -> float:
        """From one row to the next; 29.62 pt for 22 rows of 28 cells."""
        return (HEIGHT - self.cell) / (self.rows - 1)

    def top(self, row: int) -> float:
        return TOP + row * self.pitch


def grid(layout: Layout) -> Grid:
    """Raises ValueError for a page that no text could be set on."""
    if not ROWS[0] <= layout.rows <= ROWS[1]:
        raise ValueError(f"每页行数应在{ROWS[0]}至{ROWS[1]}之间，现为{layout.rows}。")
    if not CELLS[0] <= layout.cells <= CELLS[1]:
        raise ValueError(f"每行字数应在{CELLS[0]}至{CELLS[1]}之间，现为{layout.cells}。")
    if not 0 <= layout.autospace <= AUTOSPACE:
        raise ValueError(f"中西文间距应在0至{AUTOSPACE}‰之间，现为{layout.autospace}。")
    return Grid(layout.rows, layout.cells)


def baseline(top: float, cell: float, size: float) -> float:
    """The baseline of glyphs of `size` centred in a row of height `cell` at `top`."""
    return top + cell / 2 + size * (ASCENT - 0.5)
