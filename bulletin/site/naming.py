"""Whose pages there are: departments and people that anything published tells of.

A change touches those that any edition of its issue ever named, so that a page whose last
paragraph was corrected away is made anew too. They are as many as the issue names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final

from bulletin.document import IssueDocument
from bulletin.finding.asking import DEPARTMENT
from bulletin.finding.names import directory
from bulletin.models import Edition, PassageName, PrintedVisit

from .pages import Arguments, Change

_MOST_IN_A_NAME: Final = 240  # bytes: what a folder may be called
Named = tuple[str, str]  # slug and name


def people(change: Change | None) -> Iterable[Arguments]:
    if change is not None:
        return _arguments(_told(change, lambda paper: (visit.name for visit in paper.visits)))
    rows = PrintedVisit.objects.filter(publication__is_public=True)
    return _arguments(rows.values_list("publication__slug", "name"))


def department_names(change: Change | None) -> Iterable[Arguments]:
    """Each under the name it has now."""
    present = cache(lambda slug: directory(slug).present)
    found = _every_department() if change is None else _told(change, _departments)
    return _arguments((slug, present(slug)(name)) for slug, name in found)


def _every_department() -> set[Named]:
    filed = PassageName.objects.filter(kind=DEPARTMENT, passage__publication__is_public=True)
    came = PrintedVisit.objects.filter(publication__is_public=True)
    return {
        *filed.values_list("passage__publication__slug", "name"),
        *came.values_list("publication__slug", "department"),
    }


def _departments(paper: IssueDocument) -> Iterator[str]:
    yield from (name for section in paper.sections for i in section.items for name in i.departments)
    yield from (visit.department for visit in paper.visits)


def _told(change: Change, names: Callable[[IssueDocument], Iterable[str]]) -> set[Named]:
    """What every edition of the issue tells of, whether it is in force or was."""
    rows = Edition.objects.filter(published_at__isnull=False).of(change.slug)
    rows = rows.filter(year=change.year, number=change.number)
    return {(change.slug, name) for edition in rows for name in names(edition.document)}


def _arguments(found: Iterable[Named]) -> list[Arguments]:
    """Those that can be the name of a folder; any other is drawn when asked for."""
    return [{"slug": slug, "name": name} for slug, name in sorted(set(found)) if _is_plain(name)]


def _is_plain(name: str) -> bool:
    hidden = not name or name.startswith(".") or "/" in name or "\0" in name
    return not hidden and len(name.encode()) <= _MOST_IN_A_NAME
