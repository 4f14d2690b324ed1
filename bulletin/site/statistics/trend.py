"""The line chart of a series: this year over the year before, wide and for a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from stats.charts import NARROW, WIDE, Chart, Mark, Words, line_chart
from stats.figures import SCALE_WORDS, print_quantity
from stats.intervals import Number, quotient
from stats.specs import IndicatorSpec

from .. import dates
from .series import Point, Series, average
from .words import months_of


def charts(series: Series, current: Point) -> tuple[Chart, ...]:
    year = current.first // 12
    now, before = _marks(series, year), _marks(series, year - 1)
    now = [mark for mark in now if mark.first <= current.first % 12 + 1]
    return (
        line_chart(now, before, _words(series, current, dates.short), WIDE),
        line_chart(now, before, _words(series, current, str), NARROW),
    )


def _marks(series: Series, year: int) -> list[Mark]:
    found = []
    for point in series.of_year(year):
        number = series.number(point)
        if number is not None:
            level = average(number, point, series.spec)
            found.append(Mark(point.first % 12 + 1, point.last % 12 + 1, level))
    return found


def _words(series: Series, current: Point, month: Callable[[int], str]) -> Words:
    year, spec = current.first // 12, series.spec
    number = series.number(current)
    told = "" if number is None else print_quantity(number, _sign(spec), spec.scale, spec.decimals)
    return Words(
        now=_("%(year)s年") % {"year": year},
        before=_("%(year)s年") % {"year": year - 1},
        current=f"{months_of(current)} {told}",
        tick=lambda value: _tick(spec, value),
        month=month,
    )


def _sign(spec: IndicatorSpec) -> str:
    """% belongs to the number; 件 and 人次 stand in the heading."""
    return spec.unit if spec.is_rate else ""


def _tick(spec: IndicatorSpec, value: Number) -> str:
    """5万, 0.15万, 3000: with as many digits as it needs."""
    if not value:
        return "0"
    number = quotient(value, spec.scale)
    digits = f"{float(number):.6f}".rstrip("0").rstrip(".")
    return f"{digits}{SCALE_WORDS[spec.scale]}{_sign(spec)}"


def described(series: Series, current: Point) -> str:
    """The chart in a sentence, for who cannot see it: ends, highest and lowest."""
    points = [
        point
        for point in series.of_year(current.first // 12)
        if point.first <= current.first and series.number(point) is not None
    ]
    if not points:
        return _("没有可画的数。")
    words = {
        "label": series.spec.label,
        "year": current.first // 12,
        "first": months_of(points[0]),
        "last": months_of(points[-1]),
        "most": _told(series, max(points, key=lambda point: _level(series, point))),
        "least": _told(series, min(points, key=lambda point: _level(series, point))),
        "beside": _beside(series.of_year(current.first // 12 - 1)),
    }
    return (
        _(
            "%(label)s，%(year)s年%(first)s至%(last)s，最高%(most)s，最低%(least)s%(beside)s。"
            "各月的数在图下的表里。"
        )
        % words
    )


def _level(series: Series, point: Point) -> Number:
    number = series.number(point)
    return 0 if number is None else average(number, point, series.spec)


def _told(series: Series, point: Point) -> str:
    number = series.number(point)
    told = "" if number is None else series.spec.printed(number)
    return _("%(months)s%(told)s") % {"months": months_of(point), "told": told}


def _beside(points: Sequence[Point]) -> str:
    return _("，虚线为上一年") if points else ""
