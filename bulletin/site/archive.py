"""The archive: a calm list by year, with facts derived from the issues themselves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulletin.document import IssueDocument

from . import dates
from .frame import Link, frame
from .front import issue_url, nothing_yet
from .looks import Look
from .pages import Absent, Asked, Sheet, by_template
from .reading import count_items, handled
from .shelf import Run, Stored, Volume, files_of, house_of, recent, run_of
from .spans import tabs
from .takeaway import Download, downloads


@dataclass(frozen=True, slots=True)
class Row:
    issue: Link
    handled: str
    told: str
    combined: bool
    corrected: str
    date: str
    pages: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    told: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    told: str
    tabs: tuple[Link, ...]
    years: tuple[Year, ...]


def archive(asked: Asked, slug: str, year: int | None = None) -> Sheet:
    """The newest two years, or the one asked for."""
    shown = recent(slug, years=2, year=year)
    if not shown:
        return _nothing_yet(asked, slug, year)
    files, run = files_of(shown), run_of(slug)
    published = max(volume.published_at for volume in shown)

    def words() -> dict[str, Any]:
        named = {"title": shown[0].text.masthead, "year": _("%s年") % year if year else ""}
        title = _("%(year)s往期 %(title)s") % named
        years = _years(shown, files, asked.look)
        return {
            "frame": frame(asked, shown[0].house, title=title, room="archive"),
            "page": Archive(
                told=_told(run) if year is None else _("%s年") % year,
                tabs=tabs(run.years, shown[0].year, "year", slug, asked.look),
                years=years,
            ),
        }

    return Sheet((shown, files, run), by_template(asked, "site/archive.html", words), published)


def _told(run: Run) -> str:
    words = {"year": run.years[-1], "count": run.count}
    return _("%(year)s年以来，共%(count)s期") % words


def _years(
    shown: list[Volume], files: dict[int, tuple[Stored, ...]], look: Look
) -> tuple[Year, ...]:
    found = []
    for year, group in groupby(shown, lambda volume: volume.year):
        volumes = list(group)
        rows = tuple(_row(volume, downloads(volume, files[volume.pk]), look) for volume in volumes)
        found.append(Year(year, _year_told(volumes), rows))
    return tuple(found)


def _year_told(volumes: list[Volume]) -> str:
    combined = sum(volume.text.number_to is not None for volume in volumes)
    words = ngettext("共%(count)s期", "共%(count)s期", len(volumes))
    told = words % {"count": len(volumes)}
    return told + (_("，其中合刊%(count)s期") % {"count": combined} if combined else "")


def _row(volume: Volume, files: tuple[Download, ...], look: Look) -> Row:
    document = volume.text
    url = look.link(issue_url(volume))
    return Row(
        issue=Link(dates.number(document), url),
        handled=_handled(document),
        told=counted_items(count_items(document)),
        combined=document.number_to is not None,
        corrected=f"{url}#editions" if volume.replaced else "",
        date=_date(document),
        pages=next((file.pages for file in files if file.pages), ""),
        downloads=tuple(file for file in files if file.pages),
    )


def counted_items(count: int) -> str:
    return ngettext("刊出%(count)s条", "刊出%(count)s条", count) % {"count": count}


def _handled(document: IssueDocument) -> str:
    """办理4.6万件: a figure of print, in its words."""
    total = handled(document)
    return f"办理{total}" if total else ""


def _date(document: IssueDocument) -> str:
    """10月21日; with the year where the issue came out in another than it reports on."""
    day = document.issued_on
    if day is None:
        return ""
    return dates.whole(day) if day.year != document.period.year else dates.in_year(day)


def _nothing_yet(asked: Asked, slug: str, year: int | None) -> Sheet:
    house = house_of(slug)
    if house is None or year is not None:
        raise Absent
    return nothing_yet(asked, house, room="archive")
