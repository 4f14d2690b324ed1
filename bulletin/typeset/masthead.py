"""The head of the first page: name, number, issuer and date, red rule.

Heights follow the printed bulletin on the grid of 22 rows: the name around the
fourth row, the number on the seventh, issuer and date on the ninth, the rule 4 mm
below them (GB/T 9704 7.2.7), text from the eleventh. Long names move all down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..document import Line
from .breaking import Fit, break_lines
from .fonts import Fonts, Role
from .geometry import CELL, CELL_4, LEFT, MM, RIGHT, SIZE_3, SIZE_4, TOP, WIDTH
from .measuring import CELL as UNIT
from .measuring import Measured, Settings, ruler
from .rows import Place, Row, Rule, set_row, width

_ROW: Final = CELL * 15 / 8
NAME_TOP: Final = TOP + 69.0
NAME_CELLS: Final = (28.0, 64.0)
"""Smallest and largest cell of the name, which shrinks to stay on one line."""
NAME_FILL: Final = 0.97
NAME_LEADING: Final = 1.25
NUMBER_TOP: Final = TOP + 6 * _ROW
ISSUER_TOP: Final = TOP + 8 * _ROW
RULE_BELOW: Final = 4 * MM
RULE_THICKNESS: Final = 1.4
TEXT_BELOW: Final = 26.0
"""From the rule to the highest row that text may start on."""
_TIGHT: Final = Settings(autospace=0)


@dataclass(frozen=True, slots=True)
class Masthead:
    rows: tuple[Row, ...]
    rule: Rule
    bottom: float


def set_masthead(lines: tuple[Line, ...], fonts: Fonts) -> Masthead:
    """Sets the lines of the roles title, number, issuer and date, which stand first."""
    rows: list[Row] = []
    shift = 0.0
    for place, line in enumerate(lines):
        if line.role == "title":
            rows += _name(place, line, fonts)
            shift = max(0.0, _end(rows, NAME_TOP) - NUMBER_TOP + CELL)
        elif line.role == "number":
            rows += _centred(place, line, fonts, NUMBER_TOP + shift)
    shift = max(shift, _end(rows, NUMBER_TOP) + CELL * 3 / 2 - ISSUER_TOP)
    rows += _issuer(lines, fonts, ISSUER_TOP + shift)
    rule = Rule(LEFT, rows[-1].top + CELL + RULE_BELOW, WIDTH, RULE_THICKNESS, red=True)
    return Masthead(tuple(rows), rule, rule.y + TEXT_BELOW)


def _end(rows: list[Row], default: float) -> float:
    return rows[-1].top + (rows[-1].size or CELL) if rows else default


def _measure(fonts: Fonts, role: Role, text: str) -> Measured:
    return ruler(fonts, role, _TIGHT).measure(text)


def _name(place: int, line: Line, fonts: Fonts) -> Iterator[Row]:
    text = _measure(fonts, "title", line.text)
    whole = width(text, Fit(0, len(line.text))) or 1.0
    cell = min(NAME_CELLS[1], max(NAME_CELLS[0], WIDTH / whole))
    limit = int(WIDTH / cell * UNIT)
    for count, fit in enumerate(break_lines(text, limit, limit)):
        top = NAME_TOP + count * cell * NAME_LEADING
        yield _middle(place, text, fit, top, cell, cell * NAME_FILL)


def _centred(place: int, line: Line, fonts: Fonts, top: float) -> Iterator[Row]:
    text = _measure(fonts, "body", line.text)
    limit = int(WIDTH / CELL * UNIT)
    for count, fit in enumerate(break_lines(text, limit, limit)):
        yield _middle(place, text, fit, top + count * _ROW, CELL, SIZE_3)


def _middle(place: int, text: Measured, fit: Fit, top: float, cell: float, size: float) -> Row:
    x = LEFT + (WIDTH - width(text, fit) * cell) / 2
    return set_row(place, text, fit, Place(x, top, cell, size), red=size > SIZE_3)


def _issuer(lines: tuple[Line, ...], fonts: Fonts, top: float) -> list[Row]:
    """Issuer left and date right on one line, one character in; size 4 if 3 is too wide."""
    parts = [
        (place, _measure(fonts, "body", line.text))
        for place, line in enumerate(lines)
        if line.role in ("issuer", "date")
    ]
    cells = sum(width(text, Fit(0, len(text.glyphs))) for _, text in parts) + len(parts) - 1
    for cell, size in ((CELL, SIZE_3), (CELL_4, SIZE_4)):
        if cells * cell <= WIDTH - 2 * CELL:
            return _side_by_side(parts, top + (CELL - cell) / 2, cell, size)
    return _stacked(parts, top)


def _side_by_side(
    parts: list[tuple[int, Measured]], top: float, cell: float, size: float
) -> list[Row]:
    rows = []
    for order, (place, text) in enumerate(parts):
        fit = Fit(0, len(text.glyphs))
        x = RIGHT - CELL - width(text, fit) * cell if order else LEFT + CELL
        rows.append(set_row(place, text, fit, Place(x, top, cell, size)))
    return rows


def _stacked(parts: list[tuple[int, Measured]], top: float) -> list[Row]:
    rows: list[Row] = []
    limit = int((WIDTH - 2 * CELL) / CELL_4 * UNIT)
    for order, (place, text) in enumerate(parts):
        for fit in break_lines(text, limit, limit):
            x = RIGHT - CELL - width(text, fit) * CELL_4 if order else LEFT + CELL
            where = Place(x, top + len(rows) * CELL * 1.5, CELL_4, SIZE_4)
            rows.append(set_row(place, text, fit, where))
    return rows
