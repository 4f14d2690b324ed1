"""Which addresses the statistics have: of everything published, or round one change."""

from __future__ import annotations

from collections.abc import Iterable

from bulletin.models import Edition, Publication

from ..pages import Arguments, Change
from ..shelf import Volume, recent, run_of
from .open_data import WRITERS
from .series import points_of


def indicators(change: Change | None) -> Iterable[Arguments]:
    """Those of the newest two years."""
    for slug in _slugs(change):
        for key in _keys(recent(slug, years=2)):
            yield {"slug": slug, "key": key}


def indicator_years(change: Change | None) -> Iterable[Arguments]:
    """With a change: its year, those beside it, and those whose figures it puts right."""
    for slug in _slugs(change):
        for key, years in _years(slug, change).items():
            for year in sorted(years):
                yield {"slug": slug, "key": key, "year": year}


def _years(slug: str, change: Change | None) -> dict[str, set[int]]:
    if change is None:
        found: dict[str, set[int]] = {}
        for year in run_of(slug).years:
            for key in _keys(recent(slug, years=1, year=year)):
                found.setdefault(key, set()).add(year)
        return found
    keys = _keys(recent(slug, years=2, year=change.year, around=1))
    beside = {change.year - 1, change.year, change.year + 1}
    return {key: beside | _put_right(change) for key in keys}


def _put_right(change: Change) -> set[int]:
    """The years whose figures any edition of the issue restated."""
    editions = Edition.objects.published().of(change.slug)
    editions = editions.filter(year=change.year, number=change.number)
    told = [record for edition in editions for record in edition.document.restatements]
    return {record.period.year for record in told}


def exports(change: Change | None) -> Iterable[Arguments]:
    """The files of every publication that has published anything."""
    for slug in _slugs(change):
        if change or Edition.objects.current().of(slug).exists():
            for extension in WRITERS:
                yield {"slug": slug, "extension": extension}


def export_years(change: Change | None) -> Iterable[Arguments]:
    """With a change: its year, and those whose figures it puts right."""
    for slug in _slugs(change):
        years = run_of(slug).years if change is None else {change.year} | _put_right(change)
        for year in sorted(years):
            for extension in WRITERS:
                yield {"slug": slug, "year": year, "extension": extension}


def _slugs(change: Change | None) -> list[str]:
    if change is not None:
        return [change.slug]
    return list(Publication.objects.filter(is_public=True).values_list("slug", flat=True))


def _keys(volumes: list[Volume]) -> list[str]:
    return [points[0].figure.key for points in points_of(volumes)]
