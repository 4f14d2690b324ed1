"""What to ask where nothing was found: each of these questions has an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from .asking import MOST_WORDS, Question, matching
from .names import Directory


class Looser(NamedTuple):
    """A question and how many paragraphs answer it."""

    question: Question
    found: int


def looser(question: Question, directory: Directory) -> list[Looser]:
    """At most eight queries, for a page that would otherwise be empty."""
    asked = ((one, matching(one, directory).count()) for one in _wider(question))
    return [Looser(one, count) for one, count in asked if count]


def _wider(question: Question) -> Iterator[Question]:
    """Without the filters; with each of several words alone; with a long word taken apart."""
    everywhere = Question(question.slug, question.words, exact=question.exact)
    if question.words and everywhere != replace(question, page=1):
        yield everywhere
    words = question.words
    if len(words) > 1:
        yield from (replace(everywhere, words=(word,)) for word in words)
    elif words and (parts := _pairs(words[0])):
        yield replace(everywhere, words=parts)


def _pairs(word: str) -> tuple[str, ...]:
    """Most Chinese words have two characters: 社保转移进度 → 社保, 转移, 进度."""
    whole = len(word) // 2 * 2
    parts = [word[at : at + 2] for at in range(0, whole, 2)]
    if len(parts) < 2:
        return ()
    parts[-1] += word[whole:]
    return tuple(dict.fromkeys(parts)) if len(parts) <= MOST_WORDS else ()
