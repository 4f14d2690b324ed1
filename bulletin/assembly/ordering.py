"""Where entries stand: dense positions 1, 2, … in each section, whoever moves them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bulletin.models import Entry, Issue, Section
from bulletin.moves import MoveRefused
from bulletin.proofs import open_for_editing
from windows.models import User

from .editing import locked, note_change, require_editor


class StaleOrder(MoveRefused):
    """The arrangement is not the one that was looked at."""

    def __init__(self) -> None:
        super().__init__(
            _("次序刚被别人动过，您这一下还没有保存。现在显示的是最新的次序，请再移一次。")
        )


def place_entry(
    entry: Entry, *, by: User, section: Section, position: int, version: int | None = None
) -> Entry:
    """Move an entry to `position` (from 1) of a section of the same issue.

    With `version`, only if the issue still is that one. Raises StaleOrder, EntryGone.
    """
    require_editor(entry.issue, by)
    if section.issue_id != entry.issue_id:
        raise MoveRefused(_("这个栏目不在本期。"))
    with transaction.atomic():
        issue = open_at(entry.issue, version, by=by, what=_("调整了条目次序"))
        row = locked(entry)
        source, left = row.section, row.position
        put(row, section, position)
        told = {"entry": row.pk, "section": section.key, "position": row.position}
        told |= {"from": [source.pk, left]}
        note_change(issue, "place_entry", by=by, data=told)
    return row


def open_at(issue: Issue, version: int | None, *, by: User, what: str) -> Issue:
    """`open_for_editing`, if the issue still is what was looked at. Raises StaleOrder.

    Voiding a proof makes a version of its own; it is no change of the arrangement.
    """
    with transaction.atomic():
        row = Issue.objects.select_for_update().get(pk=issue.pk)
        if version is not None and row.version != version:
            raise StaleOrder
        return open_for_editing(issue, by=by, what=what)


def put(row: Entry, section: Section, position: int) -> None:
    """Take the row out of its place and set it down; room is made among the others."""
    last = section.entries.exclude(pk=row.pk).count() + 1
    close_gap(row.section, row.position)
    target = max(1, min(position, last))
    section.entries.exclude(pk=row.pk).filter(position__gte=target).update(
        position=F("position") + 1
    )
    row.section, row.position = section, target
    row.version += 1
    row.save()


def make_room(section: Section, position: int) -> None:
    """Shift the entries from `position` on by one; positions stay dense (1, 2, …)."""
    section.entries.filter(position__gte=position).update(position=F("position") + 1)


def close_gap(section: Section, position: int) -> None:
    section.entries.filter(position__gt=position).update(position=F("position") - 1)
