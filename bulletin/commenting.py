"""Comments of the newsroom: written, resolved, opened again, pinned; each leaves a trail."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.models import Comment
from bulletin.models.comments import Discussable, subject_of
from bulletin.moves import MoveRefused, leave_trail
from stats.models import MonthlyReport
from windows.models import User

LONGEST: Final = 2000
DEEDS: Final = ("resolve", "reopen", "pin", "unpin")


def talked_about(row: Discussable) -> Discussable:
    """What a comment on `row` is about: counts handed in are one with their submission."""
    submission = getattr(row, "submission", None) if isinstance(row, MonthlyReport) else None
    return row if submission is None or submission.state == "draft" else submission


def add_comment(row: Discussable, *, by: User, text: str, pin: bool = False) -> Comment:
    """A comment on an object that the caller has gated. Raises MoveRefused."""
    words = text.replace("\r\n", "\n").strip()  # a browser counts a line break as one
    if not words:
        raise MoveRefused(_("批注是空的，请写好再添加。"))
    if len(words) > LONGEST:
        raise MoveRefused(_("批注最多%(n)s字，请写短一些。") % {"n": LONGEST})
    target = talked_about(row)
    about = {subject_of(target): target}
    with transaction.atomic():
        made = Comment.objects.create(centre=target.centre, author=by, text=words, **about)
        leave_trail(target, "comment", by=by, data={"comment": made.pk, "text": words})
        if pin:
            mark_comment(made, "pin", by=by)
    return made


def mark_comment(comment: Comment, deed: str, *, by: User) -> Comment:
    """Resolve, reopen, pin or unpin. What is so already is left; a new note replaces the old."""
    with transaction.atomic():
        # The object's row is the lock: two notes pinned at once wait for each other.
        target = comment.about
        type(target)._base_manager.select_for_update().get(pk=target.pk)
        row = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if not _change(row, deed, by):
            return row
        if row.pinned and deed == "pin":
            Comment.objects.about(target).filter(pinned=True).update(pinned=False)
        row.save(update_fields=["pinned", "resolved_at", "resolved_by"])
        leave_trail(target, f"{deed}_comment", by=by, data={"comment": row.pk, "text": row.text})
    return row


def _change(row: Comment, deed: str, by: User) -> bool:
    """Whether anything is different now."""
    before = (row.pinned, row.resolved_at)
    match deed:
        case "pin" | "unpin":
            row.pinned = deed == "pin"
        case "resolve" if row.resolved_at is None:
            row.resolved_at, row.resolved_by = timezone.now(), by
        case "reopen":
            row.resolved_at, row.resolved_by = None, None
    return before != (row.pinned, row.resolved_at)
