"""Repairs of punctuation: full width beside hanzi (GB/T 15834 4.4.2, 4.8.2, 4.9.2, 4.11).

What stands in web addresses, times, ratios and numbers stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bulletin.proofreading.edits import HANZI, Edit, has_hanzi, is_hanzi, paragraphs, substitute

WIDE: Final = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_MARKS: Final = "，。、；：？！（）《》〈〉【】〔〕「」『』…—·"
_SKIPPED: Final = " \"'“”‘’()（）《》[]"
_REACH: Final = 12  # characters; keeps a text of nothing but brackets from taking forever
# At most 64 characters before an @ (RFC 5321, 4.5.3.1.1): of a long word the search would
# otherwise read the rest anew at every letter.
_PROTECTED: Final = re.compile(
    r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/#=&_-]|[\w.+-]{1,64}@[A-Za-z0-9.-]+[A-Za-z0-9]"
    r"|(?<=\d)[:,](?=\d)"
)
_HALF: Final = re.compile(r"[,:;?!]")
_BRACKET: Final = re.compile(r"[()（）\n]")
_WIDE_BRACKET: Final = {"(": "（", ")": "）"}
_HALF_STOP: Final = re.compile(rf"(?<=[{HANZI}”）])\.(?=\n|\Z)|｡")
_ELLIPSIS: Final = re.compile(r"\.{3,}|．{3,}|。{3,}|…+")
_QUOTE: Final = re.compile('["＂“”]')
_APOSTROPHE: Final = re.compile("['＇‘’]")
_SPACE: Final = re.compile(r"(?<=\S) +(?=\S)")


def marks(text: str) -> Iterator[Edit]:
    """2月7日, → 2月7日，: comma, colon, semicolon, question and exclamation marks."""
    protected = {at for match in _PROTECTED.finditer(text) for at in range(*match.span())}
    for match in _HALF.finditer(text):
        if match.start() not in protected and _among_hanzi(text, match.start(), match.end()):
            yield Edit(match.start(), match.end(), WIDE[match[0]])


def full_stops(text: str) -> Iterator[Edit]:
    return substitute(_HALF_STOP, text, "。")


def _among_hanzi(text: str, start: int, end: int) -> bool:
    """The nearest character on either side, quotes and brackets skipped, is a hanzi or its mark."""
    return _is_chinese(_nearest(text, start - 1, -1)) or _is_chinese(_nearest(text, end, 1))


def _nearest(text: str, at: int, step: int) -> str:
    end = at + step * _REACH
    while at != end and 0 <= at < len(text) and text[at] in _SKIPPED:
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _is_chinese(char: str) -> bool:
    return bool(char) and (is_hanzi(char) or char in _MARKS)


def brackets(text: str) -> Iterator[Edit]:
    """人(次) → 人（次）; a pair of two widths becomes one (4.9.2)."""
    protected = {at for match in _PROTECTED.finditer(text) for at in range(*match.span())}
    edits = [edit for pair in bracket_pairs(text) for edit in widened(text, pair)]
    yield from sorted((e for e in edits if e.start not in protected), key=lambda e: e.start)


def bracket_pairs(text: str) -> Iterator[tuple[int, ...]]:
    """Places of brackets that belong together, and of single ones; lines are not crossed."""
    waiting: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in "(（":
            waiting.append(match.start())
        elif match[0] == "\n":
            yield from ((at,) for at in waiting)
            waiting.clear()
        else:
            yield (waiting.pop(), match.start()) if waiting else (match.start(),)
    yield from ((at,) for at in waiting)


def widened(text: str, pair: tuple[int, ...]) -> Iterator[Edit]:
    """The edits that make a pair full-width; none where it stands among Latin words."""
    first, last = pair[0], pair[-1]
    inside = has_hanzi(text[first : last + 1])
    wide = any(text[at] in "（）" for at in pair)
    if inside or wide or _among_hanzi(text, first, last + 1):
        yield from (
            Edit(at, at + 1, _WIDE_BRACKET[text[at]]) for at in pair if text[at] in _WIDE_BRACKET
        )


def quotes(text: str) -> Iterator[Edit]:
    """Straight quotes take turns as “ and ” in each paragraph; curly ones keep the count."""
    for offset, line in paragraphs(text):
        if has_hanzi(line):
            yield from _turns(offset, line, _QUOTE, "“”")


def apostrophes(text: str) -> Iterator[Edit]:
    """Single straight quotes beside hanzi; apostrophes in Latin words stay."""
    for offset, line in paragraphs(text):
        places = [match.start() for match in _APOSTROPHE.finditer(line)]
        if any(line[at] in "'＇" and _touches_hanzi(line, at) for at in places):
            yield from _turns(offset, line, _APOSTROPHE, "‘’")


def _touches_hanzi(line: str, at: int) -> bool:
    return any(_is_chinese(char) for char in (*line[max(at - 1, 0) : at], *line[at + 1 : at + 2]))


def _turns(offset: int, line: str, pattern: re.Pattern[str], pair: str) -> Iterator[Edit]:
    inside = False
    for match in pattern.finditer(line):
        if match[0] in pair:
            inside = match[0] == pair[0]
        elif not _is_apostrophe(line, match):
            yield Edit(offset + match.start(), offset + match.end(), pair[inside])
            inside = not inside


def _is_apostrophe(line: str, match: re.Match[str]) -> bool:
    around = line[max(match.start() - 1, 0) : match.start()] + line[match.end() : match.end() + 1]
    return match[0] == "'" and len(around) == 2 and around.isascii() and around.isalnum()


def ellipses(text: str) -> Iterator[Edit]:
    """... 。。。 … → …… (two cells, six dots), where Chinese stands beside it."""
    for edit in substitute(_ELLIPSIS, text, "……"):
        points = text[edit.start] == "."
        if not points or _among_hanzi(text, edit.start, edit.end):
            yield edit


def spaces(text: str) -> Iterator[Edit]:
    """No space beside hanzi and their marks; one between Latin words and numbers."""
    yield from substitute(_SPACE, text, lambda match: _kept_space(text, match))


def _kept_space(text: str, match: re.Match[str]) -> str:
    around = (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
    if any(_is_chinese(char) for char in around) or all(char in "“”‘’" for char in around):
        return ""
    return "" if around[1] == "%" and around[0].isdigit() else " "
