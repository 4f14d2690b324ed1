"""Triggers on SQLite, which makes a table anew for most changes and loses them.

PostgreSQL keeps its triggers through every migration; there they are made by migrations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass(frozen=True)
class Guard:
    """What the database itself refuses.

    `triggers`: name → the event, on which table, with the condition if it has one. `words` are
    the refusal's. Both hooks take what Django's pre_migrate and post_migrate send; on other
    databases they do nothing.
    """

    triggers: Mapping[str, str]
    words: str

    def take_down(self, using: str, **_kwargs: Any) -> None:
        """Before a migration, which could not make anew a table that a trigger reads."""
        if connections[using].vendor == "sqlite":
            with connections[using].cursor() as cursor:
                for name in self.triggers:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")

    def put_up(self, using: str, **_kwargs: Any) -> None:
        """After a migration; a trigger that stands is replaced, it may be an older one."""
        self.take_down(using)
        if connections[using].vendor == "sqlite":
            with connections[using].cursor() as cursor:
                for name, event in self.triggers.items():
                    cursor.execute(
                        f"CREATE TRIGGER {name} BEFORE {event} "
                        f"BEGIN SELECT RAISE(ABORT, '{self.words}'); END"
                    )
