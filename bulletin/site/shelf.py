"""The queries of the public site: published editions and their files, nothing else.

Each reads what a page shows, by an index over publication and year, however large the archive
is (docs/decisions, 32). What a page prints is read from the frozen content, never from the rows
that an issue was made of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value

from bulletin.document import IssueDocument, loads
from bulletin.models import Edition, EditionFile, Publication, RestatedYear
from windows.footers import pairs_of

from .sharing import shared

_PUBLICATION: Final = "publication"
MOST_GONE: Final = 3  # withdrawn issues named beside one
_FIELDS: Final = {
    "slug": f"{_PUBLICATION}__slug",
    "owner": f"{_PUBLICATION}__centre__official_name",
    "footer": f"{_PUBLICATION}__centre__footer",
    "pk": "pk",
    "year": "year",
    "number": "number",
    "proof_no": "proof_no",
    "digest": "digest",
    "signed_at": "signed_at",
    "published_at": "published_at",
    "replaced": "supersedes__proof_no",
    "replaced_by": "superseded_by__proof_no",
    "notice": "corrects__notice",
    "withdrawn_at": "withdrawn_at",
}


@dataclass(frozen=True, slots=True)
class House:
    """Who publishes, for the bar and the foot of every page."""

    slug: str = ""
    name: str = "政务窗口月报"
    owner: str = ""
    footer: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A rendered file of an edition, as its row tells it."""

    format: str
    sha256: str
    size: int
    pages: int | None


@dataclass(frozen=True, slots=True)
class Volume:
    """A published edition. `content` is empty where a page does not read its text.

    Two volumes that print alike hold the same text: the digest stands for it.
    """

    pk: int
    publisher: House
    year: int
    number: int
    proof_no: int
    digest: str
    signed_at: dt.datetime
    published_at: dt.datetime
    replaced: int | None
    replaced_by: int | None
    notice: str
    withdrawn_at: dt.datetime | None
    content: str = field(repr=False)

    @property
    def key(self) -> tuple[int, int]:
        return self.year, self.number

    @property
    def slug(self) -> str:
        return self.publisher.slug

    @property
    def text(self) -> IssueDocument:
        """The document of an edition whose text was asked for."""
        if not self.content:
            raise LookupError(f"edition {self.pk} was read without its text")
        return _parse(self.content)

    @property
    def house(self) -> House:
        """The publisher, with the title as this edition prints it."""
        return replace(self.publisher, name=self.text.masthead)


@lru_cache(maxsize=64)
def _parse(content: str) -> IssueDocument:
    return loads(content)


@dataclass(frozen=True, slots=True)
class Run:
    """The issues in force of a publication: (year, how many), the newest year first."""

    counts: tuple[tuple[int, int], ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(year for year, _count in self.counts)

    @property
    def count(self) -> int:
        return sum(count for _year, count in self.counts)


@shared
def run_of(slug: str) -> Run:
    rows = Edition.objects.current().of(slug).values_list("year")
    return Run(tuple(rows.annotate(Count("pk")).order_by("-year")))


@shared
def slugs() -> tuple[str, ...]:
    """Of every publication that has published anything."""
    printed = Edition.objects.standing().filter(publication=OuterRef("pk"))
    rows = Publication.objects.filter(Exists(printed), is_public=True).order_by("pk")
    return tuple(rows.values_list("slug", flat=True))


def first_slug() -> str:
    """What the front page is about; empty where nothing is published."""
    return next(iter(slugs()), "")


@shared
def recent(slug: str, *, years: int, year: int | None = None, around: int = 0) -> list[Volume]:
    """Current editions of a publication with their text, newest first: those of `year`, or of
    the newest `years` years.

    `around` adds so many years on either side of `year`, and whatever later issue put figures
    of these years right (订正).
    """
    rows = Edition.objects.current().of(slug)
    newest = rows.order_by("-year").values("year")[:1]
    read = _of_year(slug, year, around) if year else Q(year__gt=Subquery(newest) - Value(years))
    return volumes_of(rows.filter(read).order_by("-year", "-number"))


def _of_year(slug: str, year: int, around: int) -> Q:
    shown = Q(year__gte=year - around, year__lte=year + around)
    told = RestatedYear.objects.filter(year__gte=year - around, year__lte=year + around)
    owner = Publication.objects.filter(slug=slug).values("pk")[:1]
    return shown | Q(pk__in=told.filter(publication=owner).values("edition")) if around else shown


@shared
def latest(slug: str, most: int) -> list[Volume]:
    """What appeared last, issues and corrections, without their text."""
    rows = Edition.objects.current().of(slug).annotate(text=Value(""))
    return _volumes(rows.order_by("-published_at", "-pk")[:most])


@shared
def neighbourhood(slug: str, year: int, number: int) -> list[Volume]:
    """Every edition of one issue, and the current ones before and after it, oldest first.

    Issues withdrawn from between are among them, told by `withdrawn_at`: the row of numbers
    has a reason for its gap.
    """
    mine = Edition.objects.published().of(slug).filter(year=year, number=number)
    current = Edition.objects.current().of(slug)
    gone = Edition.objects.withdrawn().of(slug).filter(superseded_by=None)
    wanted = (
        Q(pk__in=mine.values("pk"))
        | _beside(current, year, number, 1)
        | _beside(gone, year, number, MOST_GONE)
    )
    rows = Edition.objects.filter(wanted).annotate(text=F("content"))
    return _volumes(rows.order_by("year", "number", "proof_no"))


def _beside(rows: QuerySet[Edition], year: int, number: int, most: int) -> Q:
    before, after = rows.filter(earlier(year, number)), rows.filter(later(year, number))
    return Q(pk__in=before.order_by("-year", "-number").values("pk")[:most]) | Q(
        pk__in=after.order_by("year", "number").values("pk")[:most]
    )


def earlier(year: int, number: int) -> Q:
    """Issues before that one; the year is said twice so that an index is read from there."""
    return Q(year__lte=year) & (Q(year__lt=year) | Q(number__lt=number))


def later(year: int, number: int) -> Q:
    return Q(year__gte=year) & (Q(year__gt=year) | Q(number__gt=number))


def first_published(volumes: Iterable[Volume]) -> dict[int, dt.datetime]:
    """When each issue came out first, whatever was corrected since; by primary key."""
    rows = Edition.objects.filter(pk__in=[volume.pk for volume in volumes])
    first = Min("issue__editions__published_at")
    return dict(rows.annotate(first=first).values_list("pk", "first"))


def files_of(volumes: Iterable[Volume]) -> dict[int, tuple[Stored, ...]]:
    """The files of each edition, by primary key.

    Of an edition that was replaced, the copies that say so take the place of what was published
    first, which stays at its own address (docs/decisions, 26).
    """
    return _files_of(tuple(volume.pk for volume in volumes))


@shared
def _files_of(editions: tuple[int, ...]) -> dict[int, tuple[Stored, ...]]:
    found: dict[int, dict[str, Stored]] = {edition: {} for edition in editions}
    rows = EditionFile.objects.filter(edition__in=editions)
    rows = rows.filter(Q(stamp=None) | Q(stamp=F("edition__superseded_by")))
    for edition, name, sha256, size, pages in rows.order_by(
        F("stamp").asc(nulls_first=True), "pk"
    ).values_list("edition_id", "format", "sha256", "size", "pages"):
        found[edition][name] = Stored(name, sha256, size, pages)
    return {edition: tuple(files.values()) for edition, files in found.items()}


@shared
def house_of(slug: str | None = None) -> House | None:
    """The publisher where nothing is published yet; None for what is not public."""
    rows = Publication.objects.filter(is_public=True).order_by("pk")
    if slug is not None:
        rows = rows.filter(slug=slug)
    row = rows.values(
        "slug", name=F("title"), owner=F("centre__official_name"), footer=F("centre__footer")
    ).first()
    return _house(dict(row)) if row else None


def public_file(
    slug: str, year: int, number: int, formats: list[str], digest: str
) -> EditionFile | None:
    """The stored file: of the current edition, or of any published one by its digest."""
    editions = Edition.objects.published() if digest else Edition.objects.current()
    editions = editions.of(slug).filter(year=year, number=number)
    return (
        EditionFile.objects.filter(
            edition__in=editions.values("pk"), format__in=formats, sha256__startswith=digest
        )
        .select_related("edition")
        .first()
    )


def volumes_of(rows: QuerySet[Edition]) -> list[Volume]:
    """These editions with their text, in their order."""
    return _volumes(rows.annotate(text=F("content")))


def stamp(slug: str) -> tuple[tuple[int, dt.datetime | None], dt.datetime | None]:
    """Changes whenever anything is published, corrected or withdrawn; nothing is counted. The
    second is when anything appeared last."""
    gone = Edition.objects.withdrawn().of(slug).order_by("-withdrawn_at").values("withdrawn_at")
    rows = Edition.objects.published().of(slug).order_by("-published_at", "-pk")
    told = rows.annotate(gone=Subquery(gone[:1])).values_list("pk", "gone", "published_at")
    pk, withdrawn, published = told.first() or (0, None, None)
    return (pk, withdrawn), published


def _volumes(rows: QuerySet[Edition]) -> list[Volume]:
    found = []
    for row in rows.values("text", *_FIELDS.values()):
        facts = {name: row[path] for name, path in _FIELDS.items()}
        publisher = _house(facts)
        kept = {name: facts[name] for name in facts if name not in ("slug", "owner", "footer")}
        kept["notice"] = facts["notice"] or ""
        found.append(Volume(publisher=publisher, content=row["text"], **kept))
    return found


def _house(row: dict[str, Any]) -> House:
    return House(row["slug"], row.get("name", ""), row["owner"], pairs_of(row["footer"]))
