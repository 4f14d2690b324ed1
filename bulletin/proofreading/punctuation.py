"""Rules of punctuation: width, pairs, clashes, connectors, what cannot be seen.

Numbers in the functions' docstrings are rows of `domain.md` section 2; clauses are
those of GB/T 15834-2011 unless another standard is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bulletin.proofreading import characters
from bulletin.proofreading import punctuation_width as width
from bulletin.proofreading.ordinals import CHARS
from bulletin.proofreading.problems import Context, Finding, from_edits, from_matches

_CLOSERS: Final = {"”": "“", "’": "‘", "）": "（", "》": "《", "〉": "〈", "〕": "〔", "】": "【"}
_OPENERS: Final = {opener: closer for closer, opener in _CLOSERS.items()}
_PAIRED: Final = re.compile("[" + "".join((*_CLOSERS, *_OPENERS)) + "]")
_LIST_NUMBER: Final = re.compile(r"(?:^|[\n。；：])(?:\d{1,2}|[A-Za-z])$")
_INNER: Final = {"“": ("‘", "’"), "《": ("〈", "〉")}
_ORDINAL_MARK: Final = re.compile(rf"^(（(?:[{CHARS}]+|\d+)）)[、，．.：]", re.M)
_CLASH: Final = re.compile("[，。、；：？！]{2,}")
_LEGAL_CLASH: Final = re.compile("[？！]+|。{3,}")
_STRENGTH: Final = "？！。；：，、"
_WITH_DOTS: Final = re.compile("等(?:等)?……|……等(?:等)?")
_PERCENT_RANGE: Final = re.compile(
    r"(\d+(?:\.\d+)?(%|万|亿)?)[-—–~](\d+(?:\.\d+)?(?:%|万|亿|[个件家项次人天名条份]))"
)
_DATE_RANGE: Final = re.compile(
    r"((?:\d{1,2}月)?\d{1,2}日|\d{4}年|\d{1,2}月|(?<![\d日])\d{1,2})[-–~]"
    r"((?:\d{1,2}月)?\d{1,2}日|\d{4}年|\d{1,2}月(?!\d))"
)
_UNREADABLE: Final = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
_STRAY: Final = re.compile("[\v\f\x85\u2028\u2029]")


def half_width(text: str, context: Context) -> Iterator[Finding]:
    """Rule 1 (4.4.2)."""
    return from_edits(text, width.marks(text), "半角“{old}”请改为全角“{new}”。")


def half_brackets(text: str, context: Context) -> Iterator[Finding]:
    """Rule 2 (4.9.2)."""
    for pair in width.bracket_pairs(text):
        if len({text[at] in "()" for at in pair}) == 1:
            yield from from_edits(text, width.widened(text, pair), "半角括号请改为全角“{new}”。")


def mixed_brackets(text: str, context: Context) -> Iterator[Finding]:
    """Rule 3 (4.9.2)."""
    for pair in width.bracket_pairs(text):
        if len({text[at] in "()" for at in pair}) == 2:
            message = "一对括号一全一半，请都用全角“{new}”。"
            yield from from_edits(text, width.widened(text, pair), message)


def straight_quotes(text: str, context: Context) -> Iterator[Finding]:
    """Rule 4 (4.8.2)."""
    message = "直引号请改为弯引号“{new}”。"
    yield from from_edits(text, width.quotes(text), message)
    yield from from_edits(text, width.apostrophes(text), message)


def unpaired(text: str, context: Context) -> Iterator[Finding]:
    """Rule 5 (4.8, 4.9, 4.15): over the whole item, lines are crossed."""
    single = {at for pair in paired(text) if len(pair) == 1 for at in pair}
    for at in sorted(single):
        other = _CLOSERS.get(text[at]) or _OPENERS[text[at]]
        yield Finding(at, at + 1, f"“{text[at]}”没有配对，请补上“{other}”或删去。")


def paired(text: str) -> Iterator[tuple[int, ...]]:
    """Places of marks that belong together, and of single ones (a 1-tuple)."""
    waiting: list[int] = []
    for match in _PAIRED.finditer(text):
        at, opener = match.start(), _CLOSERS.get(match[0])
        if opener is None:
            waiting.append(at)
        elif any(text[place] == opener for place in waiting):
            while text[waiting[-1]] != opener:
                yield (waiting.pop(),)
            yield (waiting.pop(), at)
        elif not _is_free(text, at):
            yield (at,)
    yield from ((at,) for at in waiting)


def _is_free(text: str, at: int) -> bool:
    """The bracket of 1） and the apostrophe of it’s need no partner."""
    if text[at] == "）":
        return bool(_LIST_NUMBER.search(text[max(at - 4, 0) : at]))
    return text[at] == "’" and text[at - 1 : at].isascii() and text[at - 1 : at].isalpha()


def same_nesting(text: str, context: Context) -> Iterator[Finding]:
    """Rule 6 (4.8.3.4, 4.15.3.5)."""
    pairs = [pair for pair in paired(text) if len(pair) == 2 and text[pair[0]] in _INNER]
    for start, end in pairs:
        shape = text[start]
        if any(text[a] == shape and a < start and end < b for a, b in pairs):
            left, right = _INNER[shape]
            message = f"引号或书名号里面再用时，里层请用“{left}{right}”。"
            yield Finding(start, end + 1, message, left + text[start + 1 : end] + right)


def mark_after_ordinal(text: str, context: Context) -> Iterator[Finding]:
    """Rule 8 (B.3.4)."""
    message = "带括号的序号后面不加标点，请改为“{new}”。"
    return from_matches(text, _ORDINAL_MARK, message, lambda match: match[1])


def clashing_marks(text: str, context: Context) -> Iterator[Finding]:
    """Rule 10: ，， 。， 、。 — the strongest mark stays."""
    for match in _CLASH.finditer(text):
        if not _LEGAL_CLASH.fullmatch(match[0]):
            kept = min(match[0], key=_STRENGTH.index)
            message = f"标点“{match[0]}”重复，请只留“{kept}”。"
            yield Finding(match.start(), match.end(), message, kept)


def ellipsis(text: str, context: Context) -> Iterator[Finding]:
    """Rule 11 (4.11, A.9.2)."""
    yield from from_edits(text, width.ellipses(text), "省略号请用“……”。")
    for match in _WITH_DOTS.finditer(text):
        message = "“等”和省略号意思重复，请只用一个。"
        yield Finding(match.start(), match.end(), message, match[0].replace("……", ""), auto=False)


def connectors(text: str, context: Context) -> Iterator[Finding]:
    """Rule 12 (4.13; GB/T 15835 5.1.3): ～ between quantities, — between times."""
    message = "数值起止请用“～”：{new}。"
    yield from from_matches(text, _PERCENT_RANGE, message, lambda m: f"{m[1]}～{m[3]}")
    message = "时间起止请用“—”：{new}。"
    yield from from_matches(text, _DATE_RANGE, message, lambda m: f"{m[1]}—{m[2]}")


def wide_digits(text: str, context: Context) -> Iterator[Finding]:
    """Rule 13 (GB/T 15835 5.1.7)."""
    message = "全角“{old}”请改为半角“{new}”。"
    yield from from_edits(text, characters.wide_letters(text), message)
    yield from from_edits(text, characters.wide_points(text), message)


def stray_spaces(text: str, context: Context) -> Iterator[Finding]:
    """Rule 14: print has no spaces beside hanzi."""
    plain = characters.BLANKS.sub(" ", text)
    yield from from_edits(plain, width.spaces(plain), "这里的空格请删去。")


def unseen(text: str, context: Context) -> Iterator[Finding]:
    """Rule 15. What stands for a lost character cannot be repaired automatically."""
    yield from from_edits(text, characters.invisible(text), "这里有看不见的字符，请删去。")
    yield from from_matches(text, _STRAY, "这里有看不见的控制字符，请删去。", lambda match: "")
    message = "这里有无法显示的字符，多半是转换时丢了字，请对照原文补上。"
    yield from from_matches(text, _UNREADABLE, message)
