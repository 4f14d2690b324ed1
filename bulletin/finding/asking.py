"""One search: which paragraphs hold the words, how many, and where they are.

Words parted by spaces must all stand in a paragraph, in any order; of a word and its
synonyms one is enough. Both databases give the same answer: no word is cut out, ranked
away or missed, whatever its length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db.models import Count, Exists, Max, OuterRef, Q

from bulletin.folding import fold
from bulletin.models import Passage, PassageName
from bulletin.models.passages import PassageQuerySet

from .names import Directory

Key = TypeVar("Key", int, str)

LONGEST: Final = 60
MOST_WORDS: Final = 6
PAGE: Final = 20
MOST_PAGES: Final = 500
DEPARTMENT: Final = PassageName.Kind.DEPARTMENT
PERSON: Final = PassageName.Kind.PERSON


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are folded; empty filters mean everything. `page` counts from 1."""

    slug: str
    words: tuple[str, ...] = ()
    year: int | None = None
    section: str = ""
    department: str = ""
    person: str = ""
    exact: bool = False
    page: int = 1

    @classmethod
    def typed(cls, slug: str, text: str, **filters: Any) -> Question:
        return cls(slug, words_of(text), **filters)


@dataclass(frozen=True, slots=True)
class Found:
    """Counts of each filter are those it would leave, the other filters kept."""

    total: int
    issues: int
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
        return min(MOST_PAGES, -(-self.total // PAGE))


def words_of(typed: str) -> tuple[str, ...]:
    """At most six different words of what a reader typed, folded; spaces part them."""
    words = (fold(word) for word in typed[:LONGEST].split())
    return tuple(dict.fromkeys(word for word in words if word))[:MOST_WORDS]


def search(question: Question, directory: Directory) -> Found:
    """Five queries, whatever the size of the archive."""
    also = {} if question.exact else _also(question.words, directory)
    held = holding(Passage.objects.public(question.slug), question.words, also)
    named = _named(held, question, directory)
    by_section = named.values_list("year", "section").annotate(Count("pk"), Max("heading"))
    grouped = list(by_section.order_by("year"))
    counts = [(year, key, n) for year, key, n, _heading in grouped]
    shown = _placed(named, question)
    start = PAGE * (question.page - 1)
    ordered = shown.order_by("-year", "-number", "rank", "place").prefetch_related("names")
    passages = tuple(ordered.select_related("edition__issue__publication")[start : start + PAGE])
    return Found(
        total=sum(n for year, key, n in counts if _fits(question, year, key)),
        issues=shown.aggregate(issues=Count("edition", distinct=True))["issues"],
        passages=passages,
        words=tuple(
            dict.fromkeys((*question.words, *(fold(w) for ws in also.values() for w in ws)))
        ),
        also=also,
        years=_sum((year, n) for year, key, n in counts if question.section in ("", key)),
        sections=_sum((key, n) for year, key, n in counts if question.year in (None, year)),
        headings={key: heading for _year, key, _n, heading in grouped},
        **_counted_names(_placed(held, question), question, directory),
    )


def matching(question: Question, directory: Directory) -> PassageQuerySet:
    """The paragraphs themselves, unordered, for whoever pages through them otherwise."""
    also = {} if question.exact else _also(question.words, directory)
    held = holding(Passage.objects.public(question.slug), question.words, also)
    return _placed(_named(held, question, directory), question)


def holding(
    rows: PassageQuerySet, words: Iterable[str], also: Mapping[str, tuple[str, ...]]
) -> PassageQuerySet:
    for word in words:
        any_of = Q(folded__holds=word)
        for other in also.get(word, ()):
            any_of |= Q(folded__holds=fold(other))
        rows = rows.filter(any_of)
    return rows


def _also(words: Iterable[str], directory: Directory) -> dict[str, tuple[str, ...]]:
    return {word: others for word in words if (others := directory.others(word))}


def _fits(question: Question, year: int, section: str) -> bool:
    return question.year in (None, year) and question.section in ("", section)


def _placed(rows: PassageQuerySet, question: Question) -> PassageQuerySet:
    if question.year is not None:
        rows = rows.filter(year=question.year)
    return rows.filter(section=question.section) if question.section else rows


def _named(rows: PassageQuerySet, question: Question, directory: Directory) -> PassageQuerySet:
    if question.department:
        rows = rows.filter(_tells_of(DEPARTMENT, directory.every_name(question.department)))
    if question.person:
        rows = rows.filter(_tells_of(PERSON, (question.person,)))
    return rows


def _tells_of(kind: str, names: tuple[str, ...]) -> Exists:
    return Exists(PassageName.objects.filter(passage=OuterRef("pk"), kind=kind, name__in=names))


def _counted_names(
    rows: PassageQuerySet, question: Question, directory: Directory
) -> dict[str, Mapping[str, int]]:
    """Departments under their present names; a person's own filter does not hide the others."""
    pairs = PassageName.objects.filter(passage__in=rows.values("pk"))
    counted = pairs.values_list("kind", "name").annotate(Count("pk")).order_by()
    found: dict[str, Counter[str]] = {DEPARTMENT: Counter(), PERSON: Counter()}
    for kind, name, count in counted:
        found[kind][directory.present(name) if kind == DEPARTMENT else name] += count
    return {"departments": found[DEPARTMENT], "people": found[PERSON]}


def _sum(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    total: dict[Key, int] = {}
    for key, count in pairs:
        total[key] = total.get(key, 0) + count
    return total
