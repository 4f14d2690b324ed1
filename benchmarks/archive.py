"""What pages and publishing cost as the archive grows: 1, 10 and 100 years side by side.

    python -m benchmarks.archive [--scale 1,10] [--publications N] [--repeat N] [--search]

One run on a throw-away PostgreSQL: N publications of twelve issues a year, thirty items an
issue (benchmarks.shelves). A hundred years are `--scale 1,10,100`.
The archive is filled to the first scale, measured, filled to the next: every kind of public
page drawn from the database as it is for baking or on request; one more issue published,
in a year that has begun and as the first of its year, with everything that publishing does
but the rendering of its files; pages read through the application's first layer while the
tree holds one publication's issues and items of all those years.

CPU is of this process and of its database backend together (/proc/…/schedstat), the least of
the repeats for pages; × is to the smallest scale of the same run, so that other work on the
machine matters little. A page should stay at × 1 and below 100 KB. `--search` measures search
too, for which the index of words has to be built: that takes most of the time there is.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from tests.services.postgres import postgres
from tests.services.process import folder

from . import servers


def main() -> None:
    options = _arguments()
    with folder() as place, postgres(place) as url:
        env = servers.environment(place) | {
            "CELERY_BROKER_URL": "memory://",
            "DATABASE_URL": url,
        }
        asked = (options.scale, options.publications, options.repeat, options.search)
        run = f"from benchmarks.archive_work import run; run{asked}"
        collect = ["collectstatic", "--noinput"]
        for words in (["migrate"], collect, ["shell", "-c", run]):
            subprocess.run([sys.executable, "manage.py", *words, "-v", "0"], env=env, check=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scale", type=_years, default="1,10", help="years, the smallest first")
    parser.add_argument("--publications", type=int, default=50)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--search", action="store_true", help="measure search too")
    return parser.parse_args()


def _years(text: str) -> list[int]:
    return sorted(int(years) for years in text.split(","))


if __name__ == "__main__":
    main()
