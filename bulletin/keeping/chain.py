"""A centre's trail walked from its first row: what was changed behind the program's back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bulletin.models import ChainHead, Edition, Trail
from windows.models import Centre


@dataclass(frozen=True, slots=True)
class Break:
    """The first row that is not as it was written, by its serial number, and what is wrong."""

    serial: int
    reason: str


def first_break(centre: Centre) -> Break | None:
    """None for a sound chain. Rows added meanwhile are left for the next walk.

    The head's count finds a tail that was cut off. Head and tail cut together are found by the
    anchors that published editions keep, and that went out with the mails to their readers.
    """
    anchors = _anchors(centre)  # before the head, which moves on meanwhile
    head = ChainHead.objects.filter(centre=centre).first()
    count = head.count if head else 0
    serial, digest = 0, ""
    rows = Trail.objects.filter(centre=centre, serial__lte=count).order_by("serial")
    for row in rows.iterator(chunk_size=1000):
        if reason := _wrong(row, serial + 1, digest):
            return Break(serial + 1, reason)
        serial, digest = row.serial, row.digest
        anchor = anchors.pop(serial, None)
        if anchor and anchor.trail_digest != digest:
            return Break(serial, _("与%(what)s发布时记下的指纹不符。") % {"what": anchor})
    if serial < count:
        return Break(serial + 1, _("不见了，末尾少%(n)s条。") % {"n": count - serial})
    if anchors:
        last = anchors[max(anchors)]
        words = {"what": last, "n": (last.trail_count or 0) - serial}
        return Break(serial + 1, _("不见了：%(what)s发布时记下的末尾%(n)s条没有了。") % words)
    if head and digest != head.digest:
        return Break(serial, _("最后一条与链头的指纹不符。"))
    return _beyond(centre)


def _anchors(centre: Centre) -> dict[int, Edition]:
    """Serial → the edition that was published when that was the last row."""
    rows = Edition.objects.filter(issue__publication__centre=centre, trail_count__isnull=False)
    related = rows.select_related("issue__publication").defer("content")
    return {edition.trail_count or 0: edition for edition in related}


def _wrong(row: Trail, serial: int, digest: str) -> str:
    if row.serial != serial:
        return _("不见了，后面接的是第%(next)s条。") % {"next": row.serial}
    if row.previous != digest:
        stands = Trail.objects.filter(centre=row.centre_id, digest=row.previous).exists()
        return _("次序被调换。") if stands else _("接不上前一条：前一条被换过或删去。")
    return "" if row.compute_digest() == row.digest else _("内容被改过。")


def _beyond(centre: Centre) -> Break | None:
    """Rows past the head, counted before the head is read: both are always written together."""
    last = Trail.objects.filter(centre=centre).order_by("-serial").first()
    head = ChainHead.objects.filter(centre=centre).first()
    if last and last.serial > (head.count if head else 0):
        return Break(last.serial, _("链头没有记下这一条。"))
    return None
