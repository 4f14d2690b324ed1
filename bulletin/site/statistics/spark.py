"""The last year of the first indicator as a small line, for the margin of the front page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from stats.intervals import Number

from .. import dates
from ..looks import Look
from ..shelf import Volume
from .series import Point, Series, average, series_of

MOST: Final = 13
LEAST: Final = 3
_WIDTH: Final = 200
_HEIGHT: Final = 44
_EDGE: Final = 5


@dataclass(frozen=True, slots=True)
class Spark:
    """`line` are the points of an SVG polyline; `x` and `y` are the last of them."""

    label: str
    line: str
    x: str
    y: str
    first: str
    last: str
    url: str


def spark(volumes: Sequence[Volume], look: Look) -> Spark | None:
    """None where there are too few months for a line."""
    series = next(iter(series_of(volumes)), None)
    known = _known(series) if series else []
    if series is None or len(known) < LEAST:
        return None
    places = _places([(point.last, level) for point, level in known])
    address = reverse("site:indicator", args=[volumes[0].slug, series.key])
    return Spark(
        label=series.spec.label,
        line=" ".join(f"{x},{y}" for x, y in places),
        x=places[-1][0],
        y=places[-1][1],
        first=_told(known[0][0], known[-1][0]),
        last=_told(known[-1][0], known[-1][0]),
        url=look.link(address),
    )


def _known(series: Series) -> list[tuple[Point, Number]]:
    """A combined issue by its monthly average."""
    found = []
    for point in series.points[-MOST:]:
        number = series.number(point)
        if number is not None:
            found.append((point, average(number, point, series.spec)))
    return found


def _places(known: Sequence[tuple[int, Number]]) -> list[tuple[str, str]]:
    """From the least to the most; a level line where they are one."""
    first, last = known[0][0], known[-1][0]
    least, most = min(level for _at, level in known), max(level for _at, level in known)
    return [
        (
            f"{_EDGE + (at - first) / (last - first) * (_WIDTH - 2 * _EDGE):.1f}",
            f"{_HEIGHT - _EDGE - _share(level - least, most - least) * (_HEIGHT - 2 * _EDGE):.1f}",
        )
        for at, level in known
    ]


def _share(part: Number, whole: Number) -> float:
    return float(part / whole) if whole else 0.5


def _told(point: Point, current: Point) -> str:
    """上年9月 4.9万件, 9月 5.1万件."""
    months = dates.short(point.first % 12 + 1, point.last % 12 + 1)
    if point.first // 12 != current.first // 12:
        months = _("上年%(months)s") % {"months": months}
    return f"{months} {point.figure.printed}"
