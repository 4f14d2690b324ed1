"""撤销上一步: the newest change of an issue taken back, by the person who made it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.models import Aside, Entry, Issue, Section, Trail
from bulletin.moves import MoveRefused, leave_trail, lock
from windows.models import User

from .editing import EntryGone, edit_entry
from .ordering import place_entry
from .setting_aside import restore

# Rows that are no step of the assembly: what people said and what went out.
ASIDE: Final = frozenset({"comment", "keep_entry"})
LOOK_BACK: Final = 30


def last_step(issue: Issue, by: User) -> Trail | None:
    """The step that can be taken back: the newest one, if it is the person's own. One query."""
    if issue.state not in {"open", "proof"}:
        return None
    over = None  # everything above this serial was undone together with what it undid
    undone: set[int] = set()
    for row in Trail.objects.of("issue", issue.pk).order_by("-serial")[:LOOK_BACK]:
        if row.action == "undo_step":
            undone.add(row.data["of"])
            over = min(over or row.serial, row.data["since"])
        elif row.serial in undone or (over is not None and row.serial > over):
            continue
        elif "comment" not in row.action and row.action not in ASIDE:
            return row if row.actor_id == by.pk and row.action in INVERSE else None
    return None


def undo(issue: Issue, serial: int, *, by: User) -> Trail:
    """Take back the step with that serial, if it still is the newest. Raises MoveRefused."""
    with transaction.atomic():
        row = lock(issue)
        step = last_step(row, by)
        if step is None or step.serial != serial:
            raise MoveRefused(_("上一步之后又有了改动，不能再撤销。请看最新的次序。"))
        since = _newest(issue)
        INVERSE[step.action](row, step.data, by)
        leave_trail(row, "undo_step", by=by, data={"of": step.serial, "since": since})
    return step


def _newest(issue: Issue) -> int:
    rows = Trail.objects.of("issue", issue.pk).order_by("-serial")
    return rows.values_list("serial", flat=True)[0]


def _place_back(issue: Issue, data: dict[str, Any], by: User) -> None:
    if "from" not in data:
        raise MoveRefused(_("这一步太早了，记录里没有原来的位置。"))
    section, position = data["from"]
    target = Section.objects.filter(issue=issue, pk=section).first()
    if target is None:
        raise MoveRefused(_("原来的栏目已经删去。"))
    place_entry(_entry(issue, data), by=by, section=target, position=position)


def _put_back(issue: Issue, data: dict[str, Any], by: User) -> None:
    aside = Aside.objects.filter(issue=issue, pk=data.get("aside", 0)).first()
    if aside is None:
        raise MoveRefused(_("这一条已经另外编入了。"))
    restore(aside, by=by)


def _unwrite(issue: Issue, data: dict[str, Any], by: User) -> None:
    entry = _entry(issue, data)
    if entry.text != data["after"]:
        raise MoveRefused(_("这一条后来又改过，请直接改文字。"))
    edit_entry(entry, by=by, text=data["before"], version=entry.version)


def _entry(issue: Issue, data: dict[str, Any]) -> Entry:
    entry = Entry.objects.filter(issue=issue, pk=data["entry"]).first()
    if entry is None:
        raise EntryGone
    return entry


INVERSE: Final[dict[str, Callable[[Issue, dict[str, Any], User], None]]] = {
    "place_entry": _place_back,
    "drop_entry": _put_back,
    "merge_entries": _put_back,
    "carry_entry": _put_back,
    "edit_entry": _unwrite,
}
