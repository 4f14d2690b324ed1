"""What readers find: the paragraphs and visits of the editions in force, one row each.

Derived from frozen content by `bulletin.finding.keeping` and made anew from it at any time;
nothing else writes here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Lookup
from django.utils.translation import gettext_lazy as _

from bulletin.folding import grams

from .editions import Edition
from .publications import Publication


class FoldedField(models.TextField):
    """Text after `folding.fold`, searched with `__holds`."""


class Sought(NamedTuple):
    """A folded word, and the publication (by its key) in whose paragraphs it is looked for."""

    publication: int
    word: str


@FoldedField.register_lookup
class Holds(Lookup):
    """Whether a paragraph of the publication of a `Sought` holds its word; the same answer from
    both databases.

    SQLite reads every row of the publication. PostgreSQL intersects the word's pairs in a GIN
    index over all characters and pairs of the text, each numbered together with the
    publication, so that none pays for another (migration 0022); from three characters on a
    LIKE makes sure that the pairs are neighbours. Asked for the publication besides, it would
    gather all its rows from the other index first.
    """

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        like, values = self._like(compiler, connection)
        return f"({self._owner(compiler)} = %s AND {like})", [self.rhs.publication, *values]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        publication, word = self.rhs
        paired = f"bulletin_grams({self._owner(compiler)}, {column}) @> %s::bigint[]"
        values = [*params, [_number(publication, gram) for gram in grams(word)]]
        if len(word) <= 2:
            return paired, values
        like, more = self._like(compiler, connection)
        return f"({paired} AND {like})", [*values, *more]

    def _like(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        pattern = f"%{connection.ops.prep_for_like_query(self.rhs.word)}%"
        return f"{column} LIKE %s ESCAPE '\\'", [*params, pattern]

    def _owner(self, compiler: Any) -> str:
        column = Passage._meta.get_field("publication").get_col(self.lhs.alias)
        return str(compiler.compile(column)[0])


def _number(publication: int, gram: str) -> int:
    """Of one character or two, as `bulletin_grams` numbers them; publications below two million."""
    codes = [*map(ord, gram), 0]
    return publication << 42 | codes[0] << 21 | codes[1]


def _public(slug: str) -> models.QuerySet[Any, Any]:
    """The number of a public publication, for an index to begin with."""
    return Publication.objects.filter(slug=slug, is_public=True).values("pk")[:1]


class PassageQuerySet(models.QuerySet["Passage"]):
    def public(self, slug: str) -> Self:
        return self.filter(publication=_public(slug))

    def holding(self, publication: int, words: Iterable[str]) -> Self:
        """Paragraphs of one publication that hold any of the folded words."""
        any_of = (models.Q(folded__holds=Sought(publication, word)) for word in words)
        return self.filter(reduce(or_, any_of))


class Passage(models.Model):
    """One printed paragraph of an edition in force, as `lines()` gives it."""

    class Rank(models.IntegerChoices):
        """In which order the paragraphs of one issue are listed."""

        TEXT = 0, _("正文")
        HEADING = 1, _("栏目标题")
        FRAME = 2, _("报头和版记")

    # Indexed together with the year; the edition together with the place.
    publication = models.ForeignKey(Publication, models.CASCADE, db_index=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="passages", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    number_to = models.PositiveSmallIntegerField(null=True)
    rank = models.PositiveSmallIntegerField(choices=Rank)
    place = models.PositiveIntegerField()
    section = models.CharField(max_length=60, blank=True)
    heading = models.CharField(max_length=80, blank=True)
    anchor = models.CharField(max_length=12, blank=True)
    label = models.CharField(max_length=80, blank=True)
    date = models.DateField(null=True)
    text = models.TextField()
    folded = FoldedField()
    # The names below once more (see `listed`), so that those of many results are counted at once.
    about = models.TextField(blank=True, db_default="")
    # The proof number of the edition whose correction altered or added it.
    corrected = models.PositiveSmallIntegerField(null=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("刊出的段落")
        verbose_name_plural = _("刊出的段落")
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="passage_once"),
        ]
        indexes = [models.Index(fields=["publication", "year"], name="passages_of_a_year")]

    def __str__(self) -> str:
        return self.text[:30]

    @staticmethod
    def listed(names: Iterable[tuple[str, str]]) -> str:
        """Kinds and names as `about` holds them: [["department", "商务厅"]], nothing for none."""
        pairs = sorted(names)
        return json.dumps(pairs, ensure_ascii=False) if pairs else ""

    @staticmethod
    def unlisted(about: str) -> list[tuple[str, str]]:
        return [(kind, name) for kind, name in json.loads(about)] if about else []


class PassageNameQuerySet(models.QuerySet["PassageName"]):
    def public(self, slug: str) -> Self:
        return self.filter(publication=_public(slug))


class PassageName(models.Model):
    """A department or a person that a paragraph tells of, as printed."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("部门")
        PERSON = "person", _("人员")

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="names")
    # Where the paragraph stands, once more: the newest of a name are read from the index alone.
    publication = models.ForeignKey(Publication, models.CASCADE, db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=100)

    objects = PassageNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("段落所及")
        verbose_name_plural = _("段落所及")
        constraints = [
            models.UniqueConstraint(fields=["passage", "kind", "name"], name="passage_name_once"),
        ]
        indexes = [
            models.Index(
                fields=["publication", "kind", "name", "-year", "-number", "place"],
                name="newest_of_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PrintedVisitQuerySet(models.QuerySet["PrintedVisit"]):
    def public(self, slug: str) -> Self:
        return self.filter(publication=_public(slug))


class PrintedVisit(models.Model):
    """One person of one visit, as the edition in force records it."""

    publication = models.ForeignKey(Publication, models.CASCADE)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="visits")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(default=0)
    month_to = models.PositiveSmallIntegerField(null=True)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    post = models.CharField(max_length=80)
    department = models.CharField(max_length=100)
    date = models.DateField(null=True)
    kind = models.CharField(max_length=20)
    anchor = models.CharField(max_length=12, blank=True)
    # The proof number of the edition whose correction recorded it so.
    corrected = models.PositiveSmallIntegerField(null=True)

    objects = PrintedVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("刊出的到访")
        verbose_name_plural = _("刊出的到访")
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="printed_visit_once"),
        ]
        indexes = [
            models.Index(fields=["publication", "year"], name="visits_of_a_year"),
            models.Index(fields=["publication", "name"], name="visits_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.department}{self.post}{self.name}"


class RestatedYear(models.Model):
    """A year whose figures an edition in force puts right (订正)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="restated_years")
    publication = models.ForeignKey(Publication, models.CASCADE, db_index=False)
    year = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("刊出的订正")
        verbose_name_plural = _("刊出的订正")
        default_permissions = ()
        indexes = [models.Index(fields=["publication", "year"], name="restatements_of_a_year")]

    def __str__(self) -> str:
        return f"{self.edition} {self.year}"
