"""A load of requests over connections that stay open, and what it cost the server."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

TICKS: Final = os.sysconf("SC_CLK_TCK")
WARM_UP: Final = 50


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
    """One row: who is asked for what, how often, with which headers."""

    name: str
    server: Server
    path: str
    requests: int
    headers: tuple[str, ...] = ()


class Cost(NamedTuple):
    """Server CPU microseconds a request, requests a second, latencies in ms, body bytes."""

    cpu: float
    rate: float
    median: float
    p99: float
    size: int


def measure(load: Load, connections: int) -> Cost:
    asyncio.run(_ask(load, WARM_UP, min(connections, WARM_UP)))
    pids = processes(load.server)
    before, began = _cpu(pids), time.perf_counter()
    times, size = asyncio.run(_ask(load, load.requests, connections))
    took, spent = time.perf_counter() - began, _cpu(pids) - before
    times.sort()
    return Cost(
        spent / load.requests * 1e6,
        load.requests / took,
        statistics.median(times) * 1e3,
        times[len(times) * 99 // 100] * 1e3,
        size,
    )


async def _ask(load: Load, requests: int, connections: int) -> tuple[list[float], int]:
    shares = [requests // connections + (n < requests % connections) for n in range(connections)]
    found = await asyncio.gather(*(_connection(load, share) for share in shares))
    return [one for times, _size in found for one in times], found[0][1]


async def _connection(load: Load, requests: int) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", load.server.port)
    lines = [f"GET {load.path} HTTP/1.1", "Host: 127.0.0.1", *load.headers, "", ""]
    request = "\r\n".join(lines).encode()
    times, size = [], 0
    for _ in range(requests):
        began = time.perf_counter()
        writer.write(request)
        size = await _read(reader)
        times.append(time.perf_counter() - began)
    writer.close()
    return times, size


async def _read(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if head.split()[1] not in (b"200", b"304"):
        raise RuntimeError(head.decode())
    length = 0
    if b"content-length: " in head and b" 304 " not in head.split(b"\r\n")[0]:
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    return length


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
