"""Lines: where a paragraph breaks, and how a line is filled.

A line takes what fits. When the next character may not begin a line, the line first
lets a mark hang (if set so), then squeezes its own marks to pull the character in,
and last pushes characters out and spreads the slack. No mark gives more than half a
cell, no gap grows past a quarter cell, and then the right edge stays ragged.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

from .characters import Kind
from .measuring import CELL, FREE, INSIDE_LONG_WORD, NEVER, WITH_UNIT, Measured, hangs

WIDEST_GAP: Final = CELL // 4
_PULL: Final = 6
"""How many characters past the edge a squeeze may try to pull in."""


class Fit(NamedTuple):
    """Characters `start` to `stop` on one line.

    `spread` is added to each stretchable gap, `squeeze` thousandths of every mark's
    room are taken (0 to 1000); `forced` marks a break with no legal place left.
    """

    start: int
    stop: int
    spread: float = 0.0
    squeeze: float = 0.0
    forced: bool = False


class Breaker:
    """Breaks one measured paragraph; `first` and `rest` are line widths in thousandths."""

    def __init__(self, text: Measured, first: int, rest: int, *, hang: bool = False) -> None:
        self.text = text
        self.first = first
        self.rest = rest
        self.hang = hang
        self.size = len(text.widths)
        self.ends = text.ends
        self.rooms = text.rooms
        self.stretches = text.stretched

    def fits(self) -> list[Fit]:
        """The lines in order; together they hold every character exactly once."""
        if not self.size:
            return [Fit(0, 0)]
        found: list[Fit] = []
        start, limit = 0, self.first
        while start < self.size:
            found.append(self._line(start, limit))
            start, limit = found[-1].stop, self.rest
        return found

    def natural(self, start: int, stop: int) -> int:
        """Width of a line before any squeeze or spread; a space at its end counts nothing."""
        while stop > start and self.text.glyphs[stop - 1].kind is Kind.SPACE:
            stop -= 1
        if stop <= start:
            return 0
        return self.ends[stop - 1] - self.ends[start] + self.text.widths[start]

    def _line(self, start: int, limit: int) -> Fit:
        base = self.ends[start] - self.text.widths[start]
        edge = max(bisect_right(self.ends, base + limit), start + 1)
        edge = self._past_spaces(edge)
        if edge >= self.size:
            return Fit(start, self.size)
        bond = self.text.bonds[edge]
        if bond != FREE:
            pulled = self._hung(start, edge, limit) or self._squeezed(start, edge, limit)
            if pulled:
                return pulled
        return self._pushed(start, edge, limit)

    def _past_spaces(self, edge: int) -> int:
        while edge < self.size and self.text.glyphs[edge].kind in (Kind.SPACE, Kind.ZERO):
            edge += 1
        return edge

    def _hung(self, start: int, edge: int, limit: int) -> Fit | None:
        """The mark after the edge set outside it, the line itself filled to the edge."""
        after = edge + 1
        if not self.hang or not hangs(self.text.glyphs[edge]):
            return None
        if after < self.size and self.text.bonds[after] != FREE:
            return None
        return Fit(start, after, self._spread(start, edge, limit) if after < self.size else 0.0)

    def _squeezed(self, start: int, edge: int, limit: int) -> Fit | None:
        for stop in range(edge + 1, min(edge + _PULL, self.size) + 1):
            over = self.natural(start, stop) - limit
            room = self.rooms[stop] - self.rooms[start]
            if over > room:
                return None
            if stop == self.size or self.text.bonds[stop] == FREE:
                return Fit(start, stop, squeeze=over * 1000 / room if over > 0 else 0.0)
        return None

    def _pushed(self, start: int, edge: int, limit: int) -> Fit:
        """The last place that breaks at the loosest bond without tearing the line open."""
        ragged: Fit | None = None
        for level in (FREE, WITH_UNIT, *range(WITH_UNIT + 1, INSIDE_LONG_WORD + 1)):
            stop = self._last_break(start, edge, level)
            if stop <= start:
                continue
            spread = self._spread(start, stop, limit)
            if spread <= WIDEST_GAP:
                return Fit(start, stop, spread)
            ragged = Fit(start, stop, float(WIDEST_GAP))
        return ragged or Fit(start, edge, self._spread(start, edge, limit), forced=True)

    def _last_break(self, start: int, edge: int, level: int) -> int:
        bonds = self.text.bonds
        while edge > start and bonds[edge] > level:
            edge -= 1
        return edge

    def _spread(self, start: int, stop: int, limit: int) -> float:
        """What each gap of the line must grow by to reach the right edge."""
        slack = limit - self.natural(start, stop)
        gaps = self.stretches[stop] - self.stretches[start + 1]
        return slack / gaps if gaps and slack > 0 else 0.0


def break_lines(text: Measured, first: int, rest: int, *, hang: bool = False) -> list[Fit]:
    """Breaks a paragraph into lines of `first`, then `rest` thousandths of a cell."""
    return Breaker(text, first, rest, hang=hang).fits()


def edge(text: Measured, fit: Fit, place: int) -> float:
    """Left edge of the cell of one character of a line, from the left of the line."""
    start = fit.start
    if place == start:
        return 0.0
    natural = text.ends[place] - text.widths[place] - text.ends[start] + text.widths[start]
    grown = text.stretched[place + 1] - text.stretched[start + 1]
    return (
        natural
        + grown * fit.spread
        - (text.rooms[place] - text.rooms[start]) * (fit.squeeze / 1000)
    )


def positions(text: Measured, fit: Fit) -> list[float]:
    """Left edge of each cell of a line, and the right edge of the last, from its left."""
    if fit.stop == fit.start:
        return [0.0]
    edges = [edge(text, fit, place) for place in range(fit.start, fit.stop)]
    last = text.glyphs[fit.stop - 1]
    return [*edges, edges[-1] + last.width - last.room * fit.squeeze / 1000]


__all__ = ["NEVER", "WIDEST_GAP", "Breaker", "Fit", "break_lines", "edge", "positions"]
