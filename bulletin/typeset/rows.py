"""Pages as values: what stands where. PDF and OFD draw the same ones.

All lengths are points from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .breaking import Fit, positions
from .characters import Kind
from .fonts import Face
from .geometry import baseline
from .measuring import CELL, Glyph, Measured


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face on one baseline, `advances[i]` from origin i to the next.

    A run whose face is None holds characters that no font has; they are drawn as
    boxes, so that nothing is lost in silence.
    """

    face: Face | None
    size: float
    x: float
    text: str
    glyphs: tuple[int, ...]
    advances: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line; `line` is its place in `document.lines()`, -1 for page numbers."""

    line: int
    top: float
    baseline: float
    runs: tuple[Run, ...]
    red: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def size(self) -> float:
        return max((run.size for run in self.runs), default=0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line; `y` is its middle."""

    x: float
    y: float
    width: float
    thickness: float
    red: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """A row set around the origin, drawn about (x, y), turned anticlockwise by `angle` degrees.

    Grey behind the text, or red above it with a `frame` so wide and so high.
    """

    row: Row
    x: float
    y: float
    angle: float
    scale: float = 1.0
    red: bool = False
    frame: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the rows in reading order, the rules, and apart what is no text of the issue."""

    number: int
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]
    folio: Row
    notes: tuple[Row, ...] = ()
    signs: tuple[Sign, ...] = ()

    @property
    def outside(self) -> tuple[Row, ...]:
        """The page number and the notes."""
        return (self.folio, *self.notes)

    def all_rows(self) -> Iterator[Row]:
        yield from self.rows
        yield from self.outside
        yield from (sign.row for sign in self.signs)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is set: its left edge and top, the cell and the glyph size."""

    x: float
    top: float
    cell: float
    size: float


def set_row(line: int, text: Measured, fit: Fit, place: Place, *, red: bool = False) -> Row:
    """One line of a broken paragraph, drawn from `place`."""
    base = baseline(place.top, place.cell, place.size)
    return Row(line, place.top, base, tuple(_runs(text, fit, place)), red)


def width(text: Measured, fit: Fit) -> float:
    """The width of a line in cells."""
    return positions(text, fit)[-1] / CELL


def _runs(text: Measured, fit: Fit, place: Place) -> Iterator[Run]:
    """Runs of one face and size; Latin is drawn at the size of the cell.

    So a digit of half an em takes exactly half a cell, while hanzi keep their own size.
    """
    glyphs = text.glyphs[fit.start : fit.stop]
    scale = place.cell / CELL
    taken = fit.squeeze / 1000 * scale
    origins = [
        place.x + edge * scale + (0.0 if glyph.proportional else _offset(glyph, place, taken))
        for glyph, edge in zip(glyphs, positions(text, fit), strict=False)
    ]
    start = 0
    for stop in range(1, len(glyphs) + 1):
        first = glyphs[start]
        if stop < len(glyphs) and _alike(first, glyphs[stop]):
            continue
        size = place.cell if first.proportional else place.size
        yield _run(size, glyphs[start:stop], origins[start:stop])
        start = stop


def _alike(one: Glyph, other: Glyph) -> bool:
    return one.face is other.face and one.proportional is other.proportional


def _run(size: float, glyphs: tuple[Glyph, ...], origins: list[float]) -> Run:
    tail = glyphs[-1]
    steps = [after - here for here, after in zip(origins, origins[1:], strict=False)]
    steps.append(tail.advance * size / 1000 if tail.face else tail.width * size / CELL)
    return Run(
        tail.face,
        size,
        origins[0],
        "".join([glyph.char for glyph in glyphs]),
        tuple([glyph.number for glyph in glyphs]),
        tuple(steps),
    )


def _offset(glyph: Glyph, place: Place, taken: float) -> float:
    """From the left edge of the cell to the origin of the glyph, centred in its cell.

    `taken` is the squeezed part of an opening mark's room, in points a thousandth of a cell.
    """
    centred = (glyph.width * place.cell - glyph.advance * place.size) / 2000
    return centred - glyph.room * taken if glyph.kind is Kind.OPENING else centred
