"""撤销上一步: the newest step, by who made it."""

from __future__ import annotations

import pytest

from bulletin.assembly import (
    carry_entry,
    drop_entry,
    edit_entry,
    last_step,
    merge_entries,
    place_entry,
    undo,
)
from bulletin.moves import MoveRefused
from tests.bulletin.assembly.conftest import shape


def place(month):
    place_entry(month.entries[0], by=month.by, section=month.section("politics"), position=1)


def drop(month):
    drop_entry(month.entries[1], by=month.by)


def merge(month):
    one, other, _third = month.entries
    merge_entries(one, other, by=month.by, text="合起来的一条。")


def carry(month):
    carry_entry(month.entries[2], by=month.by, reason="月底才办成")


def edit(month):
    entry = month.entries[0]
    edit_entry(entry, by=month.by, text="改过的一条。", version=entry.version)


def undo_last(month):
    undo(month.issue, last_step(month.issue, month.by).serial, by=month.by)


@pytest.mark.parametrize("step", [place, drop, merge, carry, edit])
def test_every_step_is_taken_back(month, step):
    before = shape(month.issue)
    step(month)
    assert shape(month.issue) != before
    undo_last(month)
    assert shape(month.issue) == before


def test_steps_are_taken_back_one_after_the_other(month):
    shapes = [shape(month.issue)]
    for step in (place, edit, drop):
        step(month)
        shapes.append(shape(month.issue))
    while shapes.pop() and shapes:
        undo_last(month)
        assert shape(month.issue) == shapes[-1]
    assert last_step(month.issue, month.by) is None  # collecting is not taken back


def test_nobody_takes_back_what_another_did(month):
    place(month)
    assert last_step(month.issue, month.house.other_editor) is None
    serial = last_step(month.issue, month.by).serial
    entry = month.entries[1]
    edit_entry(entry, by=month.house.other_editor, text="别人改的。", version=entry.version)
    with pytest.raises(MoveRefused, match="又有了改动"):
        undo(month.issue, serial, by=month.by)
