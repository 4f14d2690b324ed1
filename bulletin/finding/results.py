"""What was found, read a page at a time: out of the issues the page lies in, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, Self

from bulletin.models import Passage
from bulletin.models.passages import PassageQuerySet


class Issue(NamedTuple):
    """How many results an edition in force holds."""

    edition: int
    year: int
    number: int
    results: int


@dataclass(frozen=True, slots=True)
class Results:
    """`issues` with results, the newest first; `rows` of these issues are all of them, unordered.

    Any page is as cheap as the first one: what stands before it is known from the counts.
    """

    issues: tuple[Issue, ...]
    rows: PassageQuerySet

    @classmethod
    def of(cls, issues: Iterable[Issue], rows: PassageQuerySet) -> Self:
        newest = sorted(issues, key=lambda issue: (-issue.year, -issue.number))
        return cls(tuple(newest), rows)

    def count(self) -> int:
        return sum(issue.results for issue in self.issues)

    def __getitem__(self, part: slice) -> list[Passage]:
        """In printed order within an issue, what frames the text after it. One query."""
        start, stop, _step = part.indices(self.count())
        ends = accumulate(issue.results for issue in self.issues)
        held = [
            (issue.edition, end - issue.results)
            for issue, end in zip(self.issues, ends, strict=True)
            if end - issue.results < stop and start < end
        ]
        if not held:
            return []
        before = held[0][1]
        rows = self.rows.filter(edition__in=[edition for edition, _before in held])
        ordered = rows.order_by("-year", "-number", "rank", "place")
        return list(ordered[start - before : stop - before])
