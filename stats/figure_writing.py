"""Figures of an import into the database: COPY and one upsert where there is PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

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
# A changed figure is updated in place; the insert of a new one yields to whoever was first.
_UPDATE: Final = """
UPDATE stats_figure AS kept
SET value = new.value, denominator = new.denominator, precision = 1, note = new.note,
    source = %(source)s, entered_by_id = %(by)s, entered_at = %(at)s
FROM incoming_figure AS new
WHERE kept.report_id = new.report_id AND kept.indicator_id = new.indicator_id
"""
_INSERT: Final = """
INSERT INTO stats_figure (report_id, indicator_id, value, denominator, precision, note,
                          source, entered_by_id, entered_at)
SELECT report_id, indicator_id, value, denominator, 1, note, %(source)s, %(by)s, %(at)s
FROM incoming_figure
ON CONFLICT (report_id, indicator_id) DO UPDATE
SET value = EXCLUDED.value, denominator = EXCLUDED.denominator, precision = 1,
    note = EXCLUDED.note, source = EXCLUDED.source, entered_by_id = EXCLUDED.entered_by_id,
    entered_at = EXCLUDED.entered_at
"""


def write_figures(
    new: Sequence[FigureRow], changed: Sequence[FigureRow], *, by: int | None
) -> None:
    """All counts, exact, from an import by that person. Their reports are locked and stored."""
    at = timezone.now()
    if connection.vendor == "postgresql":
        _copy(changed, _UPDATE, by, at)
        _copy(new, _INSERT, by, at)
    else:
        _create([*changed, *new], by, at)


def _copy(rows: Sequence[FigureRow], statement: str, by: int | None, at: dt.datetime) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if len(rows) > MANY:  # ten years in one statement outlast what a page may take
            cursor.execute("SET LOCAL statement_timeout = '5min'")
        cursor.execute(_INCOMING)
        cursor.execute("TRUNCATE incoming_figure")
        with cursor.copy("COPY incoming_figure FROM STDIN") as copy:
            copy.write("".join(_lines(rows)))
        cursor.execute(statement, {"source": SOURCE, "by": by, "at": at})


def _lines(rows: Iterable[FigureRow]) -> Iterable[str]:
    """COPY's text form: tab between, \\N for nothing, a backslash before what would be one."""
    for report, indicator, value, denominator, note in rows:
        under = "\\N" if denominator is None else denominator
        yield f"{report}\t{indicator}\t{value}\t{under}\t{_escaped(note) if note else ''}\n"


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
