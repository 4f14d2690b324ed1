"""What was printed of a window's items, and what was said about what became of them.

Read from the frozen edition in force: while an issue is being corrected its entries say what
nobody has signed yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch

from bulletin.models import PrintedSource, Submission, Trail
from bulletin.pages import places
from windows.models import LeaderVisit

_EDITORS: Final = ("edit", "accept", "claim", "release")


@dataclass(frozen=True, slots=True)
class Printed:
    """The paragraph a submission went into; `merged` where it became one of many in it."""

    text: str
    number: str
    heading: str
    page: int | None
    merged: bool


def is_printed() -> Exists:
    """Of submissions: whether they stand in an edition in force."""
    return Exists(PrintedSource.objects.standing().filter(submission=OuterRef("pk")))


def in_print() -> Prefetch:
    """Of submissions: where they stand, as `printed_of` and `status_of` ask for it."""
    rows = PrintedSource.objects.standing().select_related("edition")
    return Prefetch("printed_in", rows, to_attr="in_print")


def source_of(row: Submission) -> PrintedSource | None:
    """`row` comes from a query with `in_print()`."""
    found: list[PrintedSource] = row.in_print  # type: ignore[attr-defined]
    return found[0] if found else None


def printed_of(row: Submission) -> Printed | None:
    source = source_of(row)
    return _printed(source, row) if source else None


def all_printed(rows: Iterable[Submission]) -> list[tuple[Submission, Printed]]:
    """Those that are printed, in the order of print."""
    found = [(row, source) for row in rows if (source := source_of(row))]
    found.sort(key=lambda one: (one[1].edition_id, one[1].line))
    return [(row, _printed(source, row)) for row, source in found]


def _printed(source: PrintedSource, row: Submission) -> Printed:
    document = source.edition.document
    lines = document.lines()
    place = places(document).get(source.line)
    before = (line for line in reversed(lines[: source.line]) if line.role == "heading")
    return Printed(
        text=lines[source.line].body,
        number=document.number_line,
        heading=next(before).body,
        page=place.page if place else None,
        merged=row.visit is not None and row.visit.kind == LeaderVisit.Kind.DUTY,
    )


def why_edited(row: Submission) -> Trail | None:
    """The last words an editor left about it, since it was handed in."""
    trail = Trail.objects.of("submission", row.pk).order_by("serial")
    said: Trail | None = None
    for step in trail:
        if step.action == "submit":
            said = None
        elif step.action in _EDITORS and step.note:
            said = step
    return said
