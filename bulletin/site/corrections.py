"""What was put right: the notice, and each paragraph before and after, character by character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.changes import LineChange, changed_lines
from bulletin.models import Edition
from bulletin.models.editions import EditionQuerySet
from bulletin.proofreading.difference import Piece, differences

from . import dates
from .frame import Link, frame
from .front import issue_url
from .looks import Look
from .pages import Absent, Arguments, Asked, Change, Sheet, by_template
from .places import SLUG
from .searching import section_name
from .shelf import House, Stored, Volume, files_of, house_of, neighbourhood
from .spans import tabs, touched
from .takeaway import downloads, grouped
from .tombstones import missing


@dataclass(frozen=True, slots=True)
class Changed:
    """`old` and `new` are empty where a paragraph was added or taken out."""

    title: str
    where: Link
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    merged: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Version:
    edition: Link
    published: str
    file: str
    digest: str
    standing: str


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    title: str
    issuer: str
    date: str
    notice: str
    old: str
    new: str
    changes: tuple[Changed, ...]
    versions: tuple[Version, ...]


def correction(asked: Asked, slug: str, year: int, number: int, proof_no: int) -> Sheet:
    """The correction that made edition `proof_no`."""
    volumes = [v for v in neighbourhood(slug, year, number) if v.key == (year, number)]
    pairs = [(old, new) for new in volumes for old in volumes if new.replaced == old.proof_no]
    found = [pair for pair in pairs if pair[1].proof_no == proof_no]
    if not found:
        missing(slug, year, number)
    old, new = found[0]
    files = files_of((old, new))

    def words() -> dict[str, Any]:
        page = _page(old, new, volumes, files, asked.look)
        title = f"{page.title} {new.text.masthead}"
        around = frame(asked, new.house, title=title, room="corrections", description=new.notice)
        return {"frame": around, "page": page}

    key = (old, new, new.replaced_by, files)
    return Sheet(key, by_template(asked, "site/correction.html", words), new.published_at)


def _page(
    old: Volume,
    new: Volume,
    volumes: list[Volume],
    files: dict[int, tuple[Stored, ...]],
    look: Look,
) -> CorrectionPage:
    words = {"year": new.year, "number": dates.number(new.text)}
    return CorrectionPage(
        title=_("%(year)s年%(number)s更正") % words,
        issuer=new.text.issuer,
        date=_day(new),
        notice=new.notice,
        old=_name(old, volumes),
        new=_name(new, volumes),
        changes=tuple(_changes(old, new, look)),
        versions=tuple(_version(v, volumes, files[v.pk], look) for v in (new, old)),
    )


def _day(volume: Volume) -> str:
    return dates.moment(volume.published_at)


def _name(volume: Volume, volumes: list[Volume]) -> str:
    return _("第%s版") % (volumes.index(volume) + 1)


def _changes(old: Volume, new: Volume, look: Look) -> Iterator[Changed]:
    for order, change in enumerate(changed_lines(old.text, new.text), 1):
        pieces = differences(change.old, change.new)
        yield Changed(
            title=_("更正%s") % dates.ordinal(order),
            where=_where(change, new, look),
            old=tuple(piece for piece in pieces if piece.kind != "ins"),
            new=tuple(piece for piece in pieces if piece.kind != "del"),
            merged=pieces,
        )


def _where(change: LineChange, new: Volume, look: Look) -> Link:
    """The section and number of the paragraph; without an address where it was taken out."""
    if change.at is None:
        return Link(change.where, "")
    lines = new.text.lines()
    line = lines[change.at]
    if not line.anchor:
        return Link(change.where, "")
    heading = next(one for one in reversed(lines[: change.at + 1]) if one.role == "heading")
    text = (
        heading.text if heading is line else heading.label + section_name(heading.body) + line.label
    )
    return Link(text, look.link(f"{issue_url(new)}#{line.anchor}"))


def _version(
    volume: Volume, volumes: list[Volume], files: tuple[Stored, ...], look: Look
) -> Version:
    held = volume.replaced_by is None
    args = [volume.slug, *volume.key]
    url = issue_url(volume) if held else reverse("site:edition", args=[*args, volume.proof_no])
    paged = [file for file in downloads(volume, files) if file.pages]
    return Version(
        edition=Link(_name(volume, volumes), look.link(url)),
        published=_day(volume),
        file=f"{paged[0].label} {paged[0].facts}" if paged else "—",
        digest=grouped(volume.digest),
        standing=_("现行") if held else _("已被取代"),
    )


# The list of corrections

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    correction: Link
    date: str
    notice: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """`tabs` lead to the years where one page has no room for all."""

    told: int
    rows: tuple[Listed, ...]
    tabs: tuple[Link, ...]


def corrections(asked: Asked, slug: str, year: int | None = None) -> Sheet:
    """The newest corrections of a publication, or those made in one year."""
    house = house_of(slug)
    if house is None:
        raise Absent
    every = _corrected().of(slug)
    counts = _by_year(every)
    mine = every if year is None else every.filter(published_at__year=year)
    rows = list(mine.order_by("-published_at").values(*_FIELDS)[:MOST])
    if year is not None and not rows:
        raise Absent
    newest = rows[0]["published_at"] if rows else None

    def words() -> dict[str, Any]:
        title = _("更正 %s") % house.name
        around = frame(asked, house, title=title, room="corrections")
        told = sum(counts.values()) if year is None else counts[year]
        listed = tuple(_listed(row, house, asked.look) for row in rows)
        return {
            "frame": around,
            "page": Corrections(told, listed, _tabs(counts, year, house, asked)),
        }

    return Sheet((house, rows, counts), by_template(asked, "site/corrections.html", words), newest)


def _by_year(rows: QuerySet[Edition]) -> dict[int, int]:
    """How many were made in each year, as the calendar of the centre has it; newest first."""
    years = rows.order_by().values_list("published_at__year").annotate(Count("pk"))
    return dict(years.order_by("-published_at__year"))


def _tabs(counts: dict[int, int], year: int | None, house: House, asked: Asked) -> tuple[Link, ...]:
    if year is None and sum(counts.values()) <= MOST:
        return ()
    return tabs(list(counts), year or max(counts), "corrections_year", house.slug, asked.look)


_FIELDS = ("year", "number", "proof_no", "published_at", "corrects__notice")


def correction_years(change: Change | None) -> Iterable[Arguments]:
    """With a change: the years in which its issue was corrected, and those beside them."""
    if change is None:
        rows = _corrected().order_by(SLUG, "published_at__year")
        made = rows.values_list(SLUG, "published_at__year").distinct()
        return [{"slug": slug, "year": year} for slug, year in made]
    every = _corrected().of(change.slug)
    mine = every.filter(year=change.year, number=change.number)
    held = {year for year in _by_year(mine) for year in touched(_by_year(every), year)}
    return [{"slug": change.slug, "year": year} for year in sorted(held)]


def _corrected() -> EditionQuerySet:
    """Editions that replaced another; what was withdrawn is not among them."""
    return Edition.objects.published().filter(corrects__isnull=False)


def _listed(row: dict[str, Any], house: House, look: Look) -> Listed:
    args = [house.slug, row["year"], row["number"], row["proof_no"]]
    words = {"year": row["year"], "number": row["number"]}
    return Listed(
        correction=Link(
            _("%(year)s年第%(number)s期更正") % words,
            look.link(reverse("site:correction", args=args)),
        ),
        date=dates.moment(row["published_at"]),
        notice=row["corrects__notice"],
    )


def corrected(change: Change | None) -> Iterable[Arguments]:
    """With a change: every correction of its issue, as the last one ends the one before."""
    rows = _corrected()
    if change is not None:
        rows = rows.of(change.slug).filter(year=change.year, number=change.number)
    return rows.order_by("pk").values("year", "number", "proof_no", slug=F(SLUG))
