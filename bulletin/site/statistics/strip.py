"""The strip of months: the number in every cell, a tint beside it, a dash where nothing is out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from stats.intervals import Number, quotient

from .. import dates
from .series import Point, Series, average, is_exact
from .words import bare

CLASSES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """`shade` 1 to 5, 0 for nothing published; `span` months wide."""

    months: str
    number: str
    shade: int = 0
    span: int = 1
    current: bool = False
    mark: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class StripYear:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    years: tuple[StripYear, ...]
    legend: tuple[tuple[int, str], ...]
    dashed: bool


def strip(series: Series, years: Sequence[int], current: Point, urls: dict[int, str]) -> Strip:
    """`urls` leads from an edition's key to its issue."""
    shown = [point for year in years for point in series.of_year(year)]
    decimals = _decimals(series, shown)
    limits = _limits([_level(series, point) for point in shown], series.spec.scale, decimals)
    rows = tuple(
        StripYear(
            _("%(year)s年") % {"year": year},
            tuple(_cells(series, year, current, limits, decimals, urls)),
        )
        for year in years
    )
    empty = any(not cell.shade for row in rows for cell in row.cells)
    return Strip(rows, _legend(series, limits, decimals), empty)


def _decimals(series: Series, points: Sequence[Point]) -> int:
    """One finer than print where whole counts are known: months of 4.6万 differ."""
    spec = series.spec
    return max(spec.decimals, 2) if spec.scale > 1 and is_exact(points) else spec.decimals


def _level(series: Series, point: Point) -> Number | None:
    number = series.number(point)
    return None if number is None else average(number, point, series.spec)


def _limits(levels: Sequence[Number | None], scale: int, decimals: int) -> list[Number]:
    """Where the next tint begins: quantiles, rounded to what the cells show."""
    known = sorted(level for level in levels if level is not None)
    if not known:
        return []
    step = Fraction(scale, 10**decimals)
    picked = [known[len(known) * part // CLASSES] for part in range(1, CLASSES)]
    rounded = dict.fromkeys(quotient(math.floor(Fraction(p) / step) * step, 1) for p in picked)
    return [limit for limit in rounded if limit > known[0]]


def _cells(
    series: Series,
    year: int,
    current: Point,
    limits: Sequence[Number],
    decimals: int,
    urls: dict[int, str],
) -> Iterator[Cell]:
    at = {month: point for point in series.of_year(year) for month in _months(point)}
    month = 1
    while month <= 12:
        point = at.get(month)
        if point is None:
            yield Cell(dates.short(month), "—")
            month += 1
            continue
        level = _level(series, point)
        yield Cell(
            months=dates.short(point.first % 12 + 1, point.last % 12 + 1),
            number=bare(series.spec, series.number(point), decimals),
            shade=0 if level is None else 1 + sum(level >= limit for limit in limits),
            span=point.length,
            current=point is current,
            mark=_mark(point),
            url=urls[point.volume.pk],
        )
        month += point.length


def _months(point: Point) -> range:
    return range(point.first % 12 + 1, point.last % 12 + 2)


def _mark(point: Point) -> str:
    if point.restated:
        return _("订正")
    return _("有更正") if point.corrected else ""


def _legend(series: Series, limits: Sequence[Number], decimals: int) -> tuple[tuple[int, str], ...]:
    if not limits:
        return ()
    told = [bare(series.spec, limit, decimals) for limit in limits]
    first = (1, _("%(limit)s以下") % {"limit": told[0]})
    return (first, *((at, _("%(limit)s起") % {"limit": words}) for at, words in enumerate(told, 2)))
