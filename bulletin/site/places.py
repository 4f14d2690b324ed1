"""Which addresses the pages have: of everything published, or round one change.

What a change touches is said generously: bytes that come out as they were cost a
drawing, never a file. It does not grow with the archive.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import F, Q, QuerySet

from bulletin.models import Edition, Passage, Publication

from .pages import Arguments, Change
from .shelf import earlier, later
from .spans import touched

SLUG: Final = "publication__slug"


def once(change: Change | None) -> Iterable[Arguments]:
    """A page with one address that every change may touch."""
    return [{}]


def archives(change: Change | None) -> Iterable[Arguments]:
    rows = Publication.objects.filter(is_public=True).order_by("slug")
    slugs = rows.values_list("slug", flat=True) if change is None else [change.slug]
    return [{"slug": slug} for slug in slugs]


def years(change: Change | None) -> Iterable[Arguments]:
    """A year's first issue touches those beside it, another its own alone."""
    rows = Edition.objects.current()
    if change is None:
        return rows.values("year", slug=F(SLUG)).distinct().order_by("slug", "year")
    mine = rows.of(change.slug).order_by()
    if mine.filter(year=change.year).exclude(number=change.number).exists():
        return [{"slug": change.slug, "year": change.year}]
    held = mine.values_list("year", flat=True).distinct()
    return [{"slug": change.slug, "year": year} for year in touched(held, change.year)]


def issues(change: Change | None) -> Iterable[Arguments]:
    """With a change: its issue and those that name it as previous or next."""
    if change is None:
        return _issues(Edition.objects.current())
    return [_arguments(change), *_neighbours(change)]


def editions(change: Change | None) -> Iterable[Arguments]:
    """Superseded editions; the one in force has the issue's address."""
    rows = Edition.objects.published()
    rows = rows.exclude(superseded_by=None)
    if change is not None:
        mine = Q()
        for one in [_arguments(change), *_neighbours(change)]:
            mine |= Q(year=one["year"], number=one["number"])
        rows = rows.of(change.slug).filter(mine)
    return rows.order_by("pk").values("year", "number", "proof_no", slug=F(SLUG))


def items(change: Change | None) -> Iterable[Arguments]:
    """Each printed paragraph of the issues; an item names no other issue."""
    rows = Passage.objects.filter(publication__is_public=True, rank=Passage.Rank.TEXT)
    rows = rows.exclude(anchor="")
    if change is not None:
        where = {"year": change.year, "number": change.number}
        rows = rows.filter(publication__slug=change.slug, **where)
    named = rows.values("year", "number", "anchor", slug=F("publication__slug"))
    return named.order_by("edition_id", "place").iterator()


def _arguments(change: Change) -> Arguments:
    return {"slug": change.slug, "year": change.year, "number": change.number}


def _neighbours(change: Change) -> list[Arguments]:
    rows = Edition.objects.current().of(change.slug)
    before = rows.filter(earlier(change.year, change.number))
    after = rows.filter(later(change.year, change.number))
    return [
        *_issues(before.order_by("-year", "-number")[:1]),
        *_issues(after.order_by("year", "number")[:1]),
    ]


def _issues(rows: QuerySet[Edition]) -> list[Arguments]:
    return list(rows.values("year", "number", slug=F(SLUG)))
