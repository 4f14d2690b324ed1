"""Thirty scheduled issues, two beats, two workers and four `kill -9`: thirty publications, each
within a minute of its time."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from bulletin.models import Edition, Issue, Trail
from bulletin.publishing import due_issues, schedule
from bulletin.renderers import FORMATS
from tests import press
from tests.bulletin.test_killed_worker import database_url
from tests.factories import House

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("memory" in settings.CELERY_BROKER_URL, reason="needs Redis"),
]

ROOT = Path(__file__).resolve().parents[3]
CREW = ("worker", "worker", "beat", "beat")
KILLED = ("worker", "beat", "worker", "worker")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def house(transactional_db):
    return House()


class Crew:
    """Workers and beats that are killed and replaced; none outlives the test."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder, self.count = folder, 0
        self.alive: dict[str, int] = {}
        self.foreman = subprocess.Popen(
            [sys.executable, "-m", "tests.bulletin.publishing.foreman", *words],
            cwd=ROOT,
            env=os.environ
            | {
                "DATABASE_URL": database_url(),
                # A database of Redis of its own: others' workers take none of its messages.
                "CELERY_BROKER_URL": f"{settings.CELERY_BROKER_URL}?virtual_host={7 + len(words)}",
                "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, kind: str) -> str:
        assert self.foreman.stdin
        assert self.foreman.stdout
        self.count += 1
        name = f"{kind}-{self.count}"
        print(kind, self.count, self.folder, file=self.foreman.stdin, flush=True)
        self.alive[name] = int(self.foreman.stdout.readline())
        return name

    def kill(self, name: str) -> None:
        os.kill(self.alive.pop(name), signal.SIGKILL)

    def of(self, kind: str) -> list[str]:
        return [name for name in self.alive if name.startswith(kind)]

    def log(self, name: str) -> str:
        with contextlib.suppress(FileNotFoundError):
            return (self.folder / name).read_text(encoding="utf-8")
        return ""

    def is_ready(self) -> bool:
        ready = {"worker": "ready.", "beat": "beat: Starting"}
        return all(ready[name.partition("-")[0]] in self.log(name) for name in self.alive)

    def in_the_middle(self) -> str:
        """A worker that has begun to publish and not ended; empty when there is none."""
        begun = "Task bulletin.publish_scheduled"
        for name in self.of("worker"):
            last = self.log(name).strip().rpartition("\n")[2]
            if begun in last and last.endswith("received"):
                return name
        return ""

    def dismiss(self) -> None:
        for name in list(self.alive):
            with contextlib.suppress(ProcessLookupError):
                self.kill(name)
        assert self.foreman.stdin
        self.foreman.stdin.close()
        self.foreman.wait(timeout=20)
        assert self.foreman.stdout
        self.foreman.stdout.close()


@pytest.fixture
def hire(tmp_path) -> Iterator[Callable[..., Crew]]:
    with contextlib.ExitStack() as hired:

        def hire(*words: str, kinds: tuple[str, ...] = CREW) -> Crew:
            crew = Crew(tmp_path, *words)
            hired.callback(crew.dismiss)
            for kind in kinds:
                crew.start(kind)
            wait_until(crew.is_ready, 60)
            return crew

        yield hire


def signed(house: House, number: int) -> Issue:
    """Its files rendered before, as always; here by as little as can be."""
    issue = press.signed(house, number)
    edition = issue.editions.get()
    for name in FORMATS:
        press.store(edition, name, edition.digest.encode())
    return issue


def scheduled(house: House, issues: list[Issue], *, apart: float) -> dict[int, dt.datetime]:
    """One after the other, `apart` seconds from each other; the first is due in two."""
    start = timezone.now() + dt.timedelta(seconds=2)
    times = {one.pk: start + dt.timedelta(seconds=apart * n) for n, one in enumerate(issues)}
    for issue in issues:
        schedule(issue, by=house.publisher, at=times[issue.pk])
    return times


def published() -> int:
    return Edition.objects.filter(published_at__isnull=False).count()


def told() -> list[int]:
    """The issues that the trail calls published, once for each time."""
    rows = Trail.objects.filter(subject="issue", action="publish")
    return sorted(rows.values_list("subject_id", flat=True))


def wait_until(asked: Callable[[], Any], seconds: float) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := asked():
            return found
        time.sleep(0.01)  # a publication takes a hundred times as long
    raise AssertionError(f"{asked} not within {seconds} s")


def test_thirty_scheduled_issues_come_out_once_each_on_time_whoever_is_killed(house, hire):
    issues = [signed(house, number) for number in range(30)]
    crew = hire()
    times = scheduled(house, issues, apart=0.6)
    for turn, kind in enumerate(KILLED):
        wait_until(lambda least=1 + turn * 6: published() >= least, 60)
        victim = crew.of("beat")[0] if kind == "beat" else wait_until(crew.in_the_middle, 60)
        crew.kill(victim)
        crew.start(kind)
    wait_until(lambda: published() == len(issues), 90)
    assert told() == sorted(times)
    rows = Edition.objects.filter(published_at__isnull=False).values_list("issue", "published_at")
    late = [at - times[issue] for issue, at in rows if at]
    assert len(late) == len(issues)
    assert min(late) >= dt.timedelta()
    assert max(late) <= MINUTE


def test_a_twin_that_claims_first_and_publishes_later_loses_what_a_killed_worker_held(house, hire):
    issue = signed(house, 0)
    crew = hire("naive", kinds=("worker", "beat"))
    scheduled(house, [issue], apart=0)
    wait_until(told, 60)
    crew.kill(crew.of("worker")[0])
    assert (told(), published()) == ([issue.pk], 0), "called published, and nothing is out"
    assert not due_issues(timezone.now() + MINUTE).exists(), "nor will it ever be"
