"""The published set at every instant: a thousand reads while an issue is published, corrected
and withdrawn, from the real server on PostgreSQL. None may meet two sets at once."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone

from bulletin import baking
from bulletin.baked import switching, tree
from bulletin.baking import drawing
from bulletin.models import Edition, Issue
from bulletin.publishing import public
from bulletin.site.looks import LOOKS
from tests import factories, press
from tests.services.environment import production
from tests.services.process import free_port, running

ROOT = Path(__file__).resolve().parent.parent.parent
READS = 1000
FRONT, YEAR, ISSUE, BEFORE = "/", "/monthly/2026/", "/monthly/2026/4/", "/monthly/2026/3/"
FIXED = "4月30日，更正后的一条。"
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(transactional_db):
    return factories.House()


@pytest.fixture
def server(house, settings, tmp_path, monkeypatch):
    """Three issues are out and baked; the application serves them as deployed."""
    settings.BAKED = True
    monkeypatch.setattr(drawing, "LOOKS", {"": LOOKS[""]})
    for month in (1, 2, 3):
        press.publish(house.publication, press.document(2026, month), house.editor)
    baking.bake_all()
    before, after = configured.DATABASE_URL.rsplit("/bulletin?")
    port = free_port()
    env = production(dict(os.environ)) | {
        "ALLOWED_HOSTS": "127.0.0.1",
        "BAKED_ROOT": str(settings.BAKED_ROOT),
        "DATABASE_URL": f"{before}/{connection.settings_dict['NAME']}?{after}",
        "EMBEDDED_WORKER": "0",
        "HTTPS": "0",
        "VAR_DIR": str(tmp_path),
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(collect, cwd=ROOT, env=env, check=True)  # Django draws what is not baked
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "2"]
    command += ["--port", str(port), "--log-level", "error", "bulletin.wsgi:application"]

    def answers() -> bool:
        try:
            return read(port, FRONT)[0] == 200
        except OSError:
            return False

    with running(
        command,
        log=tmp_path / "log",
        answers=answers,
        stop=signal.SIGTERM,
        patience=120,  # two processes start, perhaps beside other tests
        env=env,
        cwd=ROOT,
    ):
        yield port


def read(port: int, path: str) -> tuple[int, str]:
    """On a connection of its own, so that any of the processes may answer."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        asked.request("GET", path)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asked.close()


def told(port: int, path: str) -> str:
    """Which set the page is of: without issue 4, with it, or with its correction."""
    status, page = read(port, path)
    assert status in (200, 404, 410), page
    if path == ISSUE and status != 200:
        return "without"
    if path == ISSUE:
        return "corrected" if FIXED[5:] in page else "with"
    if "/monthly/2026/4/" not in page:
        return "without"
    fixed = "#editions" in page if path == YEAR else "第4期有更正" in page
    return "corrected" if fixed else "with"


class Readers:
    """Eight at once; each reads the front page, another page, and the front page again."""

    def __init__(self, port: int) -> None:
        self.port, self.reads = port, 0
        self.mixed: list[tuple[str, str, str]] = []
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def _read(self, path: str) -> None:
        while not self._stop.is_set():
            first, between, last = (told(self.port, one) for one in (FRONT, path, FRONT))
            if path == BEFORE and between == "corrected":
                between = "with"
            same = {"with"} if path == BEFORE and first == "corrected" else {first}
            with self._lock:
                self.reads += 3
                if first == last and between not in same:
                    self.mixed.append((path, first, between))

    @contextmanager
    def reading(self):
        threads = [
            threading.Thread(target=self._read, args=(path,)) for path in (YEAR, ISSUE, BEFORE) * 2
        ]
        for thread in threads:
            thread.start()
        try:
            yield self
            while self.reads < READS and all(thread.is_alive() for thread in threads):
                threading.Event().wait(0.05)
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()


def publish(house, **given) -> Edition:
    paper = press.document(2026, 4)
    paper = press.with_text(paper, FIXED) if given else paper
    issue = Issue.objects.filter(year=2026, number=4).first() or factories.IssueFactory(
        publication=house.publication, year=2026, number=4, month=4
    )

    def act(_row: Issue) -> Edition:
        return press.publish(house.publication, paper, house.editor, **given)

    return public.change(issue, act, appearing=None)


def withdraw(edition: Edition) -> Edition:
    def act(row: Issue) -> Edition:
        Edition.objects.filter(issue=row).update(withdrawn_at=timezone.now())
        return edition

    return public.change(edition.issue, act, appearing=None)


def test_every_reader_meets_one_published_set(house, server):
    steps = []
    for name in ("publish", "correct", "withdraw"):
        with Readers(server).reading() as readers:
            if name == "publish":
                steps.append(publish(house))
            elif name == "correct":
                steps.append(publish(house, supersedes=steps[0]))
            else:
                withdraw(steps[1])
        assert readers.reads >= READS, name
        assert readers.mixed == [], name
    assert told(server, FRONT) == told(server, ISSUE) == told(server, BEFORE) == "without"


def test_pages_replaced_one_by_one_are_caught(house, server):
    """The naive twin: the same pages, put in place one after another."""
    place = baking.store()

    def one_by_one() -> None:
        press.publish(house.publication, press.document(2026, 4), house.editor)
        root, number = switching.current(place).name, 1000
        for steps, entry in drawing.drawn(place, drawing.places(None)).items():
            root, number = tree.graft(place, root, {steps: entry}), number + 1
            switching.switch(place, lambda newest=(number, root): newest)
            threading.Event().wait(0.05)

    with Readers(server).reading() as readers:
        one_by_one()
    assert readers.mixed != []


def test_words_of_the_pages_are_what_the_readers_look_for(house, server):
    publish(house)
    assert told(server, FRONT) == told(server, YEAR) == told(server, ISSUE) == "with"
    assert re.search(r'href="/monthly/2026/4/"', read(server, BEFORE)[1])
