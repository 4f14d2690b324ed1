"""What it costs to bring figures in, beside a bare COPY of the same rows.

    python -m benchmarks.figures [--rows N] [--default-rows N] [--repeat N]

One run on a throw-away PostgreSQL: the rows of a long sheet (60 windows × 14 indicators × as
many months as needed) as an XLSX file, imported as new and again with every number changed,
each with all that the newsroom's confirmation does (guard, reading, checking, comparing,
writing, log). Beside it the same rows by COPY straight into the table, without a file;
django-import-export as it comes, from fewer rows, scaled; openpyxl reading the file. What
counts is processor time, of this process and of the database's together: the clock on the
wall follows whatever else the machine does. COPY and imports take turns, the best of each
counts. Ratios are to the bare COPY of the same run.
"""

from __future__ import annotations

import argparse
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from tests.services.postgres import postgres
from tests.services.process import folder

TICKS: Final = os.sysconf("SC_CLK_TCK")
WINDOWS: Final = 60
INDICATORS: Final = 14


class Cost(NamedTuple):
    """Seconds: of this process, of the database's, on the wall."""

    name: str
    client: float
    server: float
    wall: float
    scale: float = 1

    @property
    def cpu(self) -> float:
        return (self.client + self.server) * self.scale


def main() -> None:
    options = _arguments()
    with folder() as place, postgres(place) as url:
        _django(url, place)
        from benchmarks import figures_work  # noqa: PLC0415 - Django must be set up before

        costs, previews = figures_work.measure(
            options.rows, options.default_rows, options.repeat, timed
        )
    _print(costs, previews)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--default-rows", type=int, default=300, help="for the library's default")
    parser.add_argument("--repeat", type=int, default=3, help="runs of which the best counts")
    return parser.parse_args()


def _django(url: str, place: Path) -> None:
    os.environ |= {
        "DATABASE_URL": url,
        "DEBUG": "1",  # no collected static files
        "DJANGO_SETTINGS_MODULE": "bulletin.settings",
        "EMBEDDED_WORKER": "0",
        "HTTPS": "0",
        "CELERY_BROKER_URL": "memory://",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "VAR_DIR": str(place),
    }
    import django  # noqa: PLC0415 - reads the settings just made
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    django.setup()
    setup_test_environment()  # so that answers keep what they were drawn from


@contextmanager
def timed(costs: list[Cost], name: str, backend: Callable[[], int], scale: float = 1) -> Iterator:
    """Adds what the block took; `backend` gives the process of the database."""
    pid = backend()
    server, client, began = _cpu(pid), time.process_time(), time.perf_counter()
    yield
    took, spent = time.perf_counter() - began, time.process_time() - client
    costs.append(Cost(name, spent, _cpu(pid) - server, took, scale))


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _print(costs: list[Cost], previews: list[float]) -> None:
    bare = costs[0]
    print("| way | CPU s, here | CPU s, database | CPU × | wall s | wall × |")
    print("|---|---:|---:|---:|---:|---:|")
    for cost in costs:
        mark = f" (scaled by {cost.scale:.0f})" if cost.scale > 1 else ""
        print(
            f"| {cost.name}{mark} | {cost.client * cost.scale:.2f} |"
            f" {cost.server * cost.scale:.2f} | {cost.cpu / bare.cpu:.2f} |"
            f" {cost.wall * cost.scale:.2f} | {cost.wall * cost.scale / bare.wall:.2f} |"
        )
    shown = ", ".join(f"{seconds:.3f}" for seconds in previews)
    print("\nPreview of a usual month in the admin (60 × 20), checked against a year of figures,")
    print(f"CPU s, the first in a process just started: {shown}")


if __name__ == "__main__":
    main()
