"""A year of monthly values beside the year before, as places to draw at; pure geometry.

The zero line is always the base: a chart that begins elsewhere exaggerates. All lengths are
user units of the SVG, y downwards, already written out ("12.5"), so that a template only
copies them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from stats.intervals import Number, quotient

MONTHS: Final = 12
_MOST_STEPS: Final = 5
_STEPS: Final = (1, 2, 5, 10)
# About as wide as a hanzi beside a line; labels keep this far from the lines.
_ROOM: Final = 14.0


@dataclass(frozen=True, slots=True)
class Mark:
    """`value` stands over the months `first` to `last`, which differ in a combined issue."""

    first: int
    last: int
    value: Number


@dataclass(frozen=True, slots=True)
class Size:
    """The drawing and its margins, in user units."""

    width: int
    height: int
    left: int
    right: int
    top: int = 26
    bottom: int = 30


WIDE: Final = Size(908, 340, left=44, right=72)
NARROW: Final = Size(350, 240, left=40, right=46)


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place; `anchor` is the SVG's start, middle or end."""

    x: str
    y: str
    words: str
    anchor: str = "middle"
    current: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    y: str
    words: str
    words_y: str
    base: bool


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template draws, in this order."""

    size: Size
    start: str
    end: str
    ticks: tuple[Tick, ...]
    months: tuple[Text, ...]
    before: tuple[str, ...]
    now: tuple[str, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Text, ...]
    current: Text | None


@dataclass(frozen=True, slots=True)
class Words:
    """What is written at the lines: the years, and the newest value as it is printed."""

    now: str
    before: str
    current: str
    tick: Callable[[Number], str]
    month: Callable[[int], str]


_Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Axes:
    size: Size
    low: Number
    high: Number

    def x(self, month: int) -> float:
        size = self.size
        return size.left + (month - 1) / (MONTHS - 1) * (size.width - size.left - size.right)

    def y(self, value: Number) -> float:
        size = self.size
        share = float(quotient(value - self.low, self.high - self.low))
        return size.height - size.bottom - share * (size.height - size.top - size.bottom)


def steps(low: Number, high: Number) -> list[Number]:
    """Round numbers from at or below `low` to at or above `high`, zero among them."""
    low, high = min(low, 0), max(high, 0)
    if low == high:
        return [0, 1]
    rough = Fraction(high - low) / _MOST_STEPS
    power = Fraction(10) ** math.floor(math.log10(rough))
    step = next(power * times for times in _STEPS if power * times >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [quotient(number * step, 1) for number in range(first, last + 1)]


def line_chart(now: Sequence[Mark], before: Sequence[Mark], words: Words, size: Size) -> Chart:
    """This year over last year; both in the order of their months."""
    values = [mark.value for mark in (*now, *before)]
    scale = steps(min(values, default=0), max(values, default=0))
    axes = _Axes(size, scale[0], scale[-1])
    current = _places(now[-1], axes)[-1] if now else None
    return Chart(
        size=size,
        start=_written(size.left),
        end=_written(size.width - size.right),
        ticks=tuple(_tick(axes, number, words) for number in scale),
        months=tuple(_month(axes, month, now, words) for month in range(1, MONTHS + 1)),
        before=_lines(before, axes),
        now=_lines(now, axes),
        dots=tuple(_dots(now, axes)),
        labels=tuple(_labels(now, before, axes, words)),
        current=_current(current, axes, words) if current else None,
    )


def _tick(axes: _Axes, number: Number, words: Words) -> Tick:
    y = axes.y(number)
    return Tick(_written(y), words.tick(number), _written(y + 5), number == 0)


def _month(axes: _Axes, month: int, now: Sequence[Mark], words: Words) -> Text:
    current = bool(now) and month == now[-1].last
    y = axes.size.height - 8
    return Text(_written(axes.x(month)), _written(y), words.month(month), current=current)


def _places(mark: Mark, axes: _Axes) -> list[_Place]:
    y = axes.y(mark.value)
    return [(axes.x(month), y) for month in dict.fromkeys((mark.first, mark.last))]


def _lines(marks: Sequence[Mark], axes: _Axes) -> tuple[str, ...]:
    """One polyline for each run of months without a gap."""
    runs: list[list[Mark]] = []
    for mark in marks:
        if runs and runs[-1][-1].last + 1 == mark.first:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    found = [[place for mark in run for place in _places(mark, axes)] for run in runs]
    return tuple(
        " ".join(f"{_written(x)},{_written(y)}" for x, y in places)
        for places in found
        if len(places) > 1
    )


def _dots(marks: Sequence[Mark], axes: _Axes) -> list[Dot]:
    places = [place for mark in marks for place in _places(mark, axes)]
    newest = len(places) - 1
    return [Dot(_written(x), _written(y), at == newest) for at, (x, y) in enumerate(places)]


def _current(place: _Place, axes: _Axes, words: Words) -> Text:
    """Above the point; towards the middle near either edge."""
    x, y = place
    side = axes.size.width - axes.size.right
    width = len(words.current) * _ROOM
    if x + width > side + axes.size.right:
        return Text(_written(side), _written(y - 12), words.current, "end", True)
    if x - width / 2 < axes.size.left:
        return Text(_written(x + 4), _written(y - 12), words.current, "start", True)
    return Text(_written(x), _written(y - 12), words.current, "middle", True)


def _labels(now: Sequence[Mark], before: Sequence[Mark], axes: _Axes, words: Words) -> list[Text]:
    found = []
    if before:
        x, y = _places(before[-1], axes)[-1]
        found.append(Text(_written(x + 8), _written(y + 5), words.before, "start"))
    if len(now) > 1:
        found.append(_clear_of_the_lines(now, before, axes, words.now))
    return found


def _clear_of_the_lines(
    now: Sequence[Mark], before: Sequence[Mark], axes: _Axes, words: str
) -> Text:
    """Below or above one of this year's points, the one furthest from everything drawn."""
    lines = [[p for mark in marks for p in _places(mark, axes)] for marks in (now, before)]
    drawn = [spot for line in lines for spot in _along(line)]
    half = len(words) * _ROOM / 2
    left, right = axes.size.left + half / 2, axes.size.width - axes.size.right - half
    own = [p for mark in now[:-1] for p in _places(mark, axes)]
    spots = [
        (min(max(x, left), right), y + up) for x, y in own for up in (-16.0, 26.0)
        if axes.size.top < y + up < axes.size.height - axes.size.bottom
    ]  # fmt: skip
    x, y = max(spots or own, key=lambda spot: _clearance(spot, drawn, half))
    return Text(_written(x), _written(y), words)


def _along(line: Sequence[_Place]) -> list[_Place]:
    """The line's points and eight between each two."""
    between = [
        (x + (x2 - x) * part / 9, y + (y2 - y) * part / 9)
        for (x, y), (x2, y2) in pairwise(line)
        for part in range(9)
    ]
    return [*between, *line[-1:]]


def _clearance(spot: _Place, drawn: Sequence[_Place], half: float) -> float:
    x, y = spot
    return min(math.hypot(max(0.0, abs(px - x) - half), py - (y - 5)) for px, py in drawn)


def _written(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
