"""三员分立 on SQLite: nobody is two of system (superuser), administrator and auditor at one time.

On PostgreSQL windows migration 0005 made the triggers.
"""

from __future__ import annotations

from typing import Final

from windows.triggers import Guard

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
GUARD: Final = Guard(
    {
        "staff_separated_insert": f"INSERT ON windows_staff WHEN NEW.role IN {_SEPARATED}"
        f" AND (EXISTS ({_OTHER.format(itself='')}) OR EXISTS ({_SYSTEM}))",
        "staff_separated_update": f"UPDATE ON windows_staff WHEN NEW.role IN {_SEPARATED}"
        f" AND (EXISTS ({_OTHER.format(itself=' AND other.id <> NEW.id')}) OR EXISTS ({_SYSTEM}))",
        "user_separated": "UPDATE ON windows_user WHEN NEW.is_superuser AND NOT OLD.is_superuser"
        f" AND EXISTS ({_HOLDER})",
    },
    "separation of duties",
)
