"""What came back from outside, held against the issue paragraph by paragraph. Pure.

Nothing is decided here: a paragraph that was changed, moved, added or left out is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from bulletin.document import Line
from bulletin.proofreading.similarity import grams, likeness

Sort = Literal["changed", "moved", "added", "gone"]
ALIKE: Final = 0.3
"""From here on two texts are the same paragraph (Jaccard index of three-character pieces)."""
_SHORT: Final = 40
"""Characters; headings and the lines of the masthead."""
_LABEL: Final = re.compile(r"（[〇一二三四五六七八九十百]{1,5}）|[〇一二三四五六七八九十百]{1,5}、")


@dataclass(frozen=True, slots=True)
class Change:
    """`at` is the line of the document, None for one added; `moved` where it stands elsewhere.

    `after` is the line behind which an added paragraph stands, -1 at the beginning.
    """

    sort: Sort
    at: int | None
    old: str
    new: str
    moved: bool = False
    after: int = -1


def compare(lines: Sequence[Line], texts: Sequence[str]) -> list[Change]:
    """In reading order of the document; `texts` with their numbers or without."""
    bodies = [line.text if line.role == "imprint" else line.body for line in lines]
    found = [_plain(text) for text in texts]
    pairs = _pairs(bodies, found)
    kept = _in_order(pairs)
    changes = [
        Change("changed" if bodies[at] != found[to] else "moved", at, bodies[at], found[to], moved)
        for at, to in sorted(pairs.items())
        if (moved := at not in kept) or bodies[at] != found[to]
    ]
    changes += [Change("gone", at, bodies[at], "") for at in range(len(bodies)) if at not in pairs]
    by_text = {to: at for at, to in pairs.items()}
    last = -1
    for to, text in enumerate(found):
        last = by_text.get(to, last)
        if to not in by_text:
            changes.append(Change("added", None, "", text, after=last))
    return sorted(changes, key=lambda one: one.after + 0.5 if one.at is None else float(one.at))


def _plain(text: str) -> str:
    """Without the number, which follows from the place."""
    return _LABEL.sub("", text, count=1) if _LABEL.match(text) else text


def _pairs(bodies: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Line → text: what stands equal in order first, then what is equal, then what is alike."""
    pairs: dict[int, int] = {}
    for at, to, size in SequenceMatcher(None, bodies, found, autojunk=False).get_matching_blocks():
        pairs.update({at + step: to + step for step in range(size)})
    left, free = _rest(pairs, len(bodies), len(found))
    for at in left:
        same = next((to for to in free if found[to] == bodies[at]), None)
        if same is not None:
            pairs[at] = same
            free.remove(same)
    return pairs | _alike(pairs, bodies, found)


def _rest(pairs: dict[int, int], lines: int, texts: int) -> tuple[list[int], list[int]]:
    taken = set(pairs.values())
    free = [to for to in range(texts) if to not in taken]
    return [at for at in range(lines) if at not in pairs], free


def _alike(pairs: dict[int, int], bodies: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """The most alike first; short lines, which have few pieces, pair where they stand alone."""
    left, free = _rest(pairs, len(bodies), len(found))
    ours = {at: grams(bodies[at]) for at in left}
    theirs = {to: grams(found[to]) for to in free}
    scored = sorted(
        ((likeness(ours[at], theirs[to]), at, to) for at in left for to in free), reverse=True
    )
    more: dict[int, int] = {}
    for score, at, to in scored:
        if score >= ALIKE and at not in more and to not in more.values():
            more[at] = to
    for at in left:
        to = _between(at, pairs | more)
        alone = at not in more and to in free and to not in more.values()
        if alone and max(len(bodies[at]), len(found[to])) <= _SHORT:
            more[at] = to
    return more


def _between(at: int, pairs: dict[int, int]) -> int:
    """Where a line would stand if it follows the one before."""
    return pairs.get(at - 1, -1 if not at else -2) + 1


def _in_order(pairs: dict[int, int]) -> frozenset[int]:
    """The largest set of lines that kept their order: the others moved."""
    best: list[list[int]] = []
    for at in sorted(pairs):
        before = [run for run in best if pairs[run[-1]] < pairs[at]]
        best.append([*_longest(before), at])
    return frozenset(_longest(best))


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=lambda run: len(run), default=[])
