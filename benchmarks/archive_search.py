"""The searches that `benchmarks.archive --search` and `benchmarks.search` measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from bulletin.finding.asking import PAGE, Question, matching, search
from bulletin.finding.names import Directory, directory
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


def whole_page(word: str, slug: str, names: Directory) -> object:
    """With what every filter would leave: years, sections, departments, people."""
    return search(Question(slug, (fold(word),)), names)


WAYS: Final[dict[str, Search]] = {
    "LIKE": by_like,
    "index": by_index,
    "index, all filters counted": whole_page,
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
