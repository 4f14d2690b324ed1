"""A printed paragraph cut for the screen: its date, its first sentence, its unbreakable runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bulletin.document import Item

_DATE: Final = re.compile(r"(?:\d{4}年)?(\d{1,2}月(?:\d{1,2}日)?)，")
_OPENING: Final = "“‘（《〈〔"
_CLOSING: Final = "”’）》〉〕"
_LONG: Final = 40
# A number stays on one line with 万 or 亿 and with what it counts; so does a date.
_RUN: Final = re.compile(
    r"(?:\d+年)?(?:\d+月)?\d+日|\d+年\d+月|\d+：\d+|\d+(?:\.\d+)?(?:[万亿])?(?:人（次）|[%％]|[㐀-鿿])?"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a paragraph, `keep` on one line; or, with `page`, where that page begins."""

    text: str = ""
    keep: bool = False
    page: int = 0


def date_and_rest(item: Item) -> tuple[str, str]:
    """What stands in the date column and the text without it: ("9月8日", "省政府…")."""
    found = _DATE.match(item.text)
    if not found or (item.date and found[1] != f"{item.date.month}月{item.date.day}日"):
        return "", item.text
    return found[1], item.text[found.end() :]


def headline(text: str) -> str:
    """What a paragraph tells, for a tab or a list of results: its first sentence without date
    and full stop, cut at a comma where it runs long."""
    found = _DATE.match(text)
    told = first_sentence(text[found.end() :] if found else text)[0].rstrip("。")
    if len(told) <= _LONG:
        return told
    cut = max(told.rfind(mark, 0, _LONG) for mark in "，；：、")
    return (told[:cut] if cut > 0 else told[:_LONG]) + "……"


def first_sentence(text: str) -> tuple[str, str]:
    """The text up to its first full stop outside quotes and brackets, and what follows."""
    depth = 0
    for place, char in enumerate(text, 1):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char in "。！？" and not depth:
            return text[:place], text[place:]
    return text, ""


def pieces(text: str, breaks: dict[int, int]) -> tuple[Piece, ...]:
    """`text` in pieces; `breaks` maps an offset in it to the page that begins there."""
    return tuple(_pieces(text, breaks))


def _pieces(text: str, breaks: dict[int, int]) -> Iterator[Piece]:
    at = 0
    for found in _RUN.finditer(text):
        yield from _plain(text, at, found.start(), breaks)
        for offset in range(found.start(), found.end()):
            if offset in breaks:
                yield Piece(page=breaks[offset])
        yield Piece(found[0], keep=True)
        at = found.end()
    yield from _plain(text, at, len(text), breaks)


def _plain(text: str, start: int, stop: int, breaks: dict[int, int]) -> Iterator[Piece]:
    for offset in sorted(offset for offset in breaks if start <= offset < stop):
        if offset > start:
            yield Piece(text[start:offset])
        yield Piece(page=breaks[offset])
        start = offset
    if start < stop:
        yield Piece(text[start:stop])
