"""The equality gate: what every format says, drawn out again, against the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from django.utils.translation import gettext as _

from bulletin.document import IssueDocument, Line
from bulletin.marking import public_marks
from bulletin.renderers import FORMATS
from bulletin.renderers.extract import extract

_BEFORE: Final = 8
_AFTER: Final = 16
MOST: Final = 3
"""Differences told of each format; the first is the cause as a rule."""


@dataclass(frozen=True, slots=True)
class Unlike:
    """A paragraph that a format does not say as the document does."""

    format: str
    where: str
    wanted: str
    found: str

    @property
    def words(self) -> str:
        return _(
            "%(format)s与校样不一致：%(where)s，校样是“%(wanted)s”，%(format)s里是“%(found)s”。"
            "不能送签，请把这一期告诉系统管理员。"
        ) % {
            "format": self.format,
            "where": self.where,
            "wanted": self.wanted,
            "found": self.found,
        }


def unlike(document: IssueDocument) -> list[Unlike]:
    """Compares the very bytes that would be published. Raises ValueError beyond the limits."""
    lines = document.lines()
    marks = public_marks(document.digest)
    return [
        one
        for name, form in FORMATS.items()
        for one in compared(form.label, lines, extract(name, form.render(document, marks=marks)))
    ]


def compared(label: str, lines: Sequence[Line], found: Sequence[str]) -> list[Unlike]:
    return list(_compared(label, lines, found))[:MOST]


def _compared(label: str, lines: Sequence[Line], found: Sequence[str]) -> Iterator[Unlike]:
    for place, (line, text) in enumerate(zip_longest(lines, found)):
        wanted = line.text if line else ""
        if wanted != (text or "") or line is None or text is None:
            shown = _excerpts(wanted, text or "")
            yield Unlike(label, _("第%(n)s段") % {"n": place + 1}, *shown)


def _excerpts(wanted: str, found: str) -> tuple[str, str]:
    """Both texts round the first character that differs."""
    pairs = enumerate(zip(wanted, found, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(wanted), len(found)))
    start = max(0, at - _BEFORE)
    one, other = (
        f"{'…' if start else ''}{text[start : at + _AFTER]}{'…' if len(text) > at + _AFTER else ''}"
        for text in (wanted, found)
    )
    return one or _("（没有）"), other or _("（没有）")
