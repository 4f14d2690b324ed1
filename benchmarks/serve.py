"""What serving the issue page costs, beside nginx serving the same bytes from a file.

    python -m benchmarks.serve [--connections N] [--files N] [--pages N]

One run on the loopback: a throw-away site of twelve issues on SQLite under granian with
one worker and one blocking thread, then nginx with one worker and the page it answered
with saved beside its gzip form. The load generator is the same for both, keeps its
connections open and asks a fixed number of times; the servers stand on the first
processor, the generator on the last. The figure that counts is server CPU per request
(user and system, of every process of the server, from /proc), so what the generator can
do and other work on the machine matter little. Ticks of /proc are 10 ms: too few
requests make the cheap rows coarse. The ratios are to nginx with gzip_static.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import secrets
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from tests.services.process import folder, free_port, running
from tests.services.programs import program

ISSUE: Final = "/monthly/2026/12/"
TICKS: Final = os.sysconf("SC_CLK_TCK")
WARM_UP: Final = 50
NGINX: Final = """
worker_processes 1;
daemon off;
pid {place}/nginx.pid;
error_log {place}/nginx.log;
events {{ worker_connections 1100; }}
http {{
  access_log off;
  keepalive_requests 1000000;
  sendfile on;
  types {{ text/html html; }}
  server {{
    listen 127.0.0.1:{port};
    root {place}/files;
    gzip_static on;
  }}
}}
"""


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


def main() -> None:
    options = _arguments()
    with folder() as place, ExitStack() as servers:
        app = _start_app(place, servers)
        etag = _save_page(app, place)
        nginx = _start_nginx(place, servers)
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        loads = _loads(app, nginx, etag, options)
        costs = [(load, _measure(load, options.connections)) for load in loads]
    _print(costs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--files", type=int, default=40_000, help="requests for files")
    parser.add_argument("--pages", type=int, default=1_500, help="requests for pages")
    return parser.parse_args()


def _loads(app: Server, nginx: Server, etag: str, options: argparse.Namespace) -> Iterator[Load]:
    files, pages = options.files, options.pages
    zipped, known = ("Accept-Encoding: gzip",), (f"If-None-Match: {etag}",)
    yield Load("nginx, file, gzip_static", nginx, "/issue.html", files, zipped)
    yield Load("nginx, file", nginx, "/issue.html", files)
    yield Load("application, issue page", app, ISSUE, pages)
    yield Load("application, issue page, 304", app, ISSUE, pages, known)
    yield Load("application, front page", app, "/", pages)
    yield Load("application, health", app, "/healthz", pages)


# Servers


def _start_app(place: Path, servers: ExitStack) -> Server:
    server = Server("granian", free_port(), place)
    env = os.environ | {
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{place / 'site.sqlite3'}",
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "bulletin.settings",
        "EMBEDDED_WORKER": "0",
        "HTTPS": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "VAR_DIR": str(place),
    }
    seed = "from benchmarks.seeding import twelve_issues; twelve_issues()"
    for words in (["migrate"], ["collectstatic", "--noinput"], ["shell", "-c", seed]):
        subprocess.run([sys.executable, "manage.py", *words, "-v", "0"], env=env, check=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "1", "--no-ws", "--no-access-log", "--log-level", "error"]
    command += ["--host", "127.0.0.1", "--port", str(server.port)]
    command += ["--pid-file", str(place / "granian.pid"), "bulletin.wsgi:application"]
    _start(command, server, servers, env=env)
    return server


def _start_nginx(place: Path, servers: ExitStack) -> Server:
    server = Server("nginx", free_port(), place)
    conf = place / "nginx.conf"
    conf.write_text(NGINX.format(place=place, port=server.port))
    _start([program("nginx") or "nginx", "-c", str(conf)], server, servers)
    return server


def _start(
    command: list[str], server: Server, servers: ExitStack, env: dict[str, str] | None = None
) -> None:
    first = min(os.sched_getaffinity(0))
    log = server.folder / f"{server.name}.out"
    stand = partial(os.sched_setaffinity, 0, {first})
    servers.enter_context(
        running(
            command, log=log, answers=server.answers, stop=signal.SIGTERM, env=env, preexec_fn=stand
        )
    )


def _save_page(app: Server, place: Path) -> str:
    """The page as a file for nginx, plain and compressed; its ETag."""
    with urllib.request.urlopen(f"http://127.0.0.1:{app.port}{ISSUE}") as answer:
        body, etag = answer.read(), answer.headers["ETag"]
    files = place / "files"
    files.mkdir(mode=0o755)
    (files / "issue.html").write_bytes(body)
    (files / "issue.html.gz").write_bytes(gzip.compress(body, 9))
    return str(etag)


# Load


def _measure(load: Load, connections: int) -> Cost:
    asyncio.run(_ask(load, WARM_UP, min(connections, WARM_UP)))
    pids = _processes(load.server)
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


def _processes(server: Server) -> list[int]:
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


def _print(costs: list[tuple[Load, Cost]]) -> None:
    base = costs[0][1].cpu
    print("| served | requests | bytes | CPU µs a request | × | requests/s | median ms | p99 ms |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for load, cost in costs:
        print(
            f"| {load.name} | {load.requests} | {cost.size} | {cost.cpu:.0f} |"
            f" {cost.cpu / base:.1f} | {cost.rate:.0f} | {cost.median:.2f} | {cost.p99:.2f} |"
        )


if __name__ == "__main__":
    main()
