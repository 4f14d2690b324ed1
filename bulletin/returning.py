"""A Word document edited outside comes back: offered change by change, never put over the issue.

A copy is compared with the issue as it stands now, at every look: what was accepted is no
change any more, and a paragraph edited here meanwhile is shown against its new text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.assembly import build_document, edit_entry, require_editor
from bulletin.document import Line
from bulletin.models import Entry, Issue, ReturnedCopy, Trail
from bulletin.moves import MoveRefused, leave_trail, lock
from bulletin.returned import Change, compare
from bulletin.uploads.copies import read_copy
from windows.models import User


@dataclass(frozen=True, slots=True)
class Offer:
    """One change. With an `entry` it can be accepted; `older` where the copy has a text that
    stood here before and was edited since; `key` names it as long as both texts stay."""

    change: Change
    where: str
    entry: Entry | None
    older: bool
    key: str

    @property
    def acceptable(self) -> bool:
        return self.entry is not None and self.change.sort == "changed"


def receive(issue: Issue, *, by: User, name: str, data: bytes) -> ReturnedCopy:
    """Keep the paragraphs of an uploaded document. Raises Refused, MoveRefused."""
    require_editor(issue, by)
    paragraphs = read_copy(data, name)
    with transaction.atomic():
        copy = ReturnedCopy.objects.create(
            issue=lock(issue),
            name=name[-100:],
            sha256=hashlib.sha256(data).hexdigest(),
            paragraphs=paragraphs,
            by=by,
        )
        leave_trail(issue, "receive_copy", by=by, data={"name": copy.name, "sha256": copy.sha256})
    return copy


def offers(copy: ReturnedCopy) -> list[Offer]:
    """What the copy says otherwise than the issue does now, less what was declined."""
    document = build_document(copy.issue)
    lines = document.lines()
    entries = _entries(copy.issue, lines)
    former = _former_texts(copy.issue)
    found = [_offer(change, lines, entries, former) for change in compare(lines, copy.paragraphs)]
    return [one for one in found if one.key not in copy.settled]


def accept(copy: ReturnedCopy, key: str, *, by: User, version: int) -> Entry:
    """Take over one changed paragraph. Raises StaleEdit, MoveRefused."""
    offer = _found(copy, key)
    if not offer.acceptable or offer.entry is None:
        raise MoveRefused(_("这一处不能直接采用，请在编排里改。"))
    return edit_entry(offer.entry, by=by, text=offer.change.new, version=version)


def decline(copy: ReturnedCopy, key: str, *, by: User) -> None:
    """Leave the issue as it is there; kept in the trail."""
    require_editor(copy.issue, by)
    offer = _found(copy, key)
    with transaction.atomic():
        row = ReturnedCopy.objects.select_for_update().get(pk=copy.pk)
        row.settled = [*row.settled, key]
        row.save(update_fields=["settled"])
        said = {"copy": row.pk, "where": offer.where, "text": offer.change.new[:200]}
        leave_trail(copy.issue, "decline_change", by=by, data=said)


def _found(copy: ReturnedCopy, key: str) -> Offer:
    for offer in offers(copy):
        if offer.key == key:
            return offer
    raise MoveRefused(_("这一处刚刚变了，请对照现在的文字再看。"))


def _entries(issue: Issue, lines: tuple[Line, ...]) -> dict[int, Entry]:
    """Line of the document → the entry printed there."""
    rows = issue.entries.select_related("section").order_by("section__position", "position")
    places = [at for at, line in enumerate(lines) if line.role in {"item", "paragraph"}]
    return dict(zip(places, rows, strict=False))


def _former_texts(issue: Issue) -> frozenset[str]:
    """Texts that an edit in this system replaced."""
    rows = Trail.objects.filter(subject="issue", subject_id=issue.pk, action="edit_entry")
    return frozenset(str(data.get("before", "")) for data in rows.values_list("data", flat=True))


def _offer(
    change: Change, lines: tuple[Line, ...], entries: dict[int, Entry], former: frozenset[str]
) -> Offer:
    entry = entries.get(change.at) if change.at is not None else None
    content = f"{change.sort}|{entry.pk if entry else change.at}|{change.old}|{change.new}"
    key = hashlib.sha256(content.encode()).hexdigest()[:16]
    return Offer(change, _where(change, lines), entry, change.new in former, key)


def _where(change: Change, lines: tuple[Line, ...]) -> str:
    """四（一）; for an added paragraph what it stands behind."""
    at = change.after if change.at is None else change.at
    if at < 0:
        return _("最前面")
    line = lines[at]
    names = {
        "title": _("刊名"),
        "number": _("期号"),
        "issuer": _("编印单位"),
        "date": _("印发日期"),
        "imprint": _("版记"),
    }
    name = names.get(line.role) or _place(lines, at)
    return _("%(where)s之后") % {"where": name} if change.at is None else name


def _place(lines: tuple[Line, ...], at: int) -> str:
    line = lines[at]
    if line.role == "heading":
        return _("%(label)s标题") % {"label": line.label}
    headings: Iterator[Line] = (one for one in reversed(lines[:at]) if one.role == "heading")
    section = next(headings, line).label.rstrip("、")
    return f"{section}{line.label or _('段落')}"
