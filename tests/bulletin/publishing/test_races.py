"""Publishing by many at once on PostgreSQL; each law with a twin that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from bulletin import baking, publishing
from bulletin.assembly import build_document, edit_entry, next_number, open_issue
from bulletin.document import dumps
from bulletin.models import Edition, Entry, Issue, Publication, Trail
from bulletin.moves import MoveRefused, leave_trail, lock
from bulletin.publishing import publish, send_proof
from tests import press
from tests.factories import House, IssueFactory
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ISSUES, THREADS = 50, 4


@pytest.fixture
def house(transactional_db):
    house = House()
    assert house.publisher
    assert house.editor
    assert house.approver
    return house


@pytest.fixture
def _no_files(monkeypatch):
    """The race is for rows; what is rendered and drawn before them has its own drills."""
    monkeypatch.setattr(publishing.public, "ensure_files", lambda edition: [])
    monkeypatch.setattr(baking, "bake", lambda issue: None)


def at_once(tasks: Iterable[Callable[[], Any]], threads: int) -> list[Any]:
    """Run them all, `threads` at a time and let go together; refusals come back as values."""
    gate = Barrier(threads)

    def run(task: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=60)
            return task()
        except (MoveRefused, ValidationError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, tasks))


def signed_issues(house: House) -> list[Issue]:
    return [press.signed(house, number) for number in range(ISSUES)]


def everybody_publishes(house: House, act: Callable[[Issue], Any]) -> tuple[int, int]:
    """Four threads, each pressing for all fifty, in step: (editions out, publications told)."""
    tasks = [
        lambda issue=issue: act(issue) for issue in signed_issues(house) for _t in range(THREADS)
    ]
    at_once(tasks, THREADS)
    told = Trail.objects.filter(subject="issue", action="publish").count()
    return Edition.objects.filter(published_at__isnull=False).count(), told


@pytest.mark.usefixtures("_no_files")
def test_four_threads_publishing_fifty_issues_give_fifty_publications(house):
    def act(issue: Issue) -> Edition:
        return publish(issue, by=house.publisher)

    assert everybody_publishes(house, act) == (ISSUES, ISSUES)


def test_a_twin_that_looks_first_and_acts_later_publishes_some_twice(house):
    def act(issue: Issue) -> None:
        row = Issue.objects.get(pk=issue.pk)
        if row.state == "signed":
            with transaction.atomic():
                leave_trail(row, "publish", by=house.publisher)
                Edition.objects.filter(issue=row, published_at=None).update(
                    published_at=timezone.now()
                )
                Issue.objects.filter(pk=row.pk).update(state="published")

    editions, told = everybody_publishes(house, act)
    assert editions == ISSUES
    assert told > ISSUES


# Numbers

YEARS, AT_WORK = range(2021, 2030), 20
MONTHS = [(year, month) for year in YEARS for month in range(12, 0, -1)][:100]


def numbers(house: House, act: Callable[[int, int], Any]) -> tuple[list[Any], dict[int, list[int]]]:
    """A hundred months opened by twenty threads: (refusals, the numbers of each year)."""
    IssueFactory(publication=house.publication, year=2020, month=12, number=12)
    tasks = [lambda at=at: act(*at) for at in MONTHS]
    results = at_once(tasks, AT_WORK)
    refused = [one for one in results if isinstance(one, Exception)]
    found: dict[int, list[int]] = {}
    for year, number in Issue.objects.filter(year__gt=2020).values_list("year", "number"):
        found.setdefault(year, []).append(number)
    return refused, {year: sorted(many) for year, many in found.items()}


def without_gap(found: dict[int, list[int]]) -> bool:
    return all(many == list(range(1, len(many) + 1)) for many in found.values())


def test_a_hundred_numbers_by_twenty_threads_have_no_gap_and_no_refusal(house):
    publication = Publication.objects.get(pk=house.publication.pk)
    refused, found = numbers(
        house,
        lambda year, month: open_issue(publication, year=year, month=month, by=house.editor),
    )
    assert refused == []
    assert sum(map(len, found.values())) == len(MONTHS)
    assert without_gap(found)


def test_a_twin_that_takes_the_number_without_a_lock_is_refused(house):
    publication = Publication.objects.get(pk=house.publication.pk)

    def act(year: int, month: int) -> Issue:
        number = next_number(publication, year, month)
        return open_issue(publication, year=year, month=month, number=number, by=house.editor)

    refused, _found = numbers(house, act)
    assert refused


# A proof sent while an entry is saved


def proofs_and_saves(
    house: House, send: Callable[[Issue], Edition], times: int
) -> list[tuple[bool, bool]]:
    """Each time a save races a send: (the proof stands, the issue prints as the proof)."""
    seen = []
    rows = Newsroom(house)
    issue = rows.issue
    for turn in range(times):
        entry = Entry.objects.get(issue=issue)
        text = f"2月3日，商务厅窗口推出企业备案当日办结，全月办理{turn + 100}件。"
        at_once(
            [
                lambda: send(Issue.objects.get(pk=issue.pk)),
                lambda e=entry, t=text: edit_entry(e, by=house.editor, text=t, version=e.version),
            ],
            2,
        )
        fresh = Issue.objects.get(pk=issue.pk)
        proof = Edition.objects.filter(issue=issue, voided_at=None).first()
        same = proof is None or proof.digest == build_document(fresh).digest
        seen.append((proof is not None, same))
        if proof is not None:
            publishing.void_proof(fresh, by=house.editor, note="再来一次。")
    return seen


@pytest.fixture
def _plain_formats(monkeypatch):
    """The equality gate renders every format; the race is for the rows."""
    monkeypatch.setattr(publishing.sending, "check_issue", lambda issue: [])
    monkeypatch.setattr(publishing.sending, "unlike", lambda document: [])


@pytest.mark.usefixtures("_plain_formats")
def test_a_proof_never_stands_beside_an_entry_saved_meanwhile(house):
    seen = proofs_and_saves(house, lambda issue: send_proof(issue, by=house.editor), 25)
    assert all(same for _stands, same in seen)


def test_a_twin_that_freezes_what_it_read_before_the_lock_is_caught(house):
    def send(issue: Issue) -> Edition:
        document = build_document(issue)
        with transaction.atomic():
            row = lock(issue)
            number = row.editions.count() + 1
            Issue.objects.filter(pk=row.pk, state="open").update(state="proof")
            return Edition.objects.create(
                issue=row,
                proof_no=number,
                content=dumps(document).decode(),
                digest=document.digest,
                year=row.year,
                number=row.number,
                sent_by=house.editor,
            )

    seen = proofs_and_saves(house, send, 40)
    assert not all(same for _stands, same in seen)
