"""The tables of a statistics page: the months behind the chart, and every indicator of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from stats.figures import STILL
from stats.intervals import Number

from .. import dates
from ..frame import Link
from .series import Point, Series
from .words import bare, marks, months_of, scale_unit

_POINTS: Final = gettext_noop("个百分点")


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of this year beside the same of the year before, in the unit of print."""

    months: str
    now: str
    before: str
    changed: str
    notes: str
    issue: Link | None


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` stand under the headings of the page; the first is the month's own."""

    indicator: Link
    unit: str
    cells: tuple[str, ...]


def months_table(
    series: Series, years: Sequence[int], urls: dict[int, str]
) -> tuple[MonthRow, ...]:
    """Every issue of the year; then what only the year before has."""
    own = series.of_year(years[0])
    taken = {month for point in own for month in range(point.first, point.last + 1)}
    rows = [_own(series, point, urls) for point in own]
    for point in series.of_year(years[0] - 1):
        if not taken & {month + 12 for month in range(point.first, point.last + 1)}:
            before = bare(series.spec, series.number(point))
            rows.append(MonthRow(months_of(point), "—", before, "—", "", None))
    return tuple(rows)


def _own(series: Series, point: Point, urls: dict[int, str]) -> MonthRow:
    now, before = series.number(point), series.year_before(point)
    return MonthRow(
        months=months_of(point),
        now=bare(series.spec, now),
        before=bare(series.spec, before),
        changed=_signed(series, now, before),
        notes=marks(point),
        issue=Link(dates.number(point.document), urls[point.volume.pk]),
    )


def _signed(series: Series, now: Number | None, before: Number | None) -> str:
    if now is None or before is None:
        return "—"
    told = series.spec.signed(now, before)
    return _(told) if told in STILL else told.replace(_POINTS, _(_POINTS))


def overview(every: Sequence[Series], current: Point, urls: dict[str, str]) -> tuple[Row, ...]:
    """Every indicator that the issue of `current` prints."""
    found = []
    for series in every:
        same = (point for point in series.points if point.first == current.first)
        point = next(same, None)
        if point is not None:
            link = Link(series.spec.label, urls[series.key])
            found.append(Row(link, scale_unit(series.spec), _cells(series, point)))
    return tuple(found)


def _cells(series: Series, point: Point) -> tuple[str, ...]:
    now = series.number(point)
    before, year_before = series.before(point), series.year_before(point)
    return (
        bare(series.spec, now) + (_("（订正）") if point.restated else ""),
        bare(series.spec, before),
        _signed(series, now, before),
        bare(series.spec, year_before),
        _signed(series, now, year_before),
        bare(series.spec, series.since_january(point)),
    )
