"""A thousand repetitions on PostgreSQL, two people at once; each law with a twin that breaks it.

The threads and their connections are kept: what is measured is the race, not connecting.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from bulletin.assembly import StaleEdit, edit_entry
from bulletin.handing_in import News, Place, Target, save
from bulletin.models import Entry, Submission, Trail
from bulletin.moves import MoveRefused, make_move
from tests.factories import EntryFactory, House, IssueFactory, SectionFactory
from windows.models import User

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

REPETITIONS = 250  # of each of the four
TWIN = 30  # a naive twin is caught within so many

Task = Callable[[], object]


class Pair:
    """Two threads, let go together as often as asked."""

    def __init__(self) -> None:
        self.gate = Barrier(2)
        self.pool = ThreadPoolExecutor(2)

    def __call__(self, one: Task, other: Task) -> list[object]:
        futures: list[Future[object]] = [self.pool.submit(self._run, t) for t in (one, other)]
        return [future.result() for future in futures]

    def _run(self, task: Task) -> object:
        self.gate.wait()
        try:
            return task()
        except (MoveRefused, IntegrityError) as refused:
            return refused

    def close(self) -> None:
        self(lambda: connection.close(), lambda: connection.close())  # each thread's own
        self.pool.shutdown()


@pytest.fixture
def house(transactional_db):
    return House()


@pytest.fixture
def both() -> Iterator[Pair]:
    pair = Pair()
    yield pair
    pair.close()


def refusals(results: list[object]) -> list[object]:
    return [result for result in results if isinstance(result, Exception)]


# Two editors saving one text


def two_saves(both: Pair, house: House, entry: Entry, edit: Callable) -> tuple[list, str]:
    """What both got, and the text that stands."""
    version = Entry.objects.values_list("version", flat=True).get(pk=entry.pk)
    results = both(
        lambda: edit(entry, house.editor, f"甲写的第{version}稿。", version),
        lambda: edit(entry, house.other_editor, f"乙写的第{version}稿。", version),
    )
    return results, Entry.objects.values_list("text", flat=True).get(pk=entry.pk)


def by_version(entry: Entry, by: User, text: str, version: int) -> str:
    return edit_entry(entry, by=by, text=text, version=version).text


def last_one_wins(entry: Entry, by: User, text: str, version: int) -> str:
    """The twin: looks at the version, then writes over whatever is there."""
    row = Entry.objects.get(pk=entry.pk)
    if row.version != version:
        raise StaleEdit(row.text)
    row.text, row.version = text, version + 1
    row.save()
    return text


@pytest.fixture
def entry(house) -> Entry:
    assert house.editor
    assert house.other_editor
    issue = IssueFactory(publication=house.publication)
    return EntryFactory(section=SectionFactory(issue=issue))


def test_no_save_is_lost_and_the_loser_is_shown_what_stands(both, house, entry):
    for _ in range(REPETITIONS):
        results, stands = two_saves(both, house, entry, by_version)
        (loser,) = refusals(results)
        assert isinstance(loser, StaleEdit)
        assert loser.current == stands
        assert [result for result in results if isinstance(result, str)] == [stands]


def test_saving_without_a_lock_is_caught(both, house, entry):
    lost = 0
    for _ in range(TWIN):
        results, _stands = two_saves(both, house, entry, last_one_wins)
        lost += not refusals(results)
    assert lost


# A claim race


def claim(submission: Submission, by: User) -> User:
    return make_move(submission, "claim", by=by).holder  # type: ignore[return-value]


def claim_naively(submission: Submission, by: User) -> User:
    row = Submission.objects.get(pk=submission.pk)
    if row.state != "submitted":
        raise MoveRefused("太晚了")
    row.state, row.holder = "claimed", by
    row.save()
    return by


def claimed_by(both: Pair, house: House, row: Submission, how: Callable) -> list[object]:
    Submission.objects.filter(pk=row.pk).update(state="submitted", holder=None)
    return both(lambda: how(row, house.editor), lambda: how(row, house.other_editor))


def test_a_claim_has_one_winner_every_time(both, house):
    row = house.news(state="submitted")
    for _ in range(REPETITIONS):
        results = claimed_by(both, house, row, claim)
        (winner,) = [result for result in results if isinstance(result, User)]
        row.refresh_from_db()
        assert (row.holder, len(refusals(results))) == (winner, 1)


def test_claiming_without_a_lock_is_caught(both, house):
    row = house.news(state="submitted")
    results = [claimed_by(both, house, row, claim_naively) for _ in range(TWIN)]
    assert any(not refusals(pair) for pair in results)


# Contradictory moves


def decide(submission: Submission, name: str, by: User) -> str:
    return make_move(submission, name, by=by, note="理由").state


def decide_naively(submission: Submission, name: str, by: User) -> str:
    row = Submission.objects.get(pk=submission.pk)
    if row.state != "claimed":
        raise MoveRefused("太晚了")
    row.state = {"accept": "accepted", "decline": "declined"}[name]
    row.save()
    return row.state


def decided(both: Pair, house: House, row: Submission, how: Callable) -> list[object]:
    Submission.objects.filter(pk=row.pk).update(state="claimed", holder=house.editor)
    return both(lambda: how(row, "accept", house.editor), lambda: how(row, "decline", house.editor))


def test_of_two_decisions_one_is_made(both, house):
    row = house.news(state="claimed", holder=house.editor)
    for done in range(1, REPETITIONS + 1):
        results = decided(both, house, row, decide)
        (made,) = [result for result in results if isinstance(result, str)]
        row.refresh_from_db()
        assert row.state == made
        assert Trail.objects.of("submission", row.pk).count() == done


def test_deciding_without_a_lock_is_caught(both, house):
    row = house.news(state="claimed", holder=house.editor)
    results = [decided(both, house, row, decide_naively) for _ in range(TWIN)]
    assert any(not refusals(pair) for pair in results)


# The same form posted twice


def posted_twice(both: Pair, house: House, post: Callable) -> tuple[list[object], int]:
    key = uuid.uuid4()
    before = Submission.objects.count()
    results = both(lambda: post(house, key), lambda: post(house, key))
    return results, Submission.objects.count() - before


def post(house: House, key: uuid.UUID) -> int:
    place = Place(house.window, house.publication, 2026, 2)
    written = News("window_news", None, "商务厅窗口", "推出企业备案当日办结。")
    return save(place, written, by=house.clerk, target=Target(key=key), submit=True).pk


def post_naively(house: House, key: uuid.UUID) -> int:
    """Without a key that the database holds unique: looks, then writes."""
    with transaction.atomic():
        found = Submission.objects.filter(edited=str(key)).first()
        return (found or house.news(state="submitted", edited=str(key))).pk


def test_a_form_posted_twice_is_one_submission(both, house):
    assert house.clerk
    for _ in range(REPETITIONS):
        results, made = posted_twice(both, house, post)
        assert (len(set(results)), made) == (1, 1), results
    assert Trail.objects.filter(action="submit").count() == REPETITIONS


def test_posting_without_a_key_is_caught(both, house):
    assert house.clerk
    assert max(posted_twice(both, house, post_naively)[1] for _ in range(TWIN)) == 2
