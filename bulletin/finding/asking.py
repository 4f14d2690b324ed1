"""One search: which paragraphs hold the words, how many, and where they are.

Words parted by spaces must all stand in a paragraph, in any order; of a word and its
synonyms one is enough. Both databases give the same answer: no word is cut out, ranked
away or missed, whatever its length.

The words are looked up once, to count their paragraphs in every way that a page tells.
The paragraphs of a page are then read out of the few issues that the counts name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Final, TypeVar

from django.db.models import Count, Exists, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from bulletin.folding import fold
from bulletin.models import Passage, PassageName, Publication
from bulletin.models.passages import PassageQuerySet

from .names import Directory
from .results import Issue, Results
from .tallying import Tally, tally

Key = TypeVar("Key", int, str)

LONGEST: Final = 60
MOST_WORDS: Final = 6
PAGE: Final = 20
MOST_PAGES: Final = 500
DEPARTMENT: Final = PassageName.Kind.DEPARTMENT
PERSON: Final = PassageName.Kind.PERSON


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are folded; empty filters mean everything. `page` counts from 1.

    `text_only` leaves out mastheads, headings and imprints.
    """

    slug: str
    words: tuple[str, ...] = ()
    year: int | None = None
    section: str = ""
    department: str = ""
    person: str = ""
    exact: bool = False
    text_only: bool = False
    page: int = 1

    @classmethod
    def typed(cls, slug: str, text: str, **filters: Any) -> Question:
        return cls(slug, words_of(text), **filters)


@dataclass(frozen=True, slots=True)
class Found:
    """Counts of each filter are those it would leave, the other filters kept. `page` is the one
    asked for, or the last one there is."""

    total: int
    issues: int
    page: int
    passages: tuple[Passage, ...]
    words: tuple[str, ...]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    sections: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return pages_of(self.total)


def words_of(typed: str) -> tuple[str, ...]:
    """At most six different words of what a reader typed, folded; spaces part them."""
    return _words(typed[:LONGEST])[:MOST_WORDS]


def is_cut(typed: str) -> bool:
    """Whether more was typed than `words_of` looks for."""
    return len(typed) > LONGEST or len(_words(typed)) > MOST_WORDS


def _words(typed: str) -> tuple[str, ...]:
    words = map(fold, typed.split())
    return tuple(dict.fromkeys(word for word in words if word))


def pages_of(total: int) -> int:
    return min(MOST_PAGES, -(-total // PAGE))


def search(question: Question, directory: Directory) -> Found:
    """Two queries, whatever the size of the archive."""
    also = {} if question.exact else _also(question.words, directory)
    year, section, names = _year(question), _section(question), _names(question, directory)
    counted = tally(
        _held(question, directory),
        in_issue=section & names,
        in_section=year & names,
        in_names=year & section,
    )
    mine = [issue for issue in counted.issues if question.year in (None, issue.year)]
    results = Results.of(mine, _readable(question, directory))
    page = max(1, min(question.page, pages_of(results.count())))
    start = PAGE * (page - 1)
    return Found(
        total=results.count(),
        page=page,
        issues=len(mine),
        passages=tuple(results[start : start + PAGE]),
        words=tuple(
            dict.fromkeys((*question.words, *(fold(w) for ws in also.values() for w in ws)))
        ),
        also=also,
        years=_sum((issue.year, issue.results) for issue in counted.issues),
        sections=_sum((key, count) for key, _heading, count in counted.sections),
        headings=dict(sorted((key, heading) for key, heading, _count in counted.sections)),
        **_counted_names(counted, directory),
    )


def matching(question: Question, directory: Directory) -> Results:
    """The paragraphs themselves, counted, for whoever pages through them otherwise."""
    placed = _year(question) & _section(question) & _names(question, directory)
    rows = _held(question, directory).filter(placed)
    counted = rows.values_list("edition", "year", "number").annotate(Count("pk")).order_by()
    return Results.of(map(Issue._make, counted), _readable(question, directory))


def _held(question: Question, directory: Directory) -> PassageQuerySet:
    """The publication's paragraphs with the words, looked up in the index; no filter yet."""
    rows = Passage.objects.filter(_ranks(question))
    if not question.words:
        return rows.public(question.slug)
    for words in _each_word(question, directory):
        rows = rows.holding(directory.publication, words)
    public = Publication.objects.filter(slug=question.slug, is_public=True)
    return rows.filter(Exists(public.filter(pk=directory.publication)))


def _readable(question: Question, directory: Directory) -> PassageQuerySet:
    """Paragraphs with the words and all that is asked for, by reading: for the few issues of one
    page. Of any publication, as the issues are known; an index on it would only be in the way."""
    placed = _year(question) & _section(question) & _names(question, directory)
    for words in _each_word(question, directory):
        placed &= reduce(or_, (Q(folded__contains=word) for word in words))
    return Passage.objects.filter(placed & _ranks(question))


def _ranks(question: Question) -> Q:
    return Q(rank=Passage.Rank.TEXT) if question.text_only else Q()


def _each_word(question: Question, directory: Directory) -> Iterator[tuple[str, ...]]:
    """Each word with those that are looked for besides, all folded."""
    also = {} if question.exact else _also(question.words, directory)
    for word in question.words:
        yield word, *map(fold, also.get(word, ()))


def _also(words: Iterable[str], directory: Directory) -> dict[str, tuple[str, ...]]:
    return {word: others for word in words if (others := directory.others(word))}


def _year(question: Question) -> Q:
    return Q() if question.year is None else Q(year=question.year)


def _section(question: Question) -> Q:
    return Q(section=question.section) if question.section else Q()


def _names(question: Question, directory: Directory) -> Q:
    """A department stands under every name it ever had."""
    told = Q()
    if question.department:
        told &= _tells_of(DEPARTMENT, directory.every_name(question.department))
    if question.person:
        told &= _tells_of(PERSON, (question.person,))
    return told


def _tells_of(kind: str, names: Iterable[str]) -> Q:
    """By the list of names itself, as it is read anyway; LIKE would not mind case on SQLite."""
    listed = (Passage.listed([(kind, name)])[1:-1] for name in names)
    places = (StrIndex("about", Value(one)) for one in listed)
    return reduce(or_, (Q(GreaterThan(place, 0)) for place in places))


def _counted_names(counted: Tally, directory: Directory) -> dict[str, Mapping[str, int]]:
    """Departments under their present names; a person's own filter does not hide the others."""
    found: dict[str, Counter[str]] = {DEPARTMENT: Counter(), PERSON: Counter()}
    for about, count in counted.names:
        for kind, name in Passage.unlisted(about):
            found[kind][directory.present(name) if kind == DEPARTMENT else name] += count
    return {"departments": found[DEPARTMENT], "people": found[PERSON]}


def _sum(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    total: dict[Key, int] = {}
    for key, count in pairs:
        total[key] = total.get(key, 0) + count
    return total
