"""What a search shows of a paragraph: whole sentences, the words looked for marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bulletin.folding import places

from .sentences import first_sentence

GAP: Final = "……"
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bit:
    text: str
    marked: bool = False


def excerpt(text: str, words: Iterable[str]) -> tuple[Bit, ...]:
    """The sentences that hold one of the folded words, a gap between those apart; the first
    sentence where none does."""
    marks = places(text, words)
    spans = list(_sentences(text))
    shown = [span for span in spans if any(_meet(span, mark) for mark in marks)] or spans[:1]
    return tuple(_bits(text, shown, marks))


def _sentences(text: str) -> Iterator[_Span]:
    at = 0
    while at < len(text):
        length = len(first_sentence(text[at:])[0])
        yield at, at + length
        at += length


def _meet(one: _Span, other: _Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _bits(text: str, shown: list[_Span], marks: list[_Span]) -> Iterator[Bit]:
    before = None
    for start, stop in shown:
        if before is not None and start != before:
            yield Bit(GAP)
        yield from _marked(text, start, stop, marks)
        before = stop


def _marked(text: str, start: int, stop: int, marks: list[_Span]) -> Iterator[Bit]:
    at = start
    for begin, end in marks:
        begin, end = max(begin, at), min(end, stop)
        if begin < end:
            if at < begin:
                yield Bit(text[at:begin])
            yield Bit(text[begin:end], True)
            at = end
    if at < stop:
        yield Bit(text[at:stop])
