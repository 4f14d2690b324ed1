"""What the page of one proof shows: to its approver, its publisher and everybody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.safestring import mark_safe

from bulletin import publishing
from bulletin.changes import LineChange, changed_lines
from bulletin.document import IssueDocument
from bulletin.forms.editions import ScheduleForm
from bulletin.models import Edition, Waiver
from bulletin.moves import possible_moves
from bulletin.pages import pages, places
from bulletin.readiness import Problem, check_issue
from bulletin.renderers import FORMATS
from bulletin.renderers.html import fragment
from bulletin.timeline import issue_timeline
from bulletin.waivers import acknowledged
from windows.access import scope_of
from windows.models import User
from windows.roles import APPROVER, EDITOR, PUBLISHER


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change with its number, the page it stands on and its height there in points."""

    number: int
    change: LineChange
    page: int | None
    y: float


@dataclass(frozen=True, slots=True)
class ShownWarning:
    """A problem of the issue, and who answered for it."""

    problem: Problem
    waiver: Waiver | None


def proof_context(edition: Edition, user: User) -> dict[str, Any]:
    issue, document = edition.issue, edition.document
    previous = _previous(edition)
    changes = _shown(document, changed_lines(previous.document, document)) if previous else []
    shown = publishing_context(edition, user)
    live, moves = shown["live"], shown["moves"]
    warnings = shown_warnings(edition) if live and issue.state == "proof" else []
    return {
        "edition": edition,
        "issue": issue,
        "previous": previous,
        "changes": changes,
        "pages": _pages(document, changes),
        "spreads": spreads(len(pages(document))),
        "warnings": warnings,
        "unanswered": [w for w in warnings if w.problem.severity == "warn" and not w.waiver],
        "no_blocks": not any(w.problem.severity == "block" for w in warnings),
        "edited": "sign" in moves and publishing.edited_by(issue, user),
        "may_confirm": edition.is_exception and not publishing.not_to_confirm(edition, user),
        "digest_groups": grouped(edition.digest),
        "formats": FORMATS,
        "whole_text": mark_safe(fragment(document)),  # noqa: S308  escaped by its one writer
        "trail": issue_timeline(user, issue, most=12),
        "trail_of": f"issue:{issue.pk}",
        **_link_context(edition, user, live=live and issue.state == "proof"),
        **shown,
    }


def publishing_context(edition: Edition, user: User) -> dict[str, Any]:
    """What may be done with it by this person, and why it cannot be published."""
    issue = edition.issue
    live = edition.voided_at is None and edition.published_at is None
    standing = publishing.public_edition(issue)
    held = {move.name: move for move in possible_moves(issue, user)}
    here = live or (standing is not None and standing.pk == edition.pk)
    return {
        "live": live,
        "standing": standing,
        "moves": held if live else {},
        "public_moves": held if here and standing and standing.pk == edition.pk else {},
        "marked": publishing.stays_marked(edition) and not edition.voided_at,
        "not_to_publish": publishing.reasons_not_to_publish(issue) if live else [],
        "schedule_form": ScheduleForm() if live and "schedule" in held else None,
    }


def sheet_context(edition: Edition) -> dict[str, Any]:
    """The 签批单: what is to be signed, what changed, what is left open, and by whom."""
    previous = _previous(edition)
    document = edition.document
    changes = changed_lines(previous.document, document) if previous else []
    return {
        "edition": edition,
        "issue": edition.issue,
        "previous": previous,
        "changes": _shown(document, changes),
        "page_count": len(pages(document)),
        "warnings": shown_warnings(edition) if edition.issue.state == "proof" else [],
        "digest_groups": grouped(edition.digest),
    }


def shown_warnings(edition: Edition) -> list[ShownWarning]:
    problems = check_issue(edition.issue)
    answered = acknowledged(edition.issue, problems)
    return [ShownWarning(problem, answered.get(problem.key)) for problem in problems]


def grouped(digest: str) -> str:
    """7C41 9E0B …: sixteen groups of four, easier to compare aloud."""
    return " ".join(digest[at : at + 4].upper() for at in range(0, len(digest), 4))


def spreads(count: int) -> list[tuple[int, ...]]:
    """Pages as they face each other in print: the first alone on the right."""
    return [(1,), *(tuple(range(at, min(at + 2, count + 1))) for at in range(2, count + 1, 2))]


def _link_context(edition: Edition, user: User, *, live: bool) -> dict[str, Any]:
    scope = scope_of(user)
    staff = scope.centres_as(EDITOR, APPROVER, PUBLISHER)
    if not live or not (scope.everything or edition.centre.pk in staff):
        return {}
    now = timezone.now()
    links = edition.links.filter(used_at=None, revoked_at=None, expires_at__gt=now)
    return {
        "links": list(links.select_related("person", "made_by")),
        "approvers": [one for one in publishing.approvers(edition) if one.pk != user.pk],
    }


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
