"""A load of requests over connections that stay open, and what it cost the server."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from tests.services.programs import install, program

TICKS: Final = os.sysconf("SC_CLK_TCK")
_UNITS: Final = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


class Server(NamedTuple):
    name: str
    port: int
    folder: Path

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Load:
    """One row: who is asked for what, with which headers."""

    name: str
    server: Server
    path: str
    headers: tuple[str, ...] = ()


class Cost(NamedTuple):
    """Server CPU microseconds a request, requests a second, latencies in ms, body bytes."""

    cpu: float
    rate: float
    median: float
    p99: float
    size: int


def generator() -> str:
    """wrk, out of its Debian package. Raises RuntimeError where it cannot be had."""
    if not program("wrk"):
        install(["wrk"])
    found = program("wrk")
    if not found:
        raise RuntimeError("wrk is missing: apt-get install -y wrk")
    return found


def measure_all(
    loads: Iterable[Load], connections: int, seconds: int, turns: int
) -> list[tuple[Load, Cost]]:
    """Each in turn, several times over; of the turns the cheapest, for what else runs on the
    machine only ever adds."""
    rows = list(loads)
    found: dict[Load, list[Cost]] = {load: [] for load in rows}
    for _ in range(turns):
        for load in rows:
            found[load].append(measure(load, connections, seconds))
    return [(load, min(costs)) for load, costs in found.items()]


def measure(load: Load, connections: int, seconds: int) -> Cost:
    size = _size(load)
    pids = processes(load.server)
    before = _cpu(pids)
    told = _wrk(load, connections, seconds)
    spent = _cpu(pids) - before
    requests, took = _found(r"(\d+) requests in ([\d.]+\w+)", told)
    median, p99 = _found(r"50% +([\d.]+\w+)\s.*?99% +([\d.]+\w+)", told)
    return Cost(
        spent / int(requests) * 1e6,
        int(requests) / _ms(took) * 1e3,
        _ms(median),
        _ms(p99),
        size,
    )


def _wrk(load: Load, connections: int, seconds: int) -> str:
    """Its report. Raises RuntimeError when an answer was no success or a connection broke."""
    command = [generator(), "--threads", "1", "--connections", str(connections), "--latency"]
    command += ["--duration", f"{seconds}s", "--timeout", "30s"]
    command += [word for header in load.headers for word in ("--header", header)]
    command += [f"http://127.0.0.1:{load.server.port}{load.path}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{load.name}: {told}")
    return told


def _found(pattern: str, told: str) -> tuple[str, ...]:
    found = re.search(pattern, told, re.DOTALL)
    if found is None:
        raise RuntimeError(told)
    return found.groups()


def _ms(duration: str) -> float:
    """Milliseconds of a duration as wrk writes it: 635.91us, 1.04ms, 4.00s, 1.00m."""
    number, unit = _found(r"^([\d.]+)(us|ms|s|m)$", duration)
    return float(number) * _UNITS[unit]


def _size(load: Load) -> int:
    """Bytes of the body as it is sent."""
    connection = http.client.HTTPConnection("127.0.0.1", load.server.port)
    connection.request("GET", load.path, headers=dict(h.split(": ", 1) for h in load.headers))
    size = len(connection.getresponse().read())
    connection.close()
    return size


def processes(server: Server) -> list[int]:
    """The server's first process and all below it."""
    first = int((server.folder / f"{server.name}.pid").read_text())
    return [first, *_children(first)]


def _children(pid: int) -> list[int]:
    own = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return own + [one for child in own for one in _children(child)]


def _cpu(pids: list[int]) -> float:
    """Seconds of user and system time."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def memory(server: Server) -> float:
    """Resident megabytes of the server's processes."""
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in processes(server)]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20
