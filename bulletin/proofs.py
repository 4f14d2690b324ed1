"""One active proof an issue: what a later change does to it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.models import Edition, EntrySource, Issue, PrintedSource
from bulletin.moves import MoveRefused, lock, make_move
from bulletin.pages import entry_lines
from windows.models import User


class IssueClosed(MoveRefused):
    """The issue is signed or published: its content is not edited any more."""


def active_proof(issue: Issue) -> Edition | None:
    """The proof that stands for sign-off or is signed, not yet published."""
    return issue.editions.filter(voided_at=None, published_at=None).first()


def keep_sources(edition: Edition) -> None:
    """Write down which line of the proof each submission of the issue went into."""
    entries = edition.issue.entries.order_by("section__position", "position")
    lines = entry_lines(edition.document, list(entries.values_list("pk", flat=True)))
    PrintedSource.objects.bulk_create(
        PrintedSource(
            edition=edition, submission_id=source.submission_id, line=lines[source.entry_id]
        )
        for source in EntrySource.objects.filter(entry__in=lines)
    )


def end_proof(issue: Issue, move: str, *, by: User | None, note: str) -> None:
    """Void the active proof by that move, with the reason on it."""
    with transaction.atomic():
        make_move(issue, move, by=by, note=note)
        void_active(issue, note)


def void_active(issue: Issue, reason: str) -> None:
    issue.editions.filter(voided_at=None, published_at=None).update(
        voided_at=timezone.now(), void_reason=reason
    )


def open_for_editing(issue: Issue, *, by: User | None, what: str, revoking: bool = False) -> Issue:
    """The locked issue, ready to be changed; a proof out for sign-off is voided by `what`.

    With `revoking` a sign-off that is not published yet is taken back for the same reason.
    Inside the caller's transaction. Raises IssueClosed.
    """
    row = lock(issue)
    if revoking and row.state in {"signed", "scheduled"}:
        end_proof(row, "revoke", by=by, note=what)
        row = lock(issue)
    if row.state == "proof":
        end_proof(row, "void_proof", by=by, note=what)
        row = lock(issue)
    if row.state == "published":
        raise IssueClosed(_("本期已经发布，不能再改。有错请按“更正”。"))
    if row.state == "withdrawn":
        raise IssueClosed(_("本期已经撤下，不能再改。"))
    if row.state != "open":
        raise IssueClosed(_("本期已经签发，不能再改。要改请先撤销签发。"))
    return row
