"""What the database itself refuses: changes of trail rows and of edition content (law 4).

PostgreSQL keeps its triggers through every migration (bulletin migration 0002). SQLite
makes a table anew for most changes and loses them: there they are put up after every
migrate.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections

FROZEN: Final = (
    "issue_id",
    "proof_no",
    "content",
    "digest",
    "year",
    "number",
    "sent_by_id",
    "sent_at",
)
# Written once: empty until set, never set again.
ONCE: Final = ("voided_at", "signed_by_id", "signed_at", "published_at", "supersedes_id")
_CHANGED: Final = " OR ".join(
    [f"NEW.{c} IS NOT OLD.{c}" for c in FROZEN]
    + [f"(OLD.{c} IS NOT NULL AND NEW.{c} IS NOT OLD.{c})" for c in ONCE]
)
# name → when, on which table, and the words of the refusal
TRIGGERS: Final = {
    "trail_no_update": ("UPDATE ON bulletin_trail", "trail rows are frozen"),
    "trail_no_delete": ("DELETE ON bulletin_trail", "trail rows are frozen"),
    "edition_no_delete": ("DELETE ON bulletin_edition", "edition rows are frozen"),
    "edition_frozen": (f"UPDATE ON bulletin_edition WHEN {_CHANGED}", "edition rows are frozen"),
}


def put_up(using: str, **_kwargs: Any) -> None:
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            for name, (event, words) in TRIGGERS.items():
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} "
                    f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
                )
