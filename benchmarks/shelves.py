"""A published archive of any size in a throw-away PostgreSQL, by COPY.

Every publication has twelve issues a year of thirty items of some 96 characters: frozen
editions as `dumps` writes them, what is derived from them as `finding.keeping` does, files by
their rows alone (nothing lies in the store). One issue in 20 was corrected, one in six puts a
figure of the month before right, leaders change every five years. Texts are drawn from a pool,
the same in every run. A test holds the rows against what the product itself writes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model

from bulletin.folding import fold
from bulletin.models import (
    Correction,
    Edition,
    EditionFile,
    Issue,
    Passage,
    PassageName,
    PrintedVisit,
    Publication,
    RestatedYear,
)
from bulletin.renderers import FORMATS
from tests.factories import House
from windows.models import Department

from .shelf_papers import Paper
from .shelf_texts import DEPARTMENTS, POST

FIRST_YEAR: Final = 2026
_NOTICE: Final = "编印单位印错了，现予更正。"


class Shelf(NamedTuple):
    """Where published issues go, and who signs them."""

    house: House
    publications: Sequence[Publication]


def furnish(publications: int) -> Shelf:
    """A centre with forty departments and so many publications, nothing printed yet."""
    house = House()
    Department.objects.bulk_create(
        Department(centre=house.centre, short_name=name, official_name=f"云川省{name}", order=n)
        for n, name in enumerate(DEPARTMENTS)
        if name != house.department.short_name
    )
    more = (
        Publication(centre=house.centre, slug=f"monthly-{n}", issuer=house.publication.issuer)
        for n in range(2, publications + 1)
    )
    return Shelf(house, [house.publication, *Publication.objects.bulk_create(more)])


def fill(shelf: Shelf, years: range, *, searched: bool = True) -> None:
    """Publish every month of `years` in each publication; other years stay as they are.

    Most of the time goes into the index of pairs of characters. Without `searched` it is not
    made again, for measurements that look for no words.
    """
    with _bulk(searched=searched):
        writer = _Writer(shelf.house.editor.pk)
        for publication in shelf.publications:
            for year in years:
                for month in range(1, 13):
                    writer.publish(Paper(publication, year, month))
            writer.copy()


class _Writer:
    """The rows of each issue, as publishing leaves them."""

    def __init__(self, by: int) -> None:
        self.by = by
        self.issues = _Table(
            Issue, "publication_id", "year", "month", "number", "issued_on", "title", "issuer",
            "state",
        )  # fmt: skip
        self.editions = _Table(
            Edition, "issue_id", "publication_id", "proof_no", "content", "digest", "year",
            "number", "sent_by_id", "sent_at", "signed_by_id", "signed_at", "published_at",
            "supersedes_id", "notice",
        )  # fmt: skip
        self.files = _Table(
            EditionFile, "edition_id", "format", "sha256", "size", "path", "pages", "made_at"
        )
        self.corrections = _Table(Correction, "old_id", "new_id", "notice", "by_id", "at")
        self.passages = _Table(
            Passage, "publication_id", "edition_id", "year", "number", "rank", "place", "section",
            "heading", "anchor", "label", "date", "text", "folded", "about",
        )  # fmt: skip
        self.names = _Table(
            PassageName, "passage_id", "publication_id", "year", "number", "place", "kind", "name"
        )
        self.restated = _Table(RestatedYear, "edition_id", "publication_id", "year")
        self.visits = _Table(
            PrintedVisit, "publication_id", "edition_id", "year", "number", "month", "place",
            "name", "post", "department", "date", "kind", "anchor",
        )  # fmt: skip

    def publish(self, paper: Paper) -> None:
        publication = paper.publication
        issue = self.issues.add(
            publication.pk, paper.year, paper.month, paper.month, paper.issued, publication.title,
            publication.issuer, "published",
        )  # fmt: skip
        edition = self._edition(paper, issue, 1)
        if paper.corrected:
            old, edition = edition, self._edition(paper, issue, 2, edition)
            at = self._at(paper, 2)
            self.corrections.add(old, edition, _NOTICE, self.by, at)
        self._find(paper, edition)
        if paper.restates:
            self.restated.add(edition, paper.publication.pk, paper.restates)

    def _edition(self, paper: Paper, issue: int, proof_no: int, before: int | None = None) -> int:
        content, at = paper.content(proof_no), self._at(paper, proof_no)
        digest = hashlib.sha256(content.encode()).hexdigest()
        edition = self.editions.add(
            issue, paper.publication.pk, proof_no, content, digest, paper.year, paper.month,
            self.by, at, self.by, at, at, before, _NOTICE if before else "",
        )  # fmt: skip
        for place, (name, form) in enumerate(FORMATS.items()):
            sha256 = digest[place:] + digest[:place]
            pages = 12 if form.paged else None
            path = f"editions/{sha256[:2]}/{sha256}.{form.extension}"
            self.files.add(edition, name, sha256, 250_000, path, pages, at)
        return edition

    @staticmethod
    def _at(paper: Paper, proof_no: int) -> dt.datetime:
        day = dt.datetime.combine(paper.issued, dt.time(2), dt.UTC)
        return day + dt.timedelta(days=proof_no - 1, seconds=paper.publication.pk)

    def _find(self, paper: Paper, edition: int) -> None:
        """What readers find: as `finding.keeping` derives it from the content."""
        where = (paper.publication.pk, edition, paper.year, paper.month)
        visits = 0
        for place, line in enumerate(paper.rows()):
            item = line.item
            row = self.passages.add(
                *where, line.rank, place, line.section, line.heading, line.anchor, line.label,
                item.day if item else None, line.text, item.folded if item else fold(line.text),
                Passage.listed(item.names) if item else "",
            )  # fmt: skip
            for kind, name in item.names if item else ():
                self.names.add(
                    row, paper.publication.pk, paper.year, paper.month, place, kind, name
                )
            if item and item.person:
                self.visits.add(
                    *where, paper.month, visits, item.person, POST, item.department,
                    item.day, "guidance", line.anchor,
                )  # fmt: skip
                visits += 1

    def copy(self) -> None:
        """Write what was gathered."""
        with connection.cursor() as cursor:
            for table in vars(self).values():
                if isinstance(table, _Table):
                    table.copy(cursor)


# Rows


class _Table:
    """Lines for COPY; columns not named here get the default of their field."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.model, self.lines = model, list[str]()
        others = [f for f in model._meta.concrete_fields if f.column not in (*columns, "id")]
        self.next = (model._default_manager.aggregate(most=Max("pk"))["most"] or 0) + 1
        self.columns = ["id", *columns, *(field.column for field in others)]
        self._rest = "".join(f"\t{_cell(_default(field))}" for field in others) + "\n"

    def add(self, *values: Any) -> int:
        pk, self.next = self.next, self.next + 1
        self.lines.append(f"{pk}\t" + "\t".join(map(_cell, values)) + self._rest)
        return pk

    def copy(self, cursor: Any) -> None:
        names = ", ".join(f'"{name}"' for name in self.columns)
        with cursor.copy(f'COPY "{self.model._meta.db_table}" ({names}) FROM STDIN') as stream:
            stream.write("".join(self.lines).encode())
        self.lines.clear()


def _default(field: Any) -> Any:
    if field.has_default():
        value = field.get_default()
        return json.dumps(value) if isinstance(value, (list, dict)) else value
    return None if field.null else ""


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\") if isinstance(value, str) else str(value)


@contextmanager
def _bulk(*, searched: bool) -> Iterator[None]:
    """Without what a row costs by itself: indexes are made in one go afterwards, as after a
    restore; references and triggers are not asked."""
    with connection.cursor() as cursor:
        for setting in _SETTINGS:
            cursor.execute(f"SET {setting}")
        indexes = list(_take_down(cursor))
        yield
        for definition in indexes:
            if searched or " gin " not in definition:
                cursor.execute(definition)
        for statement in connection.ops.sequence_reset_sql(no_style(), _MODELS):
            cursor.execute(statement)
        tables = ", ".join(model._meta.db_table for model in _MODELS)
        cursor.execute(f"{'' if connection.in_atomic_block else 'VACUUM '}ANALYZE {tables}")
        for setting in _SETTINGS:
            cursor.execute(f"RESET {setting.partition(' ')[0]}")


def _take_down(cursor: Any) -> Iterator[str]:
    """Every index of the tables but those that constraints rest on, with how to make it anew."""
    for model in _MODELS:
        cursor.execute(_INDEXES, [model._meta.db_table])
        for name, definition, statistics in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
            more = f'ALTER INDEX "{name}" ALTER COLUMN 1 SET STATISTICS {statistics}'
            yield f"{definition}; {more}" if (statistics or -1) > 0 else definition


_SETTINGS: Final = (
    "session_replication_role = replica",
    "maintenance_work_mem = '1GB'",
    "statement_timeout = 0",
)
_MODELS: Final = (
    Issue, Edition, EditionFile, Correction, Passage, PassageName, PrintedVisit, RestatedYear
)  # fmt: skip
_INDEXES: Final = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), attstattarget
    FROM pg_index JOIN pg_attribute ON attrelid = indexrelid AND attnum = 1
    WHERE indrelid = %s::regclass
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""
