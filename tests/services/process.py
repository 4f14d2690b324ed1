"""Processes that live exactly as long as a `with` block."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


class ServiceFailed(Exception):
    """A service did not come up; the message says why, for the person at the terminal."""


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder others may enter, with a path short enough for a unix socket (107 bytes)."""
    path = Path(tempfile.mkdtemp(prefix="bulletin-", dir="/tmp"))  # noqa: S108 mkdtemp picks a free name
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def running(
    command: list[str],
    *,
    log: Path,
    answers: Callable[[], bool],
    stop: int,
    patience: float = 30,
    **options: Any,
) -> Iterator[None]:
    """Start `command`, wait until it answers, and stop it with signal `stop` in the end.

    It gets a session of its own: Ctrl-C reaches the checks first, then it is stopped here.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, start_new_session=True, **options
        )
    try:
        _wait(process, answers, log, patience)
        yield
    finally:
        _stop(process, stop)


def _wait(
    process: subprocess.Popen[bytes], answers: Callable[[], bool], log: Path, patience: float
) -> None:
    deadline = time.monotonic() + patience
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServiceFailed(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes], stop: int) -> None:
    process.send_signal(stop)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
