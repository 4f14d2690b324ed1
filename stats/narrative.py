"""The opening paragraph, from (month, totals, template); and back again.

A template is plain text with figures in braces: `{m}` the month number (2, or 1—2 in a
combined issue), `{y}` the year, `{online_accepted}` a figure, `{online_accepted:环比}`,
`{online_accepted:同比}`, `{online_accepted:累计}` its change or cumulative total,
`{zero_business:名单}` the names of the windows without business.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stats.figures import Quantity, QuantityError, parse_quantity
from stats.intervals import Number
from stats.specs import IndicatorSpec, Totals, amount

FORMS: Final = {"": "", "环比": "上期", "同比": "上年同期", "累计": "累计"}
NAMES: Final = "名单"  # of the windows that an indicator of 无业务窗口 counts
NOBODY: Final = "无"
MAX_TEMPLATE: Final = 2000

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_PERIOD_WORDS: Final = ("m", "y")
# A figure as it may stand in a printed sentence, up to the next mark.
_FIGURE: Final = r"([0-9][0-9.,]*[万亿]?[^0-9\s.,，。、；：]{1,12}?)"


class TemplateError(ValueError):
    """The template cannot be used; `problems` are Chinese sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("".join(problems))
        self.problems = tuple(problems)


class MissingFigure(LookupError):  # noqa: N818 - named for what is missing
    """Figures the sentence needs are not there; `labels` name them in Chinese."""

    def __init__(self, labels: Sequence[str], keys: Sequence[str]) -> None:
        super().__init__(f"缺少数据：{'、'.join(labels)}。")
        self.labels = tuple(labels)
        self.keys = tuple(keys)


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] came from the figure `key`: as it is, or in the form 环比, 同比, 累计,
    名单, or 订正 (of an earlier month)."""

    start: int
    end: int
    key: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    spans: tuple[Span, ...]

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def followed_by(self, text: str, spans: Sequence[Span]) -> Sentence:
        """With more text behind it; `spans` count from its beginning."""
        length = len(self.text)
        moved = (replace(s, start=s.start + length, end=s.end + length) for s in spans)
        return Sentence(self.text + text, (*self.spans, *moved))


@dataclass(frozen=True, slots=True)
class _Figures:
    """Everything a placeholder may ask for."""

    specs: Mapping[str, IndicatorSpec]
    by_form: Mapping[str, Totals]
    idle: Sequence[str] = ()


def check_template(template: str, specs: Sequence[IndicatorSpec]) -> list[str]:
    """What is wrong with a template, all at once, in Chinese; empty when it can be used."""
    problems = []
    if len(template) > MAX_TEMPLATE:
        problems.append(f"模板太长，最多{MAX_TEMPLATE}个字符。")
    if set("{}") & set(_PLACEHOLDER.sub("", template)):
        problems.append("模板的花括号不成对。")
    by_key = {spec.key: spec for spec in specs}
    for match in _PLACEHOLDER.finditer(template):
        problems += _check_placeholder(match, by_key)
    return problems


def _check_placeholder(match: re.Match[str], specs: Mapping[str, IndicatorSpec]) -> list[str]:
    """Names the place: the template is long and its names look alike."""
    key, form = _split(match[1])
    if key in _PERIOD_WORDS and not form:
        return []
    said = f"模板第{match.start() + 1}字的“{match[0]}”"
    if key not in specs:
        return [f"{said}不是指标代码。"]
    if form == NAMES and specs[key].over_windows != "idle":
        return [f"{said}写法不对：只有计无业务窗口的指标有名单。"]
    if form not in {*FORMS, NAMES}:
        return [f"{said}写法不对：冒号后只能是环比、同比或累计。"]
    return []


def compose(
    template: str,
    specs: Sequence[IndicatorSpec],
    totals: Totals,
    months: str,
    *,
    year: int | None = None,
    previous: Totals | None = None,
    last_year: Totals | None = None,
    cumulative: Totals | None = None,
    idle: Sequence[str] = (),
) -> Sentence:
    """The sentence and where each figure stands in it. `months` is 2, 1—2 or 2月.

    `previous` serves 环比, `last_year` 同比, `cumulative` 累计, `idle` 名单.
    Raises TemplateError, and MissingFigure naming every absent figure at once.
    """
    problems = check_template(template, specs)
    if problems:
        raise TemplateError(problems)
    forms = {"": totals, "环比": previous, "同比": last_year, "累计": cumulative}
    by_form = {form: given or {} for form, given in forms.items()}
    figures = _Figures({spec.key: spec for spec in specs}, by_form, idle)
    _require(template, figures)
    words = {"m": months.removesuffix("月")} | ({} if year is None else {"y": str(year)})
    return _join(template, words, figures)


def _require(template: str, figures: _Figures) -> None:
    missing: dict[str, str] = {}
    for inner in _PLACEHOLDER.findall(template):
        key, form = _split(inner)
        if key not in _PERIOD_WORDS:
            missing |= {label: key for label in _missing(key, form, figures)}
    if missing:
        raise MissingFigure(list(missing), list(dict.fromkeys(missing.values())))


def _missing(key: str, form: str, figures: _Figures) -> Iterator[str]:
    label = figures.specs[key].label
    if form != "累计" and _number(key, "", figures) is None:
        yield label
    if form in figures.by_form and form and _number(key, form, figures) is None:
        yield f"{label}（{FORMS[form]}）"


def _number(key: str, form: str, figures: _Figures) -> Number | None:
    value = figures.by_form[form].get(key)
    return None if value is None else amount(figures.specs[key], value)


def _join(template: str, words: Mapping[str, str], figures: _Figures) -> Sentence:
    text, spans, place = "", [], 0
    for match in _PLACEHOLDER.finditer(template):
        text += template[place : match.start()]
        place = match.end()
        key, form = _split(match[1])
        if key in _PERIOD_WORDS:
            text += _period_word(key, words)
            continue
        start = len(text)
        text += _words(key, form, figures)
        spans.append(Span(start, len(text), key, form))
    return Sentence(text + template[place:], tuple(spans))


def _period_word(key: str, words: Mapping[str, str]) -> str:
    if key not in words:
        raise TemplateError(["模板用到了年份，但没有给出年份。"])
    return words[key]


def _words(key: str, form: str, figures: _Figures) -> str:
    spec = figures.specs[key]
    if form == NAMES:
        return "、".join(figures.idle) or NOBODY
    number = _given(key, "累计" if form == "累计" else "", figures)
    if form in {"", "累计"}:
        return form + spec.printed(number)
    return form + spec.changed(number, _given(key, form, figures))


def _given(key: str, form: str, figures: _Figures) -> Number:
    number = _number(key, form, figures)
    if number is None:
        raise MissingFigure([figures.specs[key].label], [key])
    return number


def _split(inner: str) -> tuple[str, str]:
    key, _, form = inner.strip().replace("：", ":").partition(":")
    return key.strip(), form.strip()


def read_sentence(template: str, text: str) -> dict[str, Quantity] | None:
    """The inverse of `compose`: key → printed figure, or None when the text is not of
    this template. Only plain figures are read; a template with changes reads nothing.
    """
    pattern, keys, place = "", [], 0
    for match in _PLACEHOLDER.finditer(template):
        key, form = _split(match[1])
        if form:
            return None
        pattern += re.escape(template[place : match.start()])
        pattern += r"[0-9]+(?:—[0-9]+)?" if key in _PERIOD_WORDS else _FIGURE
        keys += [] if key in _PERIOD_WORDS else [key]
        place = match.end()
    found = re.fullmatch(pattern + re.escape(template[place:]), text)
    if found is None:
        return None
    try:
        return {key: parse_quantity(words) for key, words in zip(keys, found.groups(), strict=True)}
    except QuantityError:
        return None


def altered(sentence: Sentence, edited: str) -> tuple[Span, ...]:
    """The figures a hand edit changed: their characters no longer stand as composed.

    A digit, point or sign put right before a figure changes it too (822 → 1822).
    """
    standing = {span for span, _place in _standing(sentence, edited)}
    return tuple(span for span in sentence.spans if span not in standing)


def located(sentence: Sentence, edited: str) -> tuple[Span, ...]:
    """The figures that stand as composed, where they stand in the edited text."""
    return tuple(
        replace(span, start=start, end=start + span.end - span.start)
        for span, start in _standing(sentence, edited)
    )


def _standing(sentence: Sentence, edited: str) -> Iterator[tuple[Span, int]]:
    matcher = difflib.SequenceMatcher(None, sentence.text, edited, autojunk=False)
    blocks = matcher.get_matching_blocks()
    for span in sentence.spans:
        start = _found(span, blocks, edited)
        if start is not None:
            yield span, start


def _found(span: Span, blocks: Sequence[difflib.Match], edited: str) -> int | None:
    for block in blocks:
        if block.a <= span.start and span.end <= block.a + block.size:
            start = span.start + block.b - block.a
            return None if start and edited[start - 1] in "0123456789.-−" else start
    return None


def said_otherwise(sentence: Sentence, span: Span, edited: str) -> str:
    """The same number in other words, where the figure stood: 37900件 for 3.79万件; or nothing.

    Exactly equal, or equal as far as the printed figure tells (domain.md 2, rules 34 and 37).
    """
    try:
        told = parse_quantity(sentence.words(span).removeprefix(span.form))
    except QuantityError:
        return ""
    taken = {place for s in located(sentence, edited) for place in range(s.start, s.end)}
    for match in re.finditer(_FIGURE + r"(?=[，。、；：]|$)", edited):
        if match.start() not in taken and _equal(match[1], told):
            return match[1]
    return ""


def _equal(words: str, told: Quantity) -> bool:
    try:
        found = parse_quantity(words)
    except QuantityError:
        return False
    same_unit = found.unit.strip("（）") == told.unit.strip("（）")
    return same_unit and found.interval.overlaps(told.interval)
