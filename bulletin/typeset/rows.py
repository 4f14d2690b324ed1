"""Pages as values: what stands where. PDF and OFD draw the same ones.

All lengths are points from the top left corner of the page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import sub
from typing import NamedTuple

from .breaking import Fit, positions
from .characters import Kind
from .fonts import Face
from .geometry import baseline
from .measuring import CELL, Measured


class Run(NamedTuple):
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


class Row(NamedTuple):
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
    if fit.stop == fit.start:
        return
    inner = text.cuts[bisect_right(text.cuts, fit.start) : bisect_left(text.cuts, fit.stop)]
    for start, stop in pairwise((fit.start, *inner, fit.stop)):
        yield _run(text, fit, place, start, stop)


def _run(text: Measured, fit: Fit, place: Place, start: int, stop: int) -> Run:
    """The run from `start` to `stop`, quickly where its steps are equal or its own."""
    first, tail = text.glyphs[start], text.glyphs[stop - 1]
    size = place.cell if first.proportional else place.size
    last = tail.advance * size / 1000 if tail.face else tail.width * size / CELL
    x = _origin(text, fit, place, start)
    steps = _steps(text, fit, place, start, stop) if stop - start > 1 else ()
    numbers = text.numbers[start:stop]
    return Run(tail.face, size, x, text.text[start:stop], numbers, (*steps, last))


def _steps(text: Measured, fit: Fit, place: Place, start: int, stop: int) -> Sequence[float]:
    """From each glyph of a run to the next, in points."""
    first, inner = text.glyphs[start], stop - start - 1
    stretched = text.stretched[stop] - text.stretched[start + 1]
    if fit.squeeze and text.rooms[stop] != text.rooms[start]:
        pass
    elif text.rough[stop] == text.rough[start + 1] and stretched in (0, inner):
        step = first.width + (fit.spread if stretched else 0.0)
        return (step * place.cell / CELL,) * inner
    elif first.proportional and not stretched:
        pens = map(sub, text.ends[start:stop], text.widths[start:stop])
        return [(after - here) * place.cell / CELL for here, after in pairwise(pens)]
    origins = [_origin(text, fit, place, at) for at in range(start, stop)]
    return [after - here for here, after in pairwise(origins)]


def _origin(text: Measured, fit: Fit, place: Place, at: int) -> float:
    """Where a glyph stands; one of a cell in the middle of it.

    The same sum as in `edge`, written out, as it is asked for every run. The squeezed part
    of an opening mark lies on its left, so that its own room counts too.
    """
    glyph, start = text.glyphs[at], fit.start
    pen = float(text.ends[at] - glyph.width - text.ends[start] + text.widths[start])
    if fit.spread:
        pen += (text.stretched[at + 1] - text.stretched[start + 1]) * fit.spread
    if fit.squeeze:
        before = at + (glyph.kind is Kind.OPENING)
        pen -= (text.rooms[before] - text.rooms[start]) * fit.squeeze / 1000
    x = place.x + pen * place.cell / CELL
    if glyph.proportional:
        return x
    return x + (glyph.width * place.cell - glyph.advance * place.size) / 2000
