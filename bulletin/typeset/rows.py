"""Pages as values: what stands where. PDF and OFD draw the same ones.

All lengths are points from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

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
class Page:
    """One page: the rows in reading order, the rules, and the page number apart."""

    number: int
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]
    folio: Row


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
    glyphs = text.glyphs[fit.start : fit.stop]
    edges = positions(text, fit)
    scale = place.cell / CELL
    origins = [
        place.x + edge * scale + _offset(glyph, fit, place)
        for glyph, edge in zip(glyphs, edges, strict=False)
    ]
    numbered = groupby(range(len(glyphs)), lambda i: (glyphs[i].face, _size(glyphs[i], place)))
    for (face, size), members in numbered:
        part = list(members)
        yield _run(face, size, glyphs, origins, part)


def _run(
    face: Face | None, size: float, glyphs: tuple[Glyph, ...], origins: list[float], part: list[int]
) -> Run:
    first, last = part[0], part[-1]
    steps = [origins[i + 1] - origins[i] for i in part[:-1]]
    tail = glyphs[last]
    steps.append(tail.advance * size / 1000 if tail.face else tail.width * size / CELL)
    return Run(
        face,
        size,
        origins[first],
        "".join([glyphs[i].char for i in part]),
        tuple([glyphs[i].number for i in part]),
        tuple(steps),
    )


def _size(glyph: Glyph, place: Place) -> float:
    """Latin is drawn at the size of the cell: a digit of half an em takes half a cell."""
    return place.cell if glyph.kind in (Kind.LATIN, Kind.SPACE) else place.size


def _offset(glyph: Glyph, fit: Fit, place: Place) -> float:
    """From the left edge of the cell to the origin of the glyph, centred in its cell."""
    if glyph.kind in (Kind.LATIN, Kind.SPACE, Kind.ZERO):
        return 0.0
    centred = (glyph.width * place.cell - glyph.advance * place.size) / 2000
    taken = glyph.room * fit.squeeze / 1000 if glyph.kind is Kind.OPENING else 0.0
    return centred - taken * place.cell / CELL
