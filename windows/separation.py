"""三员分立 on SQLite: nobody is two of system (superuser), administrator and auditor at one time.

PostgreSQL keeps its triggers through every migration (windows migration 0005). SQLite makes
a table anew for most changes: the triggers are taken down before a migration and put up after.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections

_SEPARATED: Final = "('administrator', 'auditor')"
_OTHER: Final = (  # nothing of it comes from outside
    "SELECT 1 FROM windows_staff other WHERE other.user_id = NEW.user_id"  # noqa: S608
    f" AND other.role IN {_SEPARATED} AND other.role <> NEW.role{{itself}}"
    " AND COALESCE(other.valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')"
    " AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(other.valid_to, '9999-12-31')"
)
_SYSTEM: Final = "SELECT 1 FROM windows_user u WHERE u.id = NEW.user_id AND u.is_superuser"
_HOLDER: Final = (
    "SELECT 1 FROM windows_staff s WHERE s.user_id = NEW.id"
    " AND s.role IN ('administrator', 'auditor')"
)
# name → when, on which table, and what must not be
TRIGGERS: Final = {
    "staff_separated_insert": (
        "INSERT ON windows_staff",
        f"NEW.role IN {_SEPARATED} AND (EXISTS ({_OTHER.format(itself='')}) OR EXISTS ({_SYSTEM}))",
    ),
    "staff_separated_update": (
        "UPDATE ON windows_staff",
        f"NEW.role IN {_SEPARATED} AND (EXISTS ({_OTHER.format(itself=' AND other.id <> NEW.id')})"
        f" OR EXISTS ({_SYSTEM}))",
    ),
    "user_separated": (
        "UPDATE ON windows_user",
        f"NEW.is_superuser AND NOT OLD.is_superuser AND EXISTS ({_HOLDER})",
    ),
}


def take_down(using: str, **_kwargs: Any) -> None:
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            for name in TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def put_up(using: str, **_kwargs: Any) -> None:
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            for name, (event, refused) in TRIGGERS.items():
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} WHEN {refused} "
                    "BEGIN SELECT RAISE(ABORT, 'separation of duties'); END"
                )
