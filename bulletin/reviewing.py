"""The editor's copy of a submission: saved by its holder, never over somebody else's words."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.assembly import StaleEdit, drop_entry
from bulletin.models import Entry, Submission
from bulletin.moves import MoveRefused, leave_trail, lock, make_move
from bulletin.reasons import REASONS, in_words
from bulletin.workflow import REVIEW
from windows.models import User


def may_edit(submission: Submission, by: User) -> bool:
    """The holder of a claimed news item or visit; counts are not text."""
    mine = submission.state == "claimed" and submission.holder_id == by.pk
    return mine and submission.kind != Submission.Kind.REPORT


def save_edited(submission: Submission, *, by: User, text: str, version: int) -> Submission:
    """Save the editor's copy if nobody else did since `version`.

    Raises MoveRefused when `by` does not hold it, StaleEdit with the text that stands.
    """
    with transaction.atomic():
        row = lock(submission)
        words = text.strip()
        if row.text == words:
            return row
        if not may_edit(row, by):
            raise MoveRefused(_("认领之后才能改编辑稿。现在是“%s”。") % row.get_state_display())
        if row.version != version:
            raise StaleEdit(row.text)
        if not words:
            raise MoveRefused(_("编辑稿是空的。不要这一条请按“不采用”。"))
        before, row.edited = row.text, words
        row.version += 1
        row.save(update_fields=["edited", "version"])
        leave_trail(row, "edit", by=by, data={"before": before, "after": words})
    return row


def review(
    submission: Submission,
    move: str,
    *,
    by: User,
    note: str = "",
    reason: str = "",
    text: str | None = None,
    version: int = 0,
) -> Submission:
    """One press of a button: what was typed is saved, then the move is made, or neither.

    A move that needs a note needs its class too (`reasons.REASONS`). Accepting a monthly
    report confirms its figures; what is taken back leaves the issue.
    """
    with transaction.atomic():
        if text is not None and may_edit(submission, by):
            save_edited(submission, by=by, text=text, version=version)
        standing = Entry.objects.filter(sources__submission=submission).first()
        row = _move(submission, move, by, note, reason)
        if move == "accept" and row.report and row.report.state == "entered":
            make_move(row.report, "confirm", by=by)
        if move == "take_back" and standing and standing.sources.count() == 1:
            drop_entry(standing, by=by)  # one of several sources only shows as a problem
    return row


def _move(submission: Submission, name: str, by: User, note: str, reason: str) -> Submission:
    move = REVIEW.move(name)
    if not move.needs_note or not note.strip():  # an empty note is refused in the table's words
        return make_move(submission, name, by=by, note=note)
    if reason not in REASONS:
        raise MoveRefused(_("请选一类%(move)s的理由。") % {"move": move.label})
    data = {"reason": reason, "words": note.strip()}
    return make_move(submission, name, by=by, note=in_words(reason, note), data=data)
