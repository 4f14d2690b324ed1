"""What serving the issue page costs, beside nginx serving the same bytes from a file.

    python -m benchmarks.serve [--connections N] [--seconds N] [--turns N] [--many N]

One run on the loopback, warm, one worker each: a throw-away site of twelve issues on SQLite,
baked; the application under granian (one blocking thread), granian with one answer for all
that is asked, nginx with the deployed rules for baked pages, nginx with that page as a plain
file, Django drawing the page from the database at each request, and Wagtail, where it is
installed (requirements-bench.lock), with a page of the same content. The plain file is served
as Debian's nginx does (sendfile, tcp_nopush), by reading it as our rules do, and with the
headers that our pages carry. One load generator for all, wrk (its Debian package), keeps its
connections open and its server busy; the servers stand on the first processor, the generator
on the last. The figure that counts is server CPU per request (user and system, of every
process of the server, from /proc). The rows take turns; of its turns the cheapest counts,
for other work on the machine only adds. `--many` reads so many different pages and tells the
memory of the application before and after.
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
from .load import Cost, Load, Server, generator, measure_all, memory
from .many import read_many

ISSUE: Final = "/monthly/2026/12/"
DRAWING: Final = "benchmarks.drawing:application"
CONSTANT: Final = "benchmarks.constant:application"
PLAIN: Final = "nginx, plain file, br"
OURS: Final = "nginx, baked page, br"
EMBEDDED: Final = "application, baked page, br"


def main() -> None:
    options = _arguments()
    generator()
    with folder() as place, ExitStack() as running:
        env = servers.environment(place)
        servers.make_site(env)
        servers.save_page(place, ISSUE)
        place.chmod(0o755)
        loads = list(_loads(place, running, env))
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        _print(measure_all(loads, options.connections, options.seconds, options.turns))
        crowded = [load for load in loads if load.name in (PLAIN, OURS, EMBEDDED)]
        _print_crowd(measure_all(crowded, 1000, options.seconds, options.turns))
        if options.many:
            app = next(load.server for load in loads if load.server.name == "application")
            _print_memory(app, place, options.many)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--seconds", type=int, default=4, help="for each row, each turn")
    parser.add_argument("--turns", type=int, default=4)
    parser.add_argument("--many", type=int, default=2000, help="different pages to read")
    return parser.parse_args()


def _loads(place: Path, running: ExitStack, env: dict[str, str]) -> Iterator[Load]:
    small, zipped = ("Accept-Encoding: br",), ("Accept-Encoding: gzip",)
    plain, read, headed, baked = (
        servers.nginx(name, inside, place, running) for name, inside in servers.SERVED.items()
    )
    app = servers.granian("application", "bulletin.wsgi:application", place, running, env)
    django = servers.granian("django", DRAWING, place, running, env | {"BAKED": "0"})
    page = {"CONSTANT": str(place / "files" / "issue.html.br")}
    same = servers.granian("constant", CONSTANT, place, running, env | page)
    yield Load(PLAIN, plain, "/issue.html", small)
    yield Load("nginx, plain file, gzip", plain, "/issue.html", zipped)
    yield Load("nginx, plain file, read, br", read, "/issue.html", small)
    yield Load("nginx, plain file, read, our headers, br", headed, "/issue.html", small)
    yield Load(OURS, baked, ISSUE, small)
    yield Load("granian, one answer for all, br", same, ISSUE, small)
    yield Load(EMBEDDED, app, ISSUE, small)
    yield Load("application, baked page, gzip", app, ISSUE, zipped)
    yield Load("application, baked page, 304", app, ISSUE, _known(app))
    yield Load("Django, drawn from the database", django, ISSUE)
    if find_spec("wagtail"):
        wagtail = _wagtail(place, running, env)
        yield Load("Wagtail, page of the same content", wagtail, "/room-0/issue-12/")


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
    """The ratios are to nginx serving the plain file, and to the last row."""
    base, last = costs[0][1].cpu, costs[-1][1].cpu
    print("| served | bytes | CPU µs a request | × nginx | below the last | requests/s |")
    print("|---|---:|---:|---:|---:|---:|")
    for load, cost in costs:
        print(
            f"| {load.name} | {cost.size} | {cost.cpu:.1f} | {cost.cpu / base:.2f} |"
            f" {last / cost.cpu:.0f} | {cost.rate:.0f} |"
        )


def _print_crowd(costs: list[tuple[Load, Cost]]) -> None:
    """The same pages with a thousand connections at once."""
    print("\n| 1,000 connections | requests/s | median ms | p99 ms |\n|---|---:|---:|---:|")
    for load, cost in costs:
        print(f"| {load.name} | {cost.rate:.0f} | {cost.median:.1f} | {cost.p99:.1f} |")


def _print_memory(app: Server, place: Path, many: int) -> None:
    before = memory(app)
    read_many(app, place / "baked", many)
    print(f"\n{many} pages read: {before:.0f} MB of memory before, {memory(app):.0f} MB after")


if __name__ == "__main__":
    main()
