"""Times and lengths as the desk says them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.models import Scratch, Submission
from bulletin.proofreading.difference import Piece, differences

register = template.Library()

SHORT: Final = 140
LONG: Final = 260
CAP: Final = 300
_SLIP: Final = 120  # characters of a returned item shown with its reason
_QUOTED: Final = re.compile(r"[“「\"]([^”」\"]{1,40})[”」\"]")
_RULER: Final = 320  # characters the ruler shows
_WIDTH: Final = 640  # of its drawing


@register.filter
def moment(at: dt.datetime | None) -> str:
    """3月3日 16:20, in local time."""
    if at is None:
        return ""
    at = timezone.localtime(at)
    return f"{at.month}月{at.day}日 {at:%H:%M}"


@register.filter
def day(on: dt.date | None) -> str:
    return f"{on.month}月{on.day}日" if on else ""


@register.filter
def headline(row: Submission, length: int = 24) -> str:
    """What the window itself wrote; the editor's copy is nobody's business before it is out."""
    if row.kind == Submission.Kind.REPORT:
        return _("%(month)d月月度数据") % {"month": row.month}
    return excerpt(row.handed_in, length) or _("还没有内容")


@register.filter
def form_address(begun: Scratch) -> str:
    """Where a form that was begun goes on."""
    page = {"report": "desk:counts", "news": "desk:news", "visit": "desk:visit"}[begun.kind]
    return reverse(page, args=[begun.year, begun.month])


@register.filter
def excerpt(text: str, length: int = 24) -> str:
    return text if len(text) <= length else text[:length] + "……"


@register.filter
def asked_about(row: Submission, note: str | None) -> list[Piece]:
    """The words of a returned item, those the note quotes marked (as `ins`)."""
    text = headline(row, _SLIP)
    quotes = sorted(set(_QUOTED.findall(note or "")), key=len, reverse=True)
    if not quotes:
        return [Piece("same", text)]
    parts = re.split("(" + "|".join(map(re.escape, quotes)) + ")", text)
    return [Piece("ins" if part in quotes else "same", part) for part in parts if part]


@register.filter
def repaired(sample: str) -> list[Piece]:
    """A sample of the cleaning, its characters marked; ␣ and ↵ make the invisible visible."""
    before, _arrow, after = sample.partition(" → ")
    return [_seen(piece) for piece in differences(before, after)]


def _seen(piece: Piece) -> Piece:
    text = piece.text.replace("⏎", "↵")
    if piece.kind != "same":
        text = "".join("␣" if letter.isspace() else letter for letter in text)
    return Piece(piece.kind, text)


@register.inclusion_tag("desk/parts/length.html")
def length_of(printed: tuple[str, str]) -> dict[str, Any]:
    """How long the printed paragraph is beside what is usual; guidance, never a wall."""
    before, text = printed
    count = len(before) + len(text)
    return {
        "count": count,
        "before": len(before),
        "word": _word(count),
        "at": min(count, _RULER) * _WIDTH // _RULER,
        "short": SHORT,
        "long": LONG,
        "cap": CAP,
    }


def _word(count: int) -> str:
    if count < SHORT:
        return _("偏短")
    return _("正合适") if count <= LONG else _("偏长")
