"""Whatever is done to entries in whatever order: dense positions, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from bulletin.assembly import (
    carry_entry,
    collect,
    drop_entry,
    merge_entries,
    open_issue,
    place_entry,
    restore,
)
from bulletin.models import Aside, Entry, EntrySource, Issue, Submission
from bulletin.moves import MoveRefused
from tests.bulletin.assembly.conftest import Month, dense

NUMBERS = st.integers(0, 30)


class Assembling(RuleBasedStateMachine):
    """Every submission stands in one entry, or waits; every entry it ever had is a part of
    one, or is kept aside."""

    month: Month  # set by the test, which has the database

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()  # a savepoint, rolled back when the example ends
        self.example.__enter__()
        self.later: Issue | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def entry(self, number: int) -> Entry | None:
        entries = list(Entry.objects.order_by("pk"))
        return entries[number % len(entries)] if entries else None

    def act(self, deed: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return deed(*args, by=self.month.by, **kwargs)
        except MoveRefused:
            return None

    @rule(which=NUMBERS, section=NUMBERS, position=st.integers(-2, 40))
    def place(self, which: int, section: int, position: int) -> None:
        if entry := self.entry(which):
            sections = list(entry.issue.sections.all())
            target = sections[section % len(sections)]
            self.act(place_entry, entry, section=target, position=position)

    @rule(which=NUMBERS)
    def drop(self, which: int) -> None:
        if entry := self.entry(which):
            self.act(drop_entry, entry)

    @rule(one=NUMBERS, other=NUMBERS)
    def merge(self, one: int, other: int) -> None:
        if (kept := self.entry(one)) and (gone := self.entry(other)):
            self.act(merge_entries, kept, gone, text=f"{kept.text}{gone.text}")

    @rule(which=NUMBERS)
    def carry(self, which: int) -> None:
        if entry := self.entry(which):
            self.act(carry_entry, entry, reason="月底才办成")

    @rule(which=NUMBERS)
    def restore(self, which: int) -> None:
        asides = list(Aside.objects.order_by("pk"))
        if asides:
            self.act(restore, asides[which % len(asides)])

    @rule(next_one=st.booleans())
    def collect(self, next_one: bool) -> None:
        if next_one and self.later is None:
            publication = self.month.house.publication
            self.later = open_issue(publication, year=2026, month=3, by=self.month.by)
        self.act(collect, self.later if next_one else self.month.issue)

    @invariant()
    def positions_are_dense(self) -> None:
        assert dense(self.month.issue)
        assert self.later is None or dense(self.later)

    @invariant()
    def every_submission_stands_once_or_waits(self) -> None:
        standing = list(EntrySource.objects.values_list("submission", flat=True))
        assert len(standing) == len(set(standing))
        assert all(entry.sources.exists() for entry in Entry.objects.all())
        kept = set(Aside.objects.filter(deed="dropped").values_list("submissions", flat=True))
        kept |= set(Aside.objects.filter(deed="carried").values_list("submissions", flat=True))
        accepted = set(Submission.objects.filter(state="accepted").values_list("pk", flat=True))
        assert accepted - set(standing) <= kept


@pytest.mark.django_db
def test_positions_stay_dense_and_nothing_is_lost(house):
    Assembling.month = Month(house, news=5)
    run(
        Assembling,
        settings=settings(
            max_examples=6,
            stateful_step_count=15,
            deadline=None,
            phases=[Phase.generate],  # shrinking takes minutes with a database
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
