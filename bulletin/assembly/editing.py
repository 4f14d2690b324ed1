"""Changing entries by hand: each change is kept in the trail and voids a proof that is out."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bulletin.models import Entry, Issue, Section
from bulletin.moves import MoveRefused, leave_trail
from bulletin.proofs import open_for_editing
from windows.access import scope_of
from windows.models import User
from windows.roles import EDITOR


class StaleEdit(MoveRefused):
    """Somebody saved first; `current` is the text that stands now."""

    def __init__(self, current: str) -> None:
        super().__init__(_("这一条刚被别人改过，您的改动还没有保存。请对照两份文字后再存。"))
        self.current = current


def require_editor(issue: Issue, by: User) -> None:
    """Only the centre's editors change an issue. Raises MoveRefused."""
    scope = scope_of(by)
    if not scope.everything and issue.centre.pk not in scope.centres_as(EDITOR):
        raise MoveRefused(_("您的角色不能编辑本期。"))


def edit_entry(entry: Entry, *, by: User, text: str, version: int) -> Entry:
    """Save an entry's text if nobody else did since `version`. Raises StaleEdit, IssueClosed."""
    require_editor(entry.issue, by)
    with transaction.atomic():
        row = Entry.objects.select_for_update().get(pk=entry.pk)
        if row.version != version:
            raise StaleEdit(row.text)
        words = text.strip()
        if not words:
            raise MoveRefused(_("正文是空的。不要这一条请按“取下”。"))
        if words == row.text:
            return row
        issue = open_for_editing(
            row.issue, by=by, what=_("改了“%(what)s”") % {"what": row.text[:20]}
        )
        before, row.text = row.text, words
        row.version += 1
        row.save()
        changed = {"entry": row.pk, "before": before, "after": words}
        leave_trail(issue, "edit_entry", by=by, data=changed)
    return row


def place_entry(entry: Entry, *, by: User, section: Section, position: int) -> Entry:
    """Move an entry to `position` (from 1) of a section of the same issue."""
    require_editor(entry.issue, by)
    if section.issue_id != entry.issue_id:
        raise MoveRefused(_("这个栏目不在本期。"))
    with transaction.atomic():
        issue = open_for_editing(entry.issue, by=by, what=_("调整了条目次序"))
        row = Entry.objects.select_for_update().get(pk=entry.pk)
        last = section.entries.exclude(pk=row.pk).count() + 1
        source = row.section
        close_gap(source, row.position)
        target = max(1, min(position, last))
        # Room is made among the others: the row itself steps aside first.
        section.entries.exclude(pk=row.pk).filter(position__gte=target).update(
            position=F("position") + 1
        )
        row.section, row.position = section, target
        row.version += 1
        row.save()
        moved = {"entry": row.pk, "section": section.key, "position": target}
        leave_trail(issue, "place_entry", by=by, data=moved)
    return row


def drop_entry(entry: Entry, *, by: User) -> None:
    """Take an entry out; its submissions stay accepted and wait to be placed again."""
    require_editor(entry.issue, by)
    with transaction.atomic():
        issue = open_for_editing(
            entry.issue, by=by, what=_("取下了“%(what)s”") % {"what": entry.text[:20]}
        )
        row = Entry.objects.select_for_update().get(pk=entry.pk)
        dropped = {"entry": row.pk, "text": row.text}
        section, position = row.section, row.position
        row.delete()
        close_gap(section, position)
        leave_trail(issue, "drop_entry", by=by, data=dropped)


def make_room(section: Section, position: int) -> None:
    """Shift the entries from `position` on by one; positions stay dense (1, 2, …)."""
    section.entries.filter(position__gte=position).update(position=F("position") + 1)


def close_gap(section: Section, position: int) -> None:
    section.entries.filter(position__gt=position).update(position=F("position") - 1)
