"""The text of a printed issue → its parts.

What cannot be told apart stays in the text where it stood and is reported in
`ParsedIssue.notes`; nothing is dropped (`domain.md` 1.1, 1.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bulletin.proofreading.cleaning import clean
from bulletin.proofreading.layout import lines
from bulletin.proofreading.masthead import Masthead, read_masthead, read_period
from bulletin.proofreading.ordinals import CHARS, ordinal
from bulletin.proofreading.parsed import (
    Kind,
    Note,
    ParsedImprint,
    ParsedIssue,
    ParsedItem,
    ParsedPeriod,
    ParsedSection,
    ParseError,
)
from bulletin.proofreading.printed_dates import Opening, opening
from bulletin.proofreading.printed_figures import LABELS, read_narrative
from bulletin.proofreading.printed_visits import read_visit

_HEADING: Final = re.compile(rf"([{CHARS}]+)、([^。；，：！？]{{1,40}})")
_ITEM: Final = re.compile(rf"（([{CHARS}]+)）(.*)", re.S)
_IMPRINT: Final = re.compile(r"(报|送|发|抄报|抄送|分送|主送)：(.+)", re.S)
_IMPRINT_NEXT: Final = re.compile(r"([\u4e00-\u9fff]{1,6})：(.+)", re.S)
_KEYS: Final = {
    "总体运行": "overview",
    "运行情况": "overview",
    "政务工作动态": "politics",
    "政务动态": "politics",
    "重点工作": "key_work",
    "窗口资讯": "window_news",
    "进大厅": "leader_visits",
}
_ADOPTED: Final = "这一段没有编号，已接在上一条之后，请核对。"


@dataclass(slots=True)
class _Raw:
    """A section while it is being read: its heading and its paragraphs."""

    label: str
    heading: str
    paragraphs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every paragraph is read with."""

    period: ParsedPeriod
    departments: tuple[str, ...]
    labels: Mapping[str, str]
    notes: list[Note]


def parse_issue(
    text: str,
    *,
    departments: Iterable[str] = (),
    labels: Mapping[str, str] = LABELS,
) -> ParsedIssue:
    """The issue that a printed text tells; the text is cleaned first.

    `departments` are known short names, in any order; `labels` maps printed phrases to
    indicator keys. Raises ParseError when there is no number or no heading to be found.
    """
    paragraphs = lines(clean(text).text)
    front, raws, tail = _divided(paragraphs)
    head = read_masthead(front)
    _refuse_other_texts(paragraphs, head, raws)
    period = read_period(raws[0].heading, head)
    raws[0].paragraphs[:0] = head.rest
    known = tuple(sorted({name for name in departments if name}, key=len, reverse=True))
    reader = _Reader(period, known, labels, head.notes)
    sections = tuple(_section(order, raw, reader) for order, raw in enumerate(raws, 1))
    return ParsedIssue(
        head.title,
        head.number,
        head.number_to,
        head.issuer,
        head.issued_on,
        period,
        sections,
        _imprint(tail, reader),
        tuple(head.notes),
    )


def _refuse_other_texts(paragraphs: Sequence[str], head: Masthead, raws: Sequence[_Raw]) -> None:
    if not paragraphs:
        raise ParseError("文件是空的，没有可以导入的文字。请打开看看内容是否已保存。")
    missing = []
    if not head.number:
        missing.append("期号（刊头里像“第2期”的一行）")
    if not raws:
        missing.append("栏目标题（像“一、2025年2月总体运行情况”的一行）")
    if missing:
        raise ParseError(f"这不像一期月报：没有找到{'，也没有找到'.join(missing)}。请导入全文。")


def _divided(paragraphs: Sequence[str]) -> tuple[list[str], list[_Raw], list[str]]:
    """Masthead lines, sections, imprint lines; the imprint follows the last section."""
    headings = [_HEADING.fullmatch(paragraph) for paragraph in paragraphs]
    last = max((at for at, match in enumerate(headings) if match), default=len(paragraphs))
    front: list[str] = []
    raws: list[_Raw] = []
    tail: list[str] = []
    for at, (paragraph, match) in enumerate(zip(paragraphs, headings, strict=True)):
        if match:
            raws.append(_Raw(match[1], match[2]))
        elif at > last and (tail or _IMPRINT.fullmatch(paragraph)):
            tail.append(paragraph)
        else:
            (raws[-1].paragraphs if raws else front).append(paragraph)
    return front, raws, tail


def _imprint(tail: Sequence[str], reader: _Reader) -> tuple[ParsedImprint, ...]:
    """报：, 送：, 发： and labelled lines after them; others go on with the line before."""
    found: list[ParsedImprint] = []
    for line in tail:
        match = _IMPRINT.fullmatch(line) or _IMPRINT_NEXT.fullmatch(line)
        if match:
            found.append(ParsedImprint(match[1], match[2]))
        else:
            found[-1] = ParsedImprint(found[-1].label, found[-1].text + line)
            reader.notes.append(
                Note("版记", line, "版记里认不出的一行，已接在上一行之后，请核对。")
            )
    return tuple(found)


def _section(order: int, raw: _Raw, reader: _Reader) -> ParsedSection:
    key = next((key for words, key in _KEYS.items() if words in raw.heading), f"section-{order}")
    numbered = any(_ITEM.fullmatch(paragraph) for paragraph in raw.paragraphs)
    if ordinal(raw.label) != order:
        reader.notes.append(Note(raw.label, raw.heading, f"栏目序号不连续，已改为第{order}部分。"))
    if not raw.paragraphs:
        reader.notes.append(Note(raw.label, raw.heading, "这一部分没有内容，请核对是否漏了。"))
    if numbered:
        pairs = _numbered(raw, reader)
        items = tuple(_item(raw.label, label, text, key, reader) for label, text in pairs)
    else:
        items = tuple(_narrative(raw.label, text, reader) for text in raw.paragraphs)
    return ParsedSection(order, raw.label, key, raw.heading, numbered, items)


def _numbered(raw: _Raw, reader: _Reader) -> list[tuple[str, str]]:
    """(number, text) of each item; a paragraph without number goes on with the one before."""
    pairs: list[tuple[str, str]] = []
    for paragraph in raw.paragraphs:
        match = _ITEM.fullmatch(paragraph)
        if match:
            _check_order(raw.label, match[1], len(pairs) + 1, match[2], reader)
            pairs.append((match[1], match[2]))
        elif pairs:
            pairs[-1] = (pairs[-1][0], pairs[-1][1] + paragraph)
            reader.notes.append(Note(f"{raw.label}（{pairs[-1][0]}）", paragraph, _ADOPTED))
        else:
            pairs.append(("", paragraph))
            reader.notes.append(Note(raw.label, paragraph, "这一段没有编号，已单独成条，请核对。"))
    return pairs


def _check_order(section: str, label: str, place: int, text: str, reader: _Reader) -> None:
    if ordinal(label) != place:
        reason = f"编号不连续（这里应是第{place}条），排印时会重新编号，请核对有无缺漏。"
        reader.notes.append(Note(f"{section}（{label}）", text, reason))


def _narrative(section: str, text: str, reader: _Reader) -> ParsedItem:
    read = read_narrative(text, reader.period.months, section, reader.labels)
    reader.notes.extend(read.notes)
    start = opening(text, reader.period)
    return ParsedItem(
        text=text,
        kind="narrative" if read.figures else "news",
        date=start.date,
        month=start.month,
        figures=read.figures,
        template=read.template if read.figures else "",
    )


def _item(section: str, label: str, text: str, key: str, reader: _Reader) -> ParsedItem:
    where = f"{section}（{label}）" if label else section
    start = opening(text, reader.period)
    if start.wrong:
        reason = f"日期“{start.wrong}”不存在，文字照原样保留，日期留空，请改正。"
        reader.notes.append(Note(where, text[: start.end], reason))
    if key == "leader_visits":
        return _visit(where, label, text, start, reader)
    return ParsedItem(
        text=text,
        label=label,
        kind="progress" if key == "key_work" else "news",
        date=start.date,
        month=start.month,
        departments=_subjects(text[start.end :], reader.departments),
    )


def _visit(where: str, label: str, text: str, start: Opening, reader: _Reader) -> ParsedItem:
    visit = read_visit(text[start.end :], start.date, reader.departments)
    if visit is None:
        reason = "认不出来访领导的部门、职务或姓名，文字照原样保留，请到厅（局）长进大厅里补登。"
        reader.notes.append(Note(where, text, reason))
        subjects = _subjects(text[start.end :], reader.departments)
        return ParsedItem(text, label, "news", start.date, start.month, subjects)
    names = dict.fromkeys(visitor.department for visitor in visit.visitors)
    kind: Kind = "duty" if visit.kind == "duty" else "visit"
    return ParsedItem(text, label, kind, start.date, start.month, tuple(names), visit)


def _subjects(body: str, departments: Sequence[str]) -> tuple[str, ...]:
    """Known departments that the sentence begins with: one, or several of a joint item."""
    found: list[str] = []
    known = "|".join(map(re.escape, departments))
    pattern = re.compile(rf"({known})(?:窗口|行政审批处)?(?:、|和|与|会同|联合|，)?")
    at = 0
    while known and (match := pattern.match(body, at)):
        found.append(match[1])
        at = match.end()
    return tuple(dict.fromkeys(found))
