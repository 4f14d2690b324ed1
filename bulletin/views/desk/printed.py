"""Where a window's items stand in print, and what was said about what became of them."""

from __future__ import annotations

from typing import Final

from bulletin.models import Edition, Entry, Issue, Submission, Trail
from bulletin.pages import entry_places

_EDITORS: Final = ("edit", "accept", "claim", "release")


def page_of(entry: Entry) -> int | None:
    return pages_of(entry.issue).get(entry.pk)


def pages_of(issue: Issue) -> dict[int, int]:
    """Entry → page of the published edition; laid out once for each digest."""
    edition = Edition.objects.standing().filter(issue=issue).first()
    if edition is None:
        return {}
    rows = issue.entries.order_by("section__position", "position").values_list("pk", flat=True)
    return {pk: place.page for pk, place in entry_places(edition.document, list(rows)).items()}


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
