"""What finding a word costs among many paragraphs, beside LIKE, and whether any is missed.

    python -m benchmarks.search [--paragraphs N] [--queries N]

A throw-away PostgreSQL with N made-up paragraphs of some 96 characters, searched for the same
words by LIKE alone and by the site's index: counting the results and fetching the first page, and
as a page of results needs it, with the counts of every year, section, department and person.
Recall and precision are held against a substring scan in Python of every paragraph, for queries
of 2 to 8 characters cut out of the texts. The words with rows of their own stand in a hundredth
to nearly all of the paragraphs. A tenth of the size beside it shows what grows. Medians over the
words; CPU is of this process and the database's together, and × LIKE is its ratio. How search
fares among fifty publications and a hundred years is measured by `python -m benchmarks.archive
--search`.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys

from tests.services.postgres import postgres
from tests.services.process import folder


def main() -> None:
    options = _arguments()
    with folder() as place, postgres(place) as url:
        env = os.environ | {
            "DATABASE_URL": url,
            "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "bulletin.settings",
            "EMBEDDED_WORKER": "0",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "VAR_DIR": str(place),
        }
        run = f"from benchmarks.searching import run; run({options.paragraphs}, {options.queries})"
        for words in (["migrate", "-v", "0"], ["shell", "-v", "0", "-c", run]):
            subprocess.run([sys.executable, "manage.py", *words], env=env, check=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--paragraphs", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=1_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
