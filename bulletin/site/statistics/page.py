"""Statistics: figure, sentence, line chart, strip, table, of published editions alone (law 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from stats.charts import Chart

from .. import dates
from ..frame import Link, frame
from ..front import issue_url, nothing_yet
from ..looks import Look
from ..pages import Absent, Asked, Sheet, by_template
from ..shelf import Volume, house_of, recent
from .series import Point, Series, series_of
from .strip import Strip, strip
from .tables import MonthRow, Row, months_table, overview
from .trend import charts, described
from .words import (
    Figure,
    cut,
    earlier_months,
    months_of,
    note,
    published_in,
    scale_unit,
    sentence,
)


@dataclass(frozen=True, slots=True)
class Statistics:
    """`charts` are the same lines wide and narrow; one of them is shown."""

    label: str
    period: str
    source: Link
    indicators: tuple[Link, ...]
    figure: Figure
    sentence: str
    note: str
    charts: tuple[Chart, ...]
    described: str
    averaged: bool
    months: tuple[MonthRow, ...]
    years: tuple[int, ...]
    strip: Strip
    unit: str
    headings: tuple[str, ...]
    overview: tuple[Row, ...]
    archive: tuple[Link, ...]
    downloads: tuple[Link, ...]


def statistics(asked: Asked, slug: str, key: str = "", year: int | None = None) -> Sheet:
    """The newest two years of one indicator, or a year and the one before it."""
    volumes = recent(slug, years=2, year=year, around=1)
    every = series_of(volumes, until=year)
    if not every:
        return _nothing_yet(asked, slug, key)
    series = _asked(every, key, year)
    published = max(volume.published_at for volume in volumes)

    def words() -> dict[str, Any]:
        named = {"label": series.spec.label, "title": volumes[0].publisher.name}
        title = _("%(label)s %(title)s统计") % named
        point = _current(series, year)
        told = sentence(series, point)
        house = point.volume.house
        around = frame(asked, house, title=title, room="statistics", description=told)
        return {"frame": around, "page": _page(every, series, volumes, point, asked.look, year)}

    return Sheet(volumes, by_template(asked, "site/statistics.html", words), published)


def _nothing_yet(asked: Asked, slug: str, key: str) -> Sheet:
    house = house_of(slug)
    if house is None or key:
        raise Absent
    return nothing_yet(asked, house, room="statistics")


def _asked(every: Sequence[Series], key: str, year: int | None) -> Series:
    """The indicator of the address, or the first one."""
    found = next((series for series in every if series.key == key or not key), None)
    if found is None or (year and not found.of_year(year)):
        raise Absent
    return found


def _current(series: Series, year: int | None) -> Point:
    return (series.of_year(year) if year else series.points)[-1]


def _page(
    every: Sequence[Series],
    asked: Series,
    volumes: Sequence[Volume],
    point: Point,
    look: Look,
    year: int | None,
) -> Statistics:
    slug, this = volumes[0].slug, point.first // 12
    years = (this, this - 1) if asked.of_year(this - 1) else (this,)
    urls = {volume.pk: look.link(issue_url(volume)) for volume in volumes if volume.content}
    return Statistics(
        label=asked.spec.label,
        period=dates.period(point.document.period),
        source=Link(published_in(point), urls[point.volume.pk]),
        indicators=_indicators(every, asked, slug, look),
        figure=cut(point.figure.printed),
        sentence=sentence(asked, point),
        note=note(asked, point),
        charts=charts(asked, point),
        described=described(asked, point),
        averaged=any(p.length > 1 for at in years for p in asked.of_year(at)),
        months=months_table(asked, years, urls),
        years=years,
        strip=strip(asked, years, point, urls),
        unit=scale_unit(asked.spec),
        headings=_headings(point),
        overview=overview(every, point, _addresses(every, slug, look)),
        archive=_archive(asked, volumes, this, look),
        downloads=_downloads(slug, year),
    )


def _headings(point: Point) -> tuple[str, ...]:
    """9月 · 8月 · 环比 · 上年同月 · 同比 · 1—9月."""
    year_before = _("上年同月") if point.length == 1 else _("上年同期")
    so_far = dates.short(1, point.last % 12 + 1)
    return (
        months_of(point), earlier_months(point), _("环比"), year_before, _("同比"), so_far
    )  # fmt: skip


def _addresses(every: Sequence[Series], slug: str, look: Look) -> dict[str, str]:
    return {
        series.key: look.link(reverse("site:indicator", args=[slug, series.key]))
        for series in every
    }


def _indicators(every: Sequence[Series], asked: Series, slug: str, look: Look) -> tuple[Link, ...]:
    urls = _addresses(every, slug, look)
    return tuple(
        Link(series.spec.label, urls[series.key], series.key == asked.key) for series in every
    )


def _archive(asked: Series, volumes: Sequence[Volume], this: int, look: Look) -> tuple[Link, ...]:
    """The years on either side that have something of the indicator."""
    slug = volumes[0].slug
    read = (volume for volume in volumes if volume.content and abs(volume.year - this) <= 1)
    years = {v.year for v in read if any(f.key == asked.key for f in v.text.figures)}
    return tuple(
        Link(
            _("%(year)s年") % {"year": year},
            look.link(reverse("site:indicator_year", args=[slug, asked.key, year])),
            year == this,
        )
        for year in sorted(years | {this})
    )


def _downloads(slug: str, year: int | None) -> tuple[Link, ...]:
    """Of the year that the page is about, else of the newest years."""
    name, of = ("figures_year", [year]) if year else ("figures", [])
    return tuple(
        Link(words, reverse(f"site:{name}", args=[slug, *of, extension]))
        for words, extension in ((_("下载CSV"), "csv"), (_("下载JSON"), "json"))
    )
