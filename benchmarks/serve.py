"""What serving the issue page costs, beside nginx serving the same bytes from a file.

    python -m benchmarks.serve [--connections N] [--files N] [--pages N] [--many N]

One run on the loopback, warm, one worker each: a throw-away site of twelve issues on SQLite,
baked; the application under granian (one blocking thread), nginx with the deployed rules
for baked pages, nginx with that page as a plain file, Django drawing the page from the
database at each request, and Wagtail, where it is installed (requirements-bench.lock),
with a page of the same content. The plain file is served twice: bare, and with the headers
that our pages carry. The load generator is the same for all, keeps its connections open
and asks a fixed number of times; the servers stand on the first processor, the generator
on the last. The figure that counts is server CPU per request
(user and system, of every process of the server, from /proc), so what the generator can
do and other work on the machine matter little. Ticks of /proc are 10 ms: too few
requests make the cheap rows coarse. `--many` reads so many different pages and tells
the memory of the application before and after.
"""

from __future__ import annotations

import argparse
import os
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tests.services.process import folder

from . import servers
from .load import Cost, Load, Server, measure, memory
from .many import read_many

ISSUE: Final = "/monthly/2026/12/"
DRAWING: Final = "benchmarks.drawing:application"


def main() -> None:
    options = _arguments()
    with folder() as place, ExitStack() as running:
        env = servers.environment(place)
        servers.make_site(env)
        servers.save_page(place, ISSUE)
        place.chmod(0o755)
        loads = list(_loads(place, running, env, options))
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        costs = [(load, measure(load, options.connections)) for load in loads]
        _print(costs)
        _print_crowd([load for load in loads if "br" in load.name])
        if options.many:
            app = next(load.server for load in loads if load.server.name == "application")
            _print_memory(app, place, options.many)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--files", type=int, default=40_000, help="requests for files")
    parser.add_argument("--pages", type=int, default=400, help="requests for drawn pages")
    parser.add_argument("--many", type=int, default=0, help="different pages to read")
    return parser.parse_args()


def _loads(
    place: Path, running: ExitStack, env: dict[str, str], options: argparse.Namespace
) -> Iterator[Load]:
    files, small, zipped = options.files, ("Accept-Encoding: br",), ("Accept-Encoding: gzip",)
    plain = servers.nginx("nginx", servers.PLAIN, place, running)
    headed = servers.nginx("nginx-headed", servers.HEADED, place, running)
    baked = servers.nginx("nginx-baked", servers.BAKED, place, running)
    app = servers.granian("application", "bulletin.wsgi:application", place, running, env)
    django = servers.granian("django", DRAWING, place, running, env | {"BAKED": "0"})
    yield Load("nginx, plain file, br", plain, "/issue.html", files, small)
    yield Load("nginx, plain file, gzip", plain, "/issue.html", files, zipped)
    yield Load("nginx, plain file, our headers, br", headed, "/issue.html", files, small)
    yield Load("nginx, baked page, br", baked, ISSUE, files, small)
    yield Load("application, baked page, br", app, ISSUE, files, small)
    yield Load("application, baked page, gzip", app, ISSUE, files, zipped)
    yield Load("application, baked page, 304", app, ISSUE, files, _known(app))
    yield Load("Django, drawn from the database", django, ISSUE, options.pages)
    if find_spec("wagtail"):
        wagtail = _wagtail(place, running, env)
        yield Load("Wagtail, page of the same content", wagtail, "/room-0/issue-12/", options.pages)


def _wagtail(place: Path, running: ExitStack, env: dict[str, str]) -> Server:
    theirs = env | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.wagtail_site.settings",
        "PYTHONPATH": str(place),
        "WAGTAIL_DATABASE": str(place / "wagtail.sqlite3"),
        "BULLETIN_DATABASE": str(place / "site.sqlite3"),
    }
    servers.make_wagtail(theirs)
    return servers.granian(
        "wagtail", "benchmarks.wagtail_site.wsgi:application", place, running, theirs
    )


def _known(app: Server) -> tuple[str, ...]:
    with urllib.request.urlopen(f"http://127.0.0.1:{app.port}{ISSUE}") as answer:
        return (f"If-None-Match: {answer.headers['ETag']}",)


def _print(costs: list[tuple[Load, Cost]]) -> None:
    """The ratios are to nginx serving the plain file."""
    base = costs[0][1].cpu
    print("| served | requests | bytes | CPU µs a request | × | requests/s | median ms | p99 ms |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for load, cost in costs:
        print(
            f"| {load.name} | {load.requests} | {cost.size} | {cost.cpu:.0f} |"
            f" {cost.cpu / base:.1f} | {cost.rate:.0f} | {cost.median:.2f} | {cost.p99:.2f} |"
        )


def _print_crowd(loads: list[Load]) -> None:
    """The same pages with a thousand connections at once."""
    print("\n| 1,000 connections | requests/s | median ms | p99 ms |\n|---|---:|---:|---:|")
    for load in loads:
        cost = measure(load, 1000)
        print(f"| {load.name} | {cost.rate:.0f} | {cost.median:.1f} | {cost.p99:.1f} |")


def _print_memory(app: Server, place: Path, many: int) -> None:
    before = memory(app)
    read_many(app, place / "baked", many)
    print(f"\n{many} pages read: {before:.0f} MB of memory before, {memory(app):.0f} MB after")


if __name__ == "__main__":
    main()
