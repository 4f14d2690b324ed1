"""Real workers and beats for the kill drill: `python -m tests.bulletin.publishing.foreman [naive]`.

Reads a line `worker|beat NUMBER FOLDER`, forks such a process, which logs to `FOLDER/worker-NUMBER`
(or `beat-NUMBER`), and answers with its process id. Django is loaded once, before any fork, so
that a killed process is replaced in a moment, as by a supervisor with the code in its cache.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import django
from django.db import transaction
from django.utils import timezone

from bulletin.celery import app

WORDS = {
    "worker": "--pool solo --without-mingle --without-gossip --loglevel INFO -n w{number}@drill",
    "beat": "--loglevel INFO --pidfile= --schedule {folder}/schedule-{number}",
}


def publish_naively(issue_id: int) -> bool:
    """What comes to mind first: look, claim it so that nobody else does, then work."""
    from bulletin.models import Edition, Issue  # noqa: PLC0415  models are there after setup
    from bulletin.moves import leave_trail  # noqa: PLC0415

    issue = Issue.objects.get(pk=issue_id)
    if issue.state != "scheduled":
        return False
    with transaction.atomic():
        Issue.objects.filter(pk=issue_id).update(state="published")
        leave_trail(issue, "publish", by=None)
    time.sleep(1)  # files, pages, mails
    Edition.objects.filter(issue=issue_id).update(published_at=timezone.now())
    return True


def become(kind: str, number: str, folder: Path) -> None:
    log = os.open(folder / f"{kind}-{number}", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    app.start([kind, *WORDS[kind].format(number=number, folder=folder).split()])


def main(naive: bool) -> None:
    django.setup()
    from bulletin import tasks  # noqa: PLC0415  after setup

    if naive:
        vars(tasks)["publish_if_due"] = publish_naively
        app.conf.beat_schedule["sweep"]["schedule"] = 1
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not kept
    while line := sys.stdin.readline():
        kind, number, folder = line.split()
        if (child := os.fork()) == 0:
            become(kind, number, Path(folder))
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main("naive" in sys.argv)
