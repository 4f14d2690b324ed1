"""What the newsroom's heaviest pages cost at 4, 22 and 200 entries.

    python -m benchmarks.newsroom [--repeat N]

A throw-away SQLite with one centre and three issues of invented news, asked through Django's
own test client, without a server: the assembly page, the approver's page of a proof, and the
timeline of all that was done to the issue and to what stands in it. Of the assembly page "first"
is after a change of one entry, with everything remembered of the other paragraphs but the page
laid out anew; of the others it is the first look at all. "again" is the same page asked once
more. CPU milliseconds are of the process, medians over N; × is the ratio to 22 entries, in the
same run, so that other work on the machine matters little. The queries must be the same at every
size.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys

from tests.services.process import folder


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    with folder() as place:
        env = os.environ | {
            "DATABASE_URL": f"sqlite:///{place / 'newsroom.sqlite3'}",
            "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "bulletin.settings",
            "EMBEDDED_WORKER": "0",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "VAR_DIR": str(place),
        }
        run = f"from benchmarks.newsroom_work import run; run({repeat})"
        for words in (["migrate", "-v", "0"], ["shell", "-v", "0", "-c", run]):
            subprocess.run([sys.executable, "manage.py", *words], env=env, check=True)


if __name__ == "__main__":
    main()
