"""What looking costs as the months grow: the public statistics, the month's table, the map.

    python -m benchmarks.statistics [--windows N] [--indicators N] [--months N ...]

One run on a throw-away SQLite database: 60 windows × 20 indicators, every month printed in
a published edition. For 1, 12, 60 and 120 months it counts the queries of each page and
measures the processor time of drawing it (the least of five, caches of pages emptied before
each), so other work on the machine matters little. The ratios are to twelve months: a page
that shows two years should not cost more when ten are there.
"""

from __future__ import annotations

import argparse
import os
import secrets
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TIMES: Final = 5


@dataclass(frozen=True)
class Cost:
    queries: int
    milliseconds: float


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as place:
        _settings(Path(place))
        from benchmarks.statistics_work import World  # noqa: PLC0415 - Django is set up by now

        world = World(options.windows, options.indicators)
        table: dict[str, list[Cost]] = {}
        for months in options.months:
            world.grow(months)
            for name, ask in world.pages().items():
                table.setdefault(name, []).append(_cost(world.queries, ask))
    _print(options, table)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--windows", type=int, default=60)
    parser.add_argument("--indicators", type=int, default=20)
    parser.add_argument("--months", type=int, nargs="+", default=[1, 12, 60, 120])
    return parser.parse_args()


def _settings(place: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bulletin.settings",
        "SECRET_KEY": secrets.token_hex(),
        "VAR_DIR": str(place),
        "DATABASE_URL": f"sqlite:///{place / 'bench.sqlite3'}",
        "CELERY_BROKER_URL": "memory://",
        "EMBEDDED_WORKER": "0",
        "DEBUG": "1",  # no collected static files
        "ALLOWED_HOSTS": "testserver",
    }
    import django  # noqa: PLC0415 - after the settings

    django.setup()


def _cost(queries: Callable[[Callable[[], object]], int], ask: Callable[[], object]) -> Cost:
    ask()  # a session is touched now and then: not while it is counted
    counted = queries(ask)
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        ask()
        taken.append((time.process_time() - began) * 1000)
    return Cost(counted, min(taken))


def _print(options: argparse.Namespace, table: dict[str, list[Cost]]) -> None:
    print(f"{options.windows} windows × {options.indicators} indicators, CPU ms (queries)")
    print("page".ljust(34) + "".join(f"{months:>8} months" for months in options.months))
    for name, costs in table.items():
        cells = (f"{cost.milliseconds:9.1f} ({cost.queries:2})" for cost in costs)
        print(name.ljust(34) + " ".join(cells))


if __name__ == "__main__":
    main()
