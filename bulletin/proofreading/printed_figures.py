"""Figures in the statistics paragraph, with the precision they are printed in.

The number of decimals tells how far a printed figure may be from the counted
one (`domain.md` 1.1.12): 3.79万件 stands for 37850 up to 37949.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bulletin.proofreading.parsed import Note, ParsedFigure

LABELS: Final[Mapping[str, str]] = {
    "省本级办理政务服务事项": "total_handled",
    "办理政务服务事项": "total_handled",
    "受理政务服务事项全程网办": "online_accepted",
    "全程网办受理": "online_accepted",
    "办结政务服务事项全程网办": "online_completed",
    "全程网办办结": "online_completed",
    "综合窗口受理政务服务事项": "counter_accepted",
    "综合窗口受理": "counter_accepted",
    "窗口出件量": "counter_issued",
    "窗口出件": "counter_issued",
    "政务大厅现场邮寄量": "mailed",
    "现场邮寄量": "mailed",
    "现场邮寄": "mailed",
    "电话咨询": "consult_phone",
    "现场咨询服务": "consult_onsite",
    "现场咨询": "consult_onsite",
    "预约服务": "appointment",
    "延时服务": "extended",
    "上门服务": "on_site",
    "绿色通道": "green_channel",
    "帮办代办": "agent",
    "日均接待": "visitors",
    "锦旗": "thanks",
}
_FIGURE: Final = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)(万|亿)?(人（次）|人次|件|次|条|个|份|项|家|面|封|天|%)"
)
_SCALES: Final = {None: 1, "万": 10**4, "亿": 10**8}
_STOPS: Final = re.compile(r"[，。；：、]")
_FILLERS: Final = "共约达为计数量"
_MONTHS: Final = re.compile(r"(?P<year>\d{4}年)?(?P<months>\d{1,2}(?:—\d{1,2})?)月")


@dataclass(frozen=True, slots=True)
class Narrative:
    """The figures of a paragraph, and the paragraph with {key} in their places, {m} and {y}
    for the months and the year it opens with; "" where braces in the text forbid a template."""

    figures: tuple[ParsedFigure, ...]
    template: str
    notes: tuple[Note, ...]


def read_narrative(
    text: str, months: str, where: str, labels: Mapping[str, str] = LABELS
) -> Narrative:
    """`months` is what the period prints, 2 or 1—2; `labels` maps printed phrases to keys."""
    figures: dict[str, ParsedFigure] = {}
    notes: list[Note] = []
    parts: list[str] = []
    at = 0
    for match in _FIGURE.finditer(text):
        figure = _figure(match, _label(text[at : match.start()], labels), labels)
        parts.append(text[at : match.start()])
        if figure and figure.key not in figures:
            figures[figure.key] = figure
            parts.append(f"{{{figure.key}}}")
        else:
            notes.append(_note(where, match[0], figure))
            parts.append(match[0])
        at = match.end()
    template = _with_months("".join((*parts, text[at:])), months)
    if "{" in text or "}" in text:
        notes.append(Note(where, text, "段落里有花括号，不能作为句式，请改用其他括号。"))
        template = ""
    return Narrative(tuple(figures.values()), template, tuple(notes))


def _label(before: str, labels: Mapping[str, str]) -> str:
    """The longest known phrase that leads to the number, in its clause or across its commas."""
    clause = _STOPS.split(before)[-1]
    for words in (clause, clause.rstrip(_FILLERS), _STOPS.sub("", before).rstrip(_FILLERS)):
        found = [phrase for phrase in labels if words.endswith(phrase)]
        if found:
            return max(found, key=len)
    return ""


def _figure(match: re.Match[str], label: str, labels: Mapping[str, str]) -> ParsedFigure | None:
    """None for an unknown label, and for a value that is no whole number of base units."""
    number, scale = Decimal(match[1]), _SCALES[match[2]]
    value, half = number * scale, _half_unit(match[1], scale)
    if not label or value != int(value) or half != int(half):
        return None
    return ParsedFigure(
        key=labels[label],
        label=label,
        printed=match[0],
        unit=(match[2] or "") + match[3],
        base_unit=match[3].replace("（", "").replace("）", ""),
        scale=scale,
        decimals=_decimals(match[1]),
        value=int(value),
        low=int(value - half),
        high=int(value + half),
    )


def _half_unit(number: str, scale: int) -> Decimal:
    """Half of the last printed place, in base units; 0 where the figure is printed in full."""
    return Decimal(0) if scale == 1 else Decimal(scale) / 10 ** _decimals(number) / 2


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _note(where: str, printed: str, figure: ParsedFigure | None) -> Note:
    reason = (
        f"同一段里“{figure.label}”出现了两次，只取了第一个。"
        if figure
        else "不知道这个数字对应哪项指标，照原样留在段落里，没有记入数据。"
    )
    return Note(where, printed, reason)


def _with_months(template: str, months: str) -> str:
    opening = _MONTHS.match(template)
    if not opening or opening["months"] != months:
        return template
    return ("{y}年" if opening["year"] else "") + "{m}月" + template[opening.end() :]
