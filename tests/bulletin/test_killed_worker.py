"""A worker killed in the middle of rendering: one complete file of each format in the end."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from bulletin.document import dumps
from bulletin.marking import public_marks
from bulletin.models import Edition, EditionFile, Job
from bulletin.outbox import enqueue
from bulletin.renderers import FORMATS
from bulletin.storage import read, root
from bulletin.tasks import run_job, sweep
from tests.bulletin.test_document import document
from tests.factories import House, IssueFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

# Stops for ever between writing the bytes of the second file and giving them their name.
HANG = """
import sys, time, django
from pathlib import Path
django.setup()
from bulletin.tasks import run_job
rename, calls = Path.replace, []
def hang(self, target):
    calls.append(self)
    if len(calls) == 2:
        print("in the middle", flush=True)
        time.sleep(600)
    return rename(self, target)
Path.replace = hang
run_job(int(sys.argv[1]))
"""


@pytest.fixture
def edition(transactional_db):
    house = House()
    issue = IssueFactory(publication=house.publication)
    content = document()
    return Edition.objects.create(
        issue=issue,
        proof_no=1,
        content=dumps(content).decode(),
        digest=content.digest,
        year=2026,
        number=2,
        sent_by=house.editor,
    )


def database_url() -> str:
    row = connection.settings_dict
    query = urlencode({"host": row["HOST"], "user": row["USER"], "port": row["PORT"] or ""})
    return f"postgres:///{row['NAME']}?{query}"


def killed_while_rendering(job: Job) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "bulletin.settings"),
    }
    worker = subprocess.Popen(  # noqa: S603  our own interpreter and script
        [sys.executable, "-c", HANG, str(job.pk)],
        env=environment,
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "in the middle"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(timeout=10)
    worker.stdout.close()


def test_another_worker_finishes_what_a_killed_one_began(edition):
    job = enqueue("render", f"render:{edition.pk}", {"edition": edition.pk})
    killed_while_rendering(job)
    assert edition.files.count() == 1, "the second file was cut off before its row"
    assert not run_job(job.pk), "the dead worker's lease still holds"
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert sweep() == 1, "the sweep finds it and nudges"
    assert run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    assert {file.format for file in edition.files.all()} == set(FORMATS)
    marks = public_marks(edition.digest)
    for file in EditionFile.objects.all():
        assert read(file) == FORMATS[file.format].render(edition.document, marks=marks)
    named = [path for path in root().rglob("*") if path.is_file() and path.suffix]
    assert len(named) == len(FORMATS), "one file a format, none half written under a name"


def test_a_finished_job_is_not_done_again(edition):
    job = enqueue("render", f"render:{edition.pk}", {"edition": edition.pk})
    assert run_job(job.pk)
    stamps = {path: path.stat().st_mtime_ns for path in root().rglob("*.*")}
    time.sleep(0.01)
    assert not run_job(job.pk)
    assert sweep() == 0
    assert {path: path.stat().st_mtime_ns for path in root().rglob("*.*")} == stamps
