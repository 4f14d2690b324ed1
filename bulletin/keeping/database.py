"""A logical copy of the database, and the database from such a copy."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from windows.models import Centre, User

NAMES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
LONGEST_WAIT: Final = 20  # seconds; sqlite3 itself would wait for ever
_OURS: Final = {Centre._meta.db_table, User._meta.db_table}


class KeepingError(Exception):
    """Why nothing was backed up or restored, in words for the person at the terminal."""


def dump(target: Path) -> None:
    """One consistent state, while people go on working."""
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy, progress=_Patience())
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def load(source: Path) -> None:
    """Replace the database by the copy, all of it or nothing."""
    if connection.vendor == "postgresql":
        connection.close()
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        _run("pg_restore", *options, f"--dbname={_environment()['PGDATABASE']}", str(source))
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        copy.backup(connection.connection, progress=_Patience())


class _Patience:
    """Told of each step; ends a copy that finds the database locked for too long."""

    def __init__(self) -> None:
        self.since = time.monotonic()

    def __call__(self, status: int, remaining: int, total: int) -> None:
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self.since = time.monotonic()
        elif time.monotonic() - self.since > LONGEST_WAIT:
            raise KeepingError(_("数据库一直有人在写，请停下网站和后台进程再试。"))


def in_use() -> bool:
    """Whether the database holds more than what migrations put there. SQLite's is a file: where
    everything was lost, its folder is as well."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    tables = set(connection.introspection.table_names())
    if not tables >= _OURS:
        return bool(tables)
    return Centre.objects.exists() or User.objects.exists()


def is_behind() -> bool:
    """Whether migrations of the software are still to be run on this database."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def readable() -> Iterator[None]:
    """Say to whoever is at the terminal that there is no database, and what to do."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        told = _("数据库读不了：%(why)s。请先运行 ./run migrate，或者用 ./run restore 恢复备份。")
        raise CommandError(told % {"why": str(error).strip().splitlines()[0]}) from error


def _run(program: str, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise KeepingError(
            _("没有找到 %(program)s，请安装 postgresql-client。") % {"program": program}
        )
    done = subprocess.run(  # noqa: S603  a fixed program; the password stays in the environment
        [path, *arguments], env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise KeepingError(f"{program}: {done.stderr.strip()[-2000:]}")


def _environment() -> dict[str, str]:
    given = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    values = {name: str(given[key]) for key, name in names.items() if given[key]}
    return {**os.environ, **values, "PGDATABASE": str(given["NAME"])}
