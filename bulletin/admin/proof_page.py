"""What the page of one proof shows: to its approver, its publisher and everybody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import mark_safe

from bulletin.changes import LineChange, changed_lines
from bulletin.document import IssueDocument
from bulletin.forms.editions import ScheduleForm
from bulletin.models import Edition
from bulletin.moves import possible_moves
from bulletin.pages import pages, places
from bulletin.publishing import edited_by, reasons_not_to_publish
from bulletin.readiness import check_issue
from bulletin.renderers import FORMATS
from bulletin.renderers.html import fragment
from bulletin.timeline import timeline
from windows.models import User


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change with its number, the page it stands on and its height there in points."""

    number: int
    change: LineChange
    page: int | None
    y: float


def proof_context(edition: Edition, user: User) -> dict[str, Any]:
    issue, document = edition.issue, edition.document
    live = edition.voided_at is None and edition.published_at is None
    moves = {move.name: move for move in possible_moves(issue, user)} if live else {}
    previous = _previous(edition)
    changes = _shown(document, changed_lines(previous.document, document)) if previous else []
    return {
        "edition": edition,
        "issue": issue,
        "live": live,
        "previous": previous,
        "changes": changes,
        "pages": _pages(document, changes),
        "moves": moves,
        "warnings": check_issue(issue) if live and issue.state == "proof" else [],
        "edited": "sign" in moves and edited_by(issue, user),
        "not_to_publish": reasons_not_to_publish(issue) if live else [],
        "schedule_form": ScheduleForm() if "schedule" in moves else None,
        "digest_groups": grouped(edition.digest),
        "formats": FORMATS,
        "whole_text": mark_safe(fragment(document)),  # noqa: S308  escaped by its one writer
        "trail": timeline(user, "issue", issue.pk, most=12),
    }


def grouped(digest: str) -> str:
    """7C41 9E0B …: sixteen groups of four, easier to compare aloud."""
    return " ".join(digest[at : at + 4].upper() for at in range(0, len(digest), 4))


def _previous(edition: Edition) -> Edition | None:
    earlier = Edition.objects.filter(issue=edition.issue_id, proof_no__lt=edition.proof_no)
    return earlier.order_by("-proof_no").first()


def _shown(document: IssueDocument, changes: Sequence[LineChange]) -> list[ShownChange]:
    found = places(document)
    shown = []
    for number, change in enumerate(changes, 1):
        place = found.get(change.at) if change.at is not None else None
        shown.append(
            ShownChange(number, change, place.page if place else None, place.top if place else 0.0)
        )
    return shown


def _pages(document: IssueDocument, changes: Sequence[ShownChange]) -> list[dict[str, Any]]:
    marks: dict[int, list[ShownChange]] = defaultdict(list)
    for change in changes:
        if change.page:
            marks[change.page].append(change)
    return [{"number": page.number, "changes": marks[page.number]} for page in pages(document)]
