"""Other names of what a reader asks for: departments' former and informal names, synonyms.

They are stated beside the results and can be switched off; no name adds a department
that nothing was published about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bulletin.folding import fold
from bulletin.models import Publication
from windows.models import Department, FormerName


@dataclass(frozen=True)
class Directory:
    """Present short name → former ones; and of every word, the words that mean the same.

    `publication` is the key of the one that the directory was asked for.
    """

    publication: int
    former: Mapping[str, tuple[str, ...]]
    alike: Mapping[str, tuple[str, ...]]

    @cached_property
    def _present(self) -> dict[str, str]:
        return {old: name for name, olds in self.former.items() for old in olds}

    def present(self, name: str) -> str:
        """What a department is called now, by any name it was printed under."""
        return self._present.get(name, name)

    def every_name(self, name: str) -> tuple[str, ...]:
        present = self.present(name)
        return (present, *self.former.get(present, ()))

    def others(self, term: str) -> tuple[str, ...]:
        """Words to look for besides the folded `term`; none that holds the term itself."""
        return tuple(word for word in self.alike.get(term, ()) if term not in fold(word))


def directory(slug: str) -> Directory:
    """Of the centre of a publication; two queries."""
    publication = Publication.objects.get(slug=slug)
    former: dict[str, tuple[str, ...]] = {}
    groups: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    departments = Department.objects.filter(centre=publication.centre_id)
    for row in departments.prefetch_related("former_names"):
        others = list(row.former_names.all())
        old = tuple(n.short_name for n in others if n.kind == FormerName.Kind.FORMER)
        former[row.short_name] = old
        names = (row.short_name, *old)
        groups.append(((*names, row.official_name, *(n.short_name for n in others)), names))
    groups += [(words, words) for words in synonyms(publication.synonyms)]
    return Directory(publication.pk, former, _alike(groups))


def synonyms(text: str) -> list[tuple[str, ...]]:
    """One group a line, words parted by spaces or 、: 社保 社会保险 社会保障."""
    lines = (tuple(line.replace("、", " ").split()) for line in text.splitlines())
    return [line for line in lines if len(line) > 1]


def _alike(
    groups: Iterable[tuple[tuple[str, ...], tuple[str, ...]]],
) -> dict[str, tuple[str, ...]]:
    """For every way of asking, the printed words; a word may stand in several groups."""
    found: dict[str, tuple[str, ...]] = {}
    for asked, printed in groups:
        for word in map(fold, dict.fromkeys(asked)):
            more = [one for one in printed if one and fold(one) != word]
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *more)))
    return found
