"""The searches that `benchmarks.archive --search` and `benchmarks.search` measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from django.db.models import Q

from bulletin.finding.asking import PAGE, Question, matching, search
from bulletin.finding.names import Directory, directory
from bulletin.finding.tallying import SETS, tally
from bulletin.folding import fold
from bulletin.models import Passage

# Rare, middling, and in nearly every paragraph.
_WORDS: Final = ("社保", "公积金", "企业综合服务中心", "窗口")
Search = Callable[[str, str, Directory], object]


def by_like(word: str, slug: str, names: Directory) -> object:
    """How many there are, and the newest twenty, as if there were no index of words."""
    rows = Passage.objects.public(slug).filter(folded__contains=fold(word))
    ordered = rows.order_by("-year", "-number", "rank", "place")
    return rows.count(), list(ordered[:PAGE])


def by_index(word: str, slug: str, names: Directory) -> object:
    """The same of the site's own search."""
    found = matching(Question(slug, (fold(word),)), names)
    return found.count(), found[:PAGE]


def page_by_like(word: str, slug: str, names: Directory) -> object:
    """A page of results with what every filter would leave, years, sections, departments and
    people, counted as the site counts them."""
    rows = Passage.objects.public(slug).filter(folded__contains=fold(word))
    ordered = rows.order_by("-year", "-number", "rank", "place")
    return tally(rows, **dict.fromkeys(SETS, Q())), list(ordered[:PAGE])


def page_by_index(word: str, slug: str, names: Directory) -> object:
    """The same as the site searches."""
    return search(Question(slug, (fold(word),)), names)


# Each way of the index, and the one of LIKE that it is held against.
WAYS: Final[dict[str, Search]] = {
    "LIKE": by_like,
    "index": by_index,
    "LIKE, all filters": page_by_like,
    "index, all filters": page_by_index,
}


def acts(slug: str, year: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """Each with its name; `year` is the newest that is filled."""
    names = directory(slug)
    for word in _WORDS:
        for way, search_for in WAYS.items():
            yield f"search {word}: {way}", partial(ask, search_for, word, slug, names)
    yield "search of a year, no word", partial(_browse, slug, year, names)


def ask(search_for: Search, word: str, slug: str, names: Directory) -> None:
    search_for(word, slug, names)


def _browse(slug: str, year: int, names: Directory) -> None:
    search(Question(slug, year=year), names)
