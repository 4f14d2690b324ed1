"""What a submission resembles: this month's others and the items of the last twelve issues.

Compared as they would be printed now, so an edited duplicate is found too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from bulletin.models import Entry, Issue, Submission
from bulletin.proofreading.conflicts import Conflict, conflicts
from bulletin.proofreading.similarity import WARN, grams, likeness
from windows.models import User

ISSUES: Final = 12
MOST: Final = 5
# From here on two texts may be about one thing, if they are not of one window anyway.
RELATED: Final = 0.12
_OUT: Final = ("draft", "withdrawn", "declined")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Another text: `submission` or `entry` says which; `score` from 0 to 1."""

    score: float
    text: str
    conflicts: tuple[Conflict, ...]
    submission: Submission | None = None
    entry: Entry | None = None

    @property
    def alike(self) -> bool:
        return self.score >= WARN

    @property
    def percent(self) -> int:
        return round(self.score * 100)


def lookalikes(row: Submission, user: User) -> list[Lookalike]:
    """The nearest first; none for counts, nothing the person may not see. Two queries."""
    if row.kind == Submission.Kind.REPORT or row.state in _OUT or not row.text:
        return []
    found = [*_of_the_month(row, user), *_printed(row, user)]
    return sorted(found, key=lambda one: -one.score)[:MOST]


def _of_the_month(row: Submission, user: User) -> Iterator[Lookalike]:
    others = Submission.objects.visible_to(user).filter(
        publication=row.publication_id, year=row.year, month=row.month
    )
    others = others.exclude(pk=row.pk).exclude(state__in=_OUT).exclude(kind="report")
    pieces = grams(row.text)
    for other in others.select_related("window__department"):
        score = likeness(pieces, grams(other.text))
        related = score >= RELATED or other.window_id == row.window_id
        clashes = conflicts(row.text, other.text, same_month=True) if related else []
        if score >= WARN or clashes:
            yield Lookalike(score, other.text, tuple(clashes), submission=other)


def _printed(row: Submission, user: User) -> Iterator[Lookalike]:
    earlier = Q(year__lt=row.year) | Q(year=row.year, month__lt=row.month)
    issues = Issue.objects.visible_to(user).filter(earlier, publication=row.publication_id)
    last = issues.order_by("-year", "-month").values("pk")[:ISSUES]
    entries = Entry.objects.filter(issue__in=last).exclude(section__kind="stats")
    entries = entries.exclude(sources__submission=row.pk).select_related("issue", "section")
    pieces = grams(row.text)
    for entry in entries:
        score = likeness(pieces, grams(entry.text))
        clashes = conflicts(row.text, entry.text, same_month=False) if score >= RELATED else []
        if score >= WARN or clashes:
            yield Lookalike(score, entry.text, tuple(clashes), entry=entry)
