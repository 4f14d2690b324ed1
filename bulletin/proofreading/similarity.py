"""How alike two paragraphs are: Jaccard index of their three-character pieces.

Rule 42 of `domain.md`: in a clean issue no two items are more alike than 0.111.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
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


@lru_cache(maxsize=4096)
def grams(text: str) -> frozenset[str]:
    """All pieces of three characters; letters, digits and hanzi only."""
    plain = "".join(char for char in text if char.isalnum())
    return frozenset(plain[at : at + 3] for at in range(max(len(plain) - 2, 1)) if plain)


def similarity(one: str, other: str) -> float:
    return likeness(grams(one), grams(other))


def duplicates(texts: Sequence[str], earlier: Sequence[str] = ()) -> Iterator[Duplicate]:
    """Pairs of items from `WARN` upwards, within an issue and against earlier issues."""
    ours = [grams(text) for text in texts]
    every = [*ours, *(grams(text) for text in earlier)]
    for first, second in _candidates(every, len(ours)):
        if (score := likeness(every[first], every[second])) >= WARN:
            own = second < len(ours)
            yield Duplicate(first, second if own else second - len(ours), score, not own)


def _candidates(every: Sequence[frozenset[str]], ours: int) -> list[tuple[int, int]]:
    """Pairs that can reach `WARN`: among the rarest of their pieces they share one.

    Two sets of Jaccard index t share at least t of the larger one, so that when each names
    its pieces from the rarest to the most frequent, the first (1 - t) of both must meet.
    Frequent phrases of the house, which every item has, are looked at by nobody.
    """
    frequency = Counter(piece for pieces in every for piece in pieces)
    met: dict[str, list[int]] = defaultdict(list)
    pairs: set[tuple[int, int]] = set()
    for place, pieces in enumerate(every):
        rare = sorted(pieces, key=lambda piece: (frequency[piece], piece))
        for piece in rare[: len(rare) - ceil(WARN * len(rare)) + 1]:
            if frequency[piece] > 1:
                pairs.update((other, place) for other in met[piece] if other < ours)
                met[piece].append(place)
    return sorted(pairs)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Of two texts as `grams`, where one is compared with many."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
