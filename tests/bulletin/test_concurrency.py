"""Real threads on PostgreSQL: row locks decide, and exactly one wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from bulletin.models import Submission, Trail
from bulletin.moves import MoveRefused, leave_trail, make_move
from bulletin.outbox import enqueue, run
from tests.factories import House
from windows.models import User

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(transactional_db):
    return House()


def at_once(tasks: Sequence[Callable[[], object]]) -> list[object]:
    """Run each task in a thread of its own, all let go together; results or exceptions."""
    gate = Barrier(len(tasks))

    def one(task: Callable[[], object]) -> object:
        try:
            gate.wait()
            return task()
        except MoveRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(one, tasks))


def contradictory(house: House, submission: Submission, move: Callable) -> list[object]:
    """Eight buttons that exclude each other, pressed on one claimed submission."""
    presses = ["accept", "decline", "return", "accept"] * 2
    return at_once([lambda name=name: move(submission, name, house.editor) for name in presses])


def by_the_table(submission: Submission, name: str, by: User) -> Submission:
    return make_move(submission, name, by=by, note="理由")


def naive(submission: Submission, name: str, by: User) -> Submission:
    """The twin without a lock: reads, decides, writes."""
    row = Submission.objects.get(pk=submission.pk)
    if row.state != "claimed":
        raise MoveRefused("太晚了")
    row.state = {"accept": "accepted", "decline": "declined", "return": "returned"}[name]
    with transaction.atomic():
        Submission.objects.filter(pk=row.pk).update(state=row.state)
        leave_trail(row, name, by=by)
    return row


def test_contradictory_buttons_make_exactly_one_move_and_one_trail_row(house):
    for _ in range(10):
        submission = house.news(state="claimed", holder=house.editor)
        results = contradictory(house, submission, by_the_table)
        made = [result for result in results if isinstance(result, Submission)]
        assert len(made) == 1
        assert Trail.objects.of("submission", submission.pk).count() == 1
        submission.refresh_from_db()
        assert submission.state == made[0].state


def test_the_naive_twin_is_caught(house):
    rows = []
    for _ in range(10):
        submission = house.news(state="claimed", holder=house.editor)
        contradictory(house, submission, naive)
        rows.append(Trail.objects.of("submission", submission.pk).count())
    assert max(rows) > 1


def test_a_claim_race_has_one_winner(house):
    submission = house.news(state="submitted")
    people = [house.editor, house.other_editor] * 4
    results = at_once([lambda p=p: make_move(submission, "claim", by=p) for p in people])
    winners = [result for result in results if isinstance(result, Submission)]
    assert len(winners) == 1
    submission.refresh_from_db()
    assert submission.holder_id == winners[0].holder_id


def test_the_trail_has_no_gap_and_no_fork_under_eight_threads(house):
    submissions = [house.news(state="submitted") for _ in range(8)]
    at_once([lambda s=s: make_move(s, "claim", by=house.editor) for s in submissions])
    rows = list(Trail.objects.order_by("serial"))
    assert [row.serial for row in rows] == list(range(1, 9))
    assert [row.previous for row in rows[1:]] == [row.digest for row in rows[:-1]]


def test_a_job_is_done_by_one_of_eight_workers(house):
    done: Counter[str] = Counter()
    job = enqueue("count", "count:1", {"what": "one"})
    handlers = {"count": lambda payload: done.update([payload["what"]])}
    results = at_once([lambda: run(job.pk, handlers) for _ in range(8)])
    assert (done["one"], results.count(True)) == (1, 1)
