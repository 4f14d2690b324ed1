"""How alike two paragraphs are: Jaccard index of their three-character pieces.

Rule 42 of `domain.md`: in a clean issue no two items are more alike than 0.111.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bulletin.proofreading.problems import Severity

WARN: Final = 0.35
BLOCK: Final = 0.85


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`texts[first]` is like `texts[second]`, or like `earlier[second]`; score 0 to 1."""

    first: int
    second: int
    score: float
    earlier: bool = False

    @property
    def severity(self) -> Severity:
        return "block" if self.score >= BLOCK and not self.earlier else "warn"


def grams(text: str) -> frozenset[str]:
    """All pieces of three characters; letters, digits and hanzi only."""
    plain = "".join(char for char in text if char.isalnum())
    return frozenset(plain[at : at + 3] for at in range(max(len(plain) - 2, 1)) if plain)


def similarity(one: str, other: str) -> float:
    return likeness(grams(one), grams(other))


def duplicates(texts: Sequence[str], earlier: Sequence[str] = ()) -> Iterator[Duplicate]:
    """Pairs of items from `WARN` upwards, within an issue and against earlier issues."""
    ours, theirs = [grams(text) for text in texts], [grams(text) for text in earlier]
    for first, pieces in enumerate(ours):
        for second in range(first + 1, len(ours)):
            if (score := likeness(pieces, ours[second])) >= WARN:
                yield Duplicate(first, second, score)
        for second, others in enumerate(theirs):
            if (score := likeness(pieces, others)) >= WARN:
                yield Duplicate(first, second, score, earlier=True)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Of two texts as `grams`, where one is compared with many."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
