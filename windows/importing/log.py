"""Who imported what, row by row, in Django's own log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

MANY: Final = 500  # from here on the objects alone cost more than the rows
_INSERT: Final = """
INSERT INTO django_admin_log (action_time, user_id, content_type_id, object_id, object_repr,
                              action_flag, change_message)
SELECT %s, %s, %s, row.id, row.name, %s, %s
FROM unnest(%s::text[], %s::text[]) AS row (id, name)
"""


def log_written(user: int, written: Sequence[tuple[bool, Any]], message: str) -> None:
    """`written` are (whether it is new, row)."""
    for flag, is_new in ((ADDITION, True), (CHANGE, False)):
        rows = [row for new, row in written if new is is_new]
        if len(rows) > MANY and connection.vendor == "postgresql":
            _insert(user, rows, flag, message)
        elif rows:
            LogEntry.objects.log_actions(user, rows, flag, change_message=message)


def _insert(user: int, rows: Sequence[Any], flag: int, message: str) -> None:
    kind = ContentType.objects.get_for_model(rows[0], for_concrete_model=False)
    names = [str(row)[:200] for row in rows]
    values: list[Any] = [
        timezone.now(),
        user,
        kind.pk,
        flag,
        message,
        [str(row.pk) for row in rows],
        names,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
