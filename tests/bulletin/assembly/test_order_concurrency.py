"""Two editors moving entries of one issue at once, on PostgreSQL; and a twin that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from bulletin.assembly import drop_entry, edit_entry, merge_entries, place_entry, restore
from bulletin.models import Aside, Entry, EntrySource
from bulletin.moves import MoveRefused
from tests.bulletin.assembly.conftest import Month, dense
from tests.factories import House

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

STEPS = 40
TWIN = 8  # every deadlock of the twin takes PostgreSQL a second to see


@pytest.fixture
def month(transactional_db) -> Month:
    house = House()
    assert house.other_editor
    return Month(house, news=6)


def together(
    step: Callable[[Random, object], None], month: Month, steps: int = STEPS
) -> list[Exception]:
    """Both editors make their steps at once; what neither expects comes back."""
    gate = Barrier(2)

    def work(seed: int, by: object) -> list[Exception]:
        dice = Random(seed)  # noqa: S311  a drill, no secret
        wrong: list[Exception] = []
        gate.wait()
        for _ in range(steps):
            try:
                step(dice, by)
            except MoveRefused:
                pass
            except (IntegrityError, OperationalError) as error:
                wrong.append(error)
        connection.close()
        return wrong

    people = (month.house.editor, month.house.other_editor)
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(work, (1, 2), people), [])


def one_of(rows, dice: Random):
    found = list(rows.order_by("pk"))
    return dice.choice(found) if found else None


def any_step(month: Month) -> Callable[[Random, object], None]:
    def step(dice: Random, by) -> None:
        entry, other = (one_of(Entry.objects.all(), dice) for _ in range(2))
        aside = one_of(Aside.objects.all(), dice)
        deed = dice.randrange(8)
        if deed == 0 and entry:
            drop_entry(entry, by=by)
        elif deed == 1 and entry and other:
            merge_entries(entry, other, by=by, text="合起来的一条。")
        elif deed < 4 and aside:
            restore(aside, by=by)
        elif deed == 4 and entry:
            edit_entry(entry, by=by, text=f"第{dice.random()}稿。", version=entry.version)
        elif entry:
            section = one_of(month.issue.sections.all(), dice)
            place_entry(entry, by=by, section=section, position=dice.randint(1, 7))

    return step


def naively(month: Month) -> Callable[[Random, object], None]:
    """The twin: reads where everything stands, then writes it back in the new order."""

    def step(dice: Random, by) -> None:
        with transaction.atomic():
            section = month.section("window_news")
            rows = list(section.entries.order_by("position"))
            dice.shuffle(rows)
            for position, row in enumerate(rows, 1):
                row.position = position
                row.save()
            if dice.random() < 0.3:
                Entry.objects.create(
                    issue=month.issue, section=section, position=len(rows) + 1, text="新的一条。"
                )

    return step


def test_no_entry_is_lost_and_positions_stay_dense(month):
    submissions = set(EntrySource.objects.values_list("submission", flat=True))
    assert together(any_step(month), month) == []
    assert dense(month.issue)
    standing = list(EntrySource.objects.values_list("submission", flat=True))
    assert len(standing) == len(set(standing))
    kept = set(Aside.objects.exclude(deed="merged").values_list("submissions", flat=True))
    assert submissions <= set(standing) | kept


def test_moving_without_the_issues_lock_is_caught(month):
    assert together(naively(month), month, TWIN) or not dense(month.issue)
