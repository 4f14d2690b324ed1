"""Repairs of lines: page marks, list marks, and paragraphs torn apart at line and page ends.

A page end is kept as \\f between these steps, because what stands on both
sides of it belongs together more often than what a blank line parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bulletin.proofreading.edits import Edit, paragraphs, substitute

ORDINAL: Final = "一二三四五六七八九十百零〇"
_EDGES: Final = re.compile(r"^ +| +(?=\n|\f|\Z)|(?<=\f) +", re.M)
_PAGE_MARK: Final = re.compile(
    r"(?:^|(?<=\f))(?:[-—–－―─]+ *\d{1,4} *[-—–－―─]+"
    r"|第 *\d{1,4} *页(?: *[,，/／]? *共 *\d{1,4} *页)?"
    r"|Page \d{1,4}(?: of \d{1,4})?|\d{1,4}(?=\n*\f))(?=\n|\f|\Z)",
    re.M,
)
_LIST_MARK: Final = re.compile(
    r"(?:^|(?<=\f))(?:(?:[-*+–] +|[•●▪■◆➢✓] *|· +|[\ue000-\uf8ff] *)(?=\S))+", re.M
)
_GAP: Final = re.compile(r"[\n\f]+")
_WIDE_GAP: Final = re.compile(r"\A[\n\f]+|[\n\f]+\Z|[\n\f]{2,}|\f")
_HEADING: Final = re.compile(f"[{ORDINAL}]+[、.．]")
_STARTS: Final = re.compile(
    rf"[{ORDINAL}]+、|[（(](?:[{ORDINAL}]+|\d+)[)）]|\d+[.．、](?!\d)|[①-⑳]|[报送发抄主][送报]?[:：]"
    r"|附件|第[一二三四五六七八九十\d]+[章条节期]|\d{4}年\d{1,2}月\d{1,2}日(?:[\n\f]|\Z)|[-*+] "
)
_ENDS: Final = re.compile(r"[。！？：!?:…；;][”’\"'）)》]*\Z")
_HARD_END: Final = re.compile(r"[。！？：!?:…][”’\"'）)》]*\Z")
_STOPS: Final = re.compile(r"[，。；！？、,;!?]")
_HEADING_STOPS: Final = re.compile(r"[。；;]")
_FULL_LINE: Final = 26  # of 28 cells (GB/T 9704 5.2.3)
_PARTED_LINE: Final = 20


def trim(text: str) -> Iterator[Edit]:
    """Spaces at the edges of lines: indents and what stands before a line break."""
    return substitute(_EDGES, text, "")


def page_marks(text: str) -> Iterator[Edit]:
    r"""-2 -, — 4 —, 第2页: the mark goes and a page break (\f) stays."""
    return substitute(_PAGE_MARK, text, "\f")


def list_marks(text: str) -> Iterator[Edit]:
    return substitute(_LIST_MARK, text, "")


def joins(text: str) -> Iterator[Edit]:
    """Line breaks inside one paragraph. Latin words that meet there get a space."""
    start = 0
    for gap in _GAP.finditer(text):
        before, after = _abridged(text, start, gap.start()), text[gap.end() : gap.end() + 24]
        if not before or not after:
            start = gap.end()
        elif _continues(before, after, gap[0]):
            latin = before[-1].isascii() and before[-1].isalpha() and after[0].isascii()
            yield Edit(gap.start(), gap.end(), " " if latin and after[0].isalnum() else "")
        else:
            start = gap.end()


def _abridged(text: str, start: int, end: int) -> str:
    """Enough of a paragraph to judge it: a long text must not be read again at every line."""
    middle = start + 2 * _FULL_LINE
    return text[start:end] if end < middle else text[start : middle - 20] + text[end - 20 : end]


def _continues(before: str, after: str, gap: str) -> bool:
    """Whether `after` goes on with the paragraph `before`; `gap` is what parts them."""
    if _STARTS.match(after) or not _is_running(before):
        return False
    parted = "\n\n" in gap and "\f" not in gap
    if parted and (before[-1] in '”"' or len(before) < _PARTED_LINE):
        return False
    return not (_HARD_END if parted or "\f" in gap else _ENDS).search(before)


def _is_running(before: str) -> bool:
    """Running text, not a title: it has a stop inside, or fills a printed line."""
    stops = _HEADING_STOPS if _HEADING.match(before) else _STOPS
    return len(before) >= _FULL_LINE or bool(stops.search(before))


def page_breaks(text: str) -> Iterator[Edit]:
    """What is left between paragraphs: at most one blank line, none at the ends."""
    for edit in substitute(_WIDE_GAP, text, "\n\n"):
        edge = edit.start == 0 or edit.end == len(text)
        yield Edit(edit.start, edit.end, "") if edge else edit


def lines(text: str) -> tuple[str, ...]:
    """The paragraphs of a cleaned text."""
    return tuple(line for _, line in paragraphs(text))
