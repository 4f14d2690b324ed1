"""Text as search compares it: width, case, the shape of quotes and spaces do not matter.

What a reader types and what is printed are folded alike, so that a substring of one is
a substring of the other. Each folded character knows the one it came from, for marks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

# Marks that people type in other shapes than they are printed in.
_SHAPES: Final = str.maketrans("“”„‟‘’‚‛—–―‐−•・", "\"\"\"\"''''-----··")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def fold(text: str) -> str:
    return "".join(_folded(char) for char in text)


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    """One character: NFKC (half width for ，ＡＢ１), lower case; nothing for what is unseen."""
    wide = unicodedata.normalize("NFKC", char).translate(_SHAPES).casefold()
    return "".join(one for one in wide if unicodedata.category(one) not in _UNSEEN)


def places(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where the folded `words` stand in `text` as printed, (start, stop); overlaps are merged."""
    origins = [at for at, char in enumerate(text) for _one in _folded(char)]
    folded = fold(text)
    spans = sorted(span for word in words for span in _found(folded, word, origins))
    merged: list[tuple[int, int]] = []
    for start, stop in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(stop, merged[-1][1])
        else:
            merged.append((start, stop))
    return merged


def _found(folded: str, word: str, origins: list[int]) -> Iterator[tuple[int, int]]:
    at = folded.find(word) if word else -1
    while at >= 0:
        yield origins[at], origins[at + len(word) - 1] + 1
        at = folded.find(word, at + 1)


def grams(word: str) -> tuple[str, ...]:
    """Pairs that together cover a folded word of two characters or more: 公积金 → 公积, 积金."""
    if len(word) < 2:
        return tuple(word)
    last = len(word) - 2
    return tuple(word[at : at + 2] for at in [*range(0, last, 2), last])
