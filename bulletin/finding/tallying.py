"""Counting what was found in three ways by one statement that looks the words up once.

Django has no grouping sets. Counting in turn would look the words up each time, and a word
that stands everywhere costs as much as reading the archive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from bulletin.models.passages import PassageQuerySet

from .results import Issue

# What is counted, and the condition (a column of the statement within) on its results.
SETS: Final = {
    "in_issue": ("edition_id", "year", "number"),
    "in_section": ("section", "heading"),
    "in_names": ("about",),
}
_COLUMNS: Final = tuple(column for columns in SETS.values() for column in columns)
_COUNTS: Final = ", ".join(f"count(*) FILTER (WHERE {name})" for name in SETS)


@dataclass(slots=True)
class Tally:
    """Results of each issue, of each section with its heading, and of each set of names
    (`Passage.about`). None is counted that holds no result."""

    issues: list[Issue] = field(default_factory=list)
    sections: list[tuple[str, str, int]] = field(default_factory=list)
    names: list[tuple[str, int]] = field(default_factory=list)


def tally(rows: PassageQuerySet, **conditions: Q) -> Tally:
    """One query. Of `rows`, each set counts those that meet its condition: keys as in SETS."""
    flagged = rows.annotate(**{name: _flag(conditions[name]) for name in SETS})
    sql, values = flagged.order_by().values(*_COLUMNS, *SETS).query.sql_with_params()
    sets = _at_once(sql) if connection.vendor == "postgresql" else _in_turn(sql)
    found = Tally()
    with connection.cursor() as cursor:
        cursor.execute(sets, values)
        for row in cursor.fetchall():
            _add(found, *row)
    return found


def _add(
    found: Tally, edition: int | None, year: int, number: int, section: str | None, heading: str,
    about: str | None, in_issue: int, in_section: int, in_names: int,
) -> None:  # fmt: skip
    """The columns of the other sets are NULL."""
    if edition is not None:
        found.issues += [Issue(edition, year, number, in_issue)] if in_issue else []
    elif section is not None:
        found.sections += [(section, heading, in_section)] if in_section else []
    elif about is not None:
        found.names += [(about, in_names)] if in_names else []


def _flag(condition: Q) -> Any:
    if not condition:
        return Value(True, output_field=BooleanField())
    return ExpressionWrapper(condition, output_field=BooleanField())


def _at_once(sql: str) -> str:
    sets = ", ".join(f"({', '.join(columns)})" for columns in SETS.values())
    told = ", ".join((*_COLUMNS, _COUNTS))
    return f"SELECT {told} FROM ({sql}) AS hit GROUP BY GROUPING SETS ({sets})"  # noqa: S608  no value in it


def _in_turn(sql: str) -> str:
    return f"WITH hit AS MATERIALIZED ({sql}) {' UNION ALL '.join(map(_one_set, SETS.values()))}"


def _one_set(columns: Iterable[str]) -> str:
    told = ", ".join(column if column in columns else "NULL" for column in _COLUMNS)
    return f"SELECT {told}, {_COUNTS} FROM hit GROUP BY {', '.join(columns)}"  # noqa: S608  the same
