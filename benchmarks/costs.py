"""What an act costs: this process and its database backend, the clock, the queries."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection


class Cost(NamedTuple):
    """Milliseconds, how many queries were asked, and how many bytes came out."""

    cpu: float
    wall: float
    queries: int
    size: int = 0


def cost(act: Callable[[], bytes | None], repeat: int = 1) -> Cost:
    """The least of the repeats; the first, which fills caches, does not count where there
    are several."""
    costs = [_once(act) for _ in range(repeat + (repeat > 1))]
    return min(costs[repeat > 1 :])


def _once(act: Callable[[], bytes | None]) -> Cost:
    asked = [0]

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        asked[0] += 1
        return execute(*args)

    pid = _backend()
    with connection.execute_wrapper(count):
        before, began = time.process_time() + _spent(pid), time.perf_counter()
        size = len(act() or b"")
        wall, spent = time.perf_counter() - began, time.process_time() + _spent(pid) - before
    return Cost(spent * 1000, wall * 1000, asked[0], size)


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _spent(pid: int) -> float:
    """Seconds of processor time, which the kernel counts in nanoseconds."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
