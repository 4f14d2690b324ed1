"""Changing an entry's words by hand: kept in the trail; a proof that is out is voided.

Who changes an issue locks it before any of its rows, so that no two wait for each other.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.models import Entry, Issue
from bulletin.moves import MoveRefused, leave_trail, lock
from bulletin.proofreading.difference import differences
from bulletin.proofs import open_for_editing
from bulletin.renderers.limits import PARAGRAPH
from windows.access import scope_of
from windows.models import User
from windows.roles import EDITOR


class StaleEdit(MoveRefused):
    """Somebody saved first; `current` is the text that stands now."""

    def __init__(self, current: str) -> None:
        super().__init__(_("这一条刚被别人改过，您的改动还没有保存。请对照两份文字后再存。"))
        self.current = current


class EntryGone(MoveRefused):
    """The entry stands in the issue no longer: dropped, merged or moved on meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("这一条刚被别人取下、合并或移走了，现在不在本期。"))


def require_editor(issue: Issue, by: User) -> None:
    """Only the centre's editors change an issue. Raises MoveRefused."""
    scope = scope_of(by)
    if not scope.everything and issue.centre.pk not in scope.centres_as(EDITOR):
        raise MoveRefused(_("您的角色不能编辑本期。"))


def locked(entry: Entry) -> Entry:
    """The entry read again under a lock, after its issue's. Raises EntryGone."""
    row = Entry.objects.select_for_update().filter(pk=entry.pk, issue=entry.issue_id).first()
    if row is None:
        raise EntryGone
    return row


def note_change(issue: Issue, action: str, *, by: User | None, data: dict[str, Any]) -> None:
    """The trail of a change, and a new version of the issue: what was arranged by sight of
    the old one is asked again."""
    issue.version += 1
    issue.save(update_fields=["version"])
    leave_trail(issue, action, by=by, data=data)


def edit_entry(entry: Entry, *, by: User, text: str, version: int, revoking: bool = False) -> Entry:
    """Save an entry's text if nobody else did since `version`.

    `revoking` takes back a sign-off that is not published yet. Raises StaleEdit, EntryGone,
    IssueClosed.
    """
    require_editor(entry.issue, by)
    with transaction.atomic():
        lock(entry.issue)
        row = locked(entry)
        if row.version != version:
            raise StaleEdit(row.text)
        words = text.strip()
        if not words:
            raise MoveRefused(_("正文是空的。不要这一条请按“取下”。"))
        if len(words) > PARAGRAPH:
            sizes = {"size": len(words), "most": PARAGRAPH}
            raise MoveRefused(_("正文有%(size)s字，最多%(most)s字。请删减或分成几条。") % sizes)
        return row if words == row.text else _rewrite(row, words, by, revoking=revoking)


def restore_composed(entry: Entry, *, by: User) -> Entry:
    """Give up what was written by hand for what the system writes; it follows its sources
    again. Raises EntryGone, IssueClosed."""
    require_editor(entry.issue, by)
    with transaction.atomic():
        lock(entry.issue)
        row = locked(entry)
        if not row.composed:
            raise MoveRefused(_("这一条不是系统写的，没有可恢复的。"))
        return _rewrite(row, row.composed, by) if row.touched else row


def keep_by_hand(entry: Entry, *, by: User) -> Entry:
    """The sources have changed and the hand-made text stays all the same."""
    require_editor(entry.issue, by)
    with transaction.atomic():
        lock(entry.issue)
        row = locked(entry)
        if row.outdated:
            row.basis = row.composed
            row.save(update_fields=["basis"])
            leave_trail(entry.issue, "keep_entry", by=by, data={"entry": row.pk})
    return row


def said_change(before: str, after: str) -> str:
    """改了“2月3日，商务厅…”：43→58. What was changed, for the void proof and its mails."""
    pieces = differences(before, after)
    gone = {at: piece.text for at, piece in enumerate(pieces) if piece.kind == "del"}
    come = {at: piece.text for at, piece in enumerate(pieces) if piece.kind == "ins"}
    told = [f"{text}→{come.pop(at + 1, '')}" for at, text in gone.items()]
    told += [f"加“{text}”" for text in come.values()]
    shown = "；".join(one if len(one) <= 40 else one[:39] + "…" for one in told[:3])
    words = {"what": before[:20], "how": shown, "n": len(told)}
    if len(told) > 3:
        return _("改了“%(what)s”：%(how)s等%(n)s处") % words
    return _("改了“%(what)s”：%(how)s") % words


def _rewrite(row: Entry, words: str, by: User, *, revoking: bool = False) -> Entry:
    what = said_change(row.text, words)
    issue = open_for_editing(row.issue, by=by, what=what, revoking=revoking)
    before, row.text = row.text, words
    row.basis = row.composed if row.touched else ""
    row.version += 1
    row.save()
    changed = {"entry": row.pk, "before": before, "after": words}
    leave_trail(issue, "edit_entry", by=by, data=changed)
    return row
