"""What stands at the foot of every public page, as the centre writes it: one line each.

The rules for government sites (国办发〔2017〕47号) ask for who is responsible, how to reach
them, the site's code, both registrations and a map of the site; the map is the site's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

Pair = tuple[str, str]

MOST_LINES: Final = 16
LONGEST_LABEL: Final = 20
LONGEST_TEXT: Final = 200
# What a line may be called where the rules ask for it; the first name is the one to suggest.
ASKED: Final[tuple[tuple[str, ...], ...]] = (
    (gettext_noop("联系电话"), "咨询电话", "电话", "联系方式"),
    (gettext_noop("网站标识码"), "政府网站标识码"),
    (gettext_noop("ICP备案号"), "ICP备案", "ICP备案编号"),
    (gettext_noop("公安备案号"), "公安机关备案号", "公网安备号"),
)


class BadLine(ValueError):
    """Which line is wrong and how it is written right."""


def pairs_of(stored: Any) -> tuple[Pair, ...]:
    """As stored: a list of pairs, in its order. What is neither is passed over."""
    rows = stored.items() if isinstance(stored, dict) else stored or ()
    return tuple((str(row[0]), str(row[1])) for row in rows if len(row) == 2)  # noqa: PLR2004


def written(pairs: Sequence[Pair]) -> str:
    return "\n".join(f"{label}：{text}" for label, text in pairs)


def read(text: str) -> list[list[str]]:
    """The pairs of `名称：内容` lines, empty lines left out. Raises BadLine."""
    lines = [(place, line.strip()) for place, line in enumerate(text.splitlines(), 1)]
    found = [_pair(place, line) for place, line in lines if line]
    if len(found) > MOST_LINES:
        raise BadLine(_("页脚最多%s行，请删去几行。") % MOST_LINES)
    return found


def _pair(place: int, line: str) -> list[str]:
    label, mark, text = line.partition("：" if "：" in line else ":")
    label, text = label.strip(), text.strip()
    if not mark or not label or not text:
        raise BadLine(_("第%s行请写成“名称：内容”，例如“地址：清和路18号”。") % place)
    if len(label) > LONGEST_LABEL or len(text) > LONGEST_TEXT:
        words = {"place": place, "label": LONGEST_LABEL, "text": LONGEST_TEXT}
        raise BadLine(_("第%(place)s行太长：名称最多%(label)s字，内容最多%(text)s字。") % words)
    return [label, text]


def missing(pairs: Sequence[Pair]) -> Iterator[str]:
    """What the rules for government sites ask for and no line tells."""
    labels = {label for label, _text in pairs}
    yield from (names[0] for names in ASKED if labels.isdisjoint(names))
