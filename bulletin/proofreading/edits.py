"""Changes to a text as values: where, and what stands there afterwards.

Cleaning and the automatic proofreading rules share these, so that what is
repaired on the way in and what is reported later can never drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

HANZI: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々"
_HANZI: Final = re.compile(f"[{HANZI}]")


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` becomes `new`; offsets count characters of the text before the change."""

    start: int
    end: int
    new: str


def is_hanzi(char: str) -> bool:
    return bool(_HANZI.match(char))


def has_hanzi(text: str) -> bool:
    return bool(_HANZI.search(text))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; they must be in order and must not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*parts, text[at:]))


def substitute(
    pattern: re.Pattern[str], text: str, new: str | Callable[[re.Match[str]], str]
) -> Iterator[Edit]:
    """An edit for every match that really changes; `new` is literal text or a function."""
    for match in pattern.finditer(text):
        replacement = new(match) if callable(new) else new
        if replacement != match[0]:
            yield Edit(match.start(), match.end(), replacement)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is not empty, with its offset."""
    at = 0
    for line in text.split("\n"):
        if line:
            yield at, line
        at += len(line) + 1
