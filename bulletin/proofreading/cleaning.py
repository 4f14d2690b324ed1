"""Text pasted from Word, WeChat or a PDF, made fit for print (`domain.md` 1.3).

`clean` is the one way in, for the importer and for the desk alike. It loses no
hanzi but those of page marks (第2页), it is idempotent, and it tells what it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bulletin.proofreading import characters, layout
from bulletin.proofreading import punctuation_width as width
from bulletin.proofreading.edits import Edit, apply

_SAMPLES: Final = 3
_CONTEXT: Final = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of repair: how often it was made, and up to three samples “before → after”."""

    kind: str
    label: str
    count: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cleaned:
    text: str
    changes: tuple[Change, ...] = ()

    @property
    def summary(self) -> str:
        """One line for the screen, empty when nothing was repaired."""
        return "；".join(f"{change.label} {change.count} 处" for change in self.changes)


@dataclass(frozen=True, slots=True)
class _Step:
    kind: str
    label: str
    find: Callable[[str], Iterable[Edit]]


_STEPS: Final = (
    _Step("breaks", "换行符统一", characters.line_breaks),
    _Step("invisible", "去掉看不见的字符", characters.invisible),
    _Step("spaces", "去掉多余空格", characters.blanks),
    _Step("digits", "全角字母数字改半角", characters.wide_letters),
    _Step("digits", "全角字母数字改半角", characters.wide_points),
    _Step("radicals", "部首字形改为汉字", characters.radicals),
    _Step("spaces", "去掉多余空格", layout.trim),
    _Step("page_marks", "去掉页码", layout.page_marks),
    _Step("list_marks", "去掉列表符号", layout.list_marks),
    _Step("joins", "接上断开的段落", layout.joins),
    _Step("blank_lines", "去掉多余空行", layout.page_breaks),
    _Step("brackets", "半角括号改全角", width.brackets),
    _Step("marks", "半角标点改全角", width.marks),
    _Step("marks", "半角标点改全角", width.full_stops),
    _Step("quotes", "直引号改弯引号", width.quotes),
    _Step("quotes", "直引号改弯引号", width.apostrophes),
    _Step("ellipses", "省略号改规范", width.ellipses),
    _Step("spaces", "去掉多余空格", width.spaces),
)


def clean(text: str) -> Cleaned:
    """The text with one paragraph a line (a blank line between paragraphs is kept as one)."""
    tally: dict[str, list[tuple[str, str]]] = {}
    before = None
    while before != text:  # one repair may lay another bare; each makes the text simpler
        before = text
        for step in _STEPS:
            text = _take(step, text, tally)
    labels = {step.kind: step.label for step in _STEPS}
    return Cleaned(text, tuple(_change(kind, labels[kind], tally[kind]) for kind in tally))


def _take(step: _Step, text: str, tally: dict[str, list[tuple[str, str]]]) -> str:
    edits = list(step.find(text))
    if edits:
        tally.setdefault(step.kind, []).extend(_sample(text, edit) for edit in edits)
    return apply(text, edits)


def _sample(text: str, edit: Edit) -> tuple[str, str]:
    left = text[max(edit.start - _CONTEXT, 0) : edit.start]
    right = text[edit.end : edit.end + _CONTEXT]
    return _shown(left + text[edit.start : edit.end] + right), _shown(left + edit.new + right)


def _shown(sample: str) -> str:
    return sample.replace("\f", "").replace("\n", "⏎")


def _change(kind: str, label: str, made: list[tuple[str, str]]) -> Change:
    samples = dict.fromkeys(f"{old} → {new}" for old, new in made)
    return Change(kind, label, len(made), tuple(samples)[:_SAMPLES])
