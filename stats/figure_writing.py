"""Figures of an import into the database: by COPY where there is PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from stats.models import Figure

SOURCE: Final = "import"
BATCH: Final = 2000
MANY: Final = 20_000

FigureRow = tuple[int, int, int, int | None, str]
"""(report, indicator, value, denominator, note)."""

_WRITTEN: Final = (
    "value",
    "denominator",
    "precision",
    "note",
    "source",
    "entered_by",
    "entered_at",
)
_INCOMING: Final = """
CREATE TEMPORARY TABLE IF NOT EXISTS incoming_figure (
    report_id bigint NOT NULL, indicator_id bigint NOT NULL,
    value bigint NOT NULL, denominator bigint, note text NOT NULL
) ON COMMIT DROP
"""
_UPDATE: Final = """
UPDATE stats_figure AS kept
SET value = new.value, denominator = new.denominator, precision = 1, note = new.note,
    source = %(source)s, entered_by_id = %(by)s, entered_at = %(at)s
FROM incoming_figure AS new
WHERE kept.report_id = new.report_id AND kept.indicator_id = new.indicator_id
"""


def write_figures(
    new: Sequence[FigureRow], changed: Sequence[FigureRow], *, by: int | None
) -> None:
    """All counts, exact, from an import by that person. Their reports are locked and stored."""
    at = timezone.now()
    if connection.vendor == "postgresql":
        with connection.wrap_database_errors, connection.cursor() as cursor:
            if len(new) + len(changed) > MANY:  # ten years outlast what a page may take
                cursor.execute("SET LOCAL statement_timeout = '5min'")
            _update(cursor, changed, by, at)
            _insert(cursor, new, by, at)
    else:
        _create([*changed, *new], by, at)


def _update(cursor: Any, rows: Sequence[FigureRow], by: int | None, at: dt.datetime) -> None:
    """Through a table of this transaction's own."""
    if rows:
        cursor.execute(_INCOMING)
        cursor.execute("TRUNCATE incoming_figure")
        with cursor.copy("COPY incoming_figure FROM STDIN") as copy:
            copy.write("".join(_lines(rows)))
        cursor.execute(_UPDATE, {"source": SOURCE, "by": by, "at": at})


def _insert(cursor: Any, rows: Sequence[FigureRow], by: int | None, at: dt.datetime) -> None:
    """Straight into the table: the reports are locked, and should somebody have been there all
    the same, IntegrityError lets the whole import be looked at again."""
    if rows:
        author = "\\N" if by is None else by
        rest = f"\t1\t{SOURCE}\t{author}\t{at.isoformat()}\n"
        order = "report_id, indicator_id, value, denominator, note, precision, source"
        with cursor.copy(
            f"COPY stats_figure ({order}, entered_by_id, entered_at) FROM STDIN"
        ) as copy:
            copy.write("".join(_lines(rows, rest)))


def _lines(rows: Iterable[FigureRow], rest: str = "\n") -> Iterable[str]:
    """COPY's text form: tab between, \\N for nothing, a backslash before what would be one."""
    for report, indicator, value, denominator, note in rows:
        under = "\\N" if denominator is None else denominator
        yield f"{report}\t{indicator}\t{value}\t{under}\t{_escaped(note) if note else ''}{rest}"


def _escaped(note: str) -> str:
    text = note.replace("\\", "\\\\").replace("\t", "\\t")
    return text.replace("\n", "\\n").replace("\r", "\\r")


def _create(rows: Sequence[FigureRow], by: int | None, at: dt.datetime) -> None:
    Figure.objects.bulk_create(
        [
            Figure(
                report_id=report,
                indicator_id=indicator,
                value=value,
                denominator=denominator,
                precision=1,
                note=note,
                source=SOURCE,
                entered_by_id=by,
                entered_at=at,
            )
            for report, indicator, value, denominator, note in rows
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["report", "indicator"],
        update_fields=_WRITTEN,
    )
