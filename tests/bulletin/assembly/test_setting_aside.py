"""Dropped, merged, carried over: nothing of an entry is lost, and each is undone."""

from __future__ import annotations

import pytest

from bulletin.assembly import (
    carry_entry,
    carry_submission,
    collect,
    drop_entry,
    edit_entry,
    merge_entries,
    open_issue,
    restore,
    waiting,
)
from bulletin.models import Aside, Entry, Issue
from bulletin.moves import MoveRefused, make_move
from bulletin.reviewing import review
from tests.bulletin.assembly.conftest import Month, dense, shape


def test_a_dropped_entry_keeps_its_edited_words(month):
    first = month.entries[0]
    edited = edit_entry(first, by=month.by, text="改过的一条。", version=first.version)
    before = shape(month.issue)
    aside = drop_entry(edited, by=month.by)
    assert [one.pk for one in waiting(month.issue)] == list(
        aside.submissions.values_list("pk", flat=True)
    )
    restore(aside, by=month.by)
    assert shape(month.issue) == before
    assert not Aside.objects.exists()


def test_collecting_again_brings_the_edited_words_back(month):
    first = month.entries[0]
    drop_entry(edit_entry(first, by=month.by, text="改过的一条。", version=1), by=month.by)
    collect(month.issue, by=month.by)
    assert "改过的一条。" in [text for _key, _at, text in shape(month.issue)]
    assert not Aside.objects.exists()


def test_two_windows_are_both_credited_for_one_event(house):
    month = Month(house, news=1)
    water = month.window("水利厅")
    month.news(5, window=water)
    collect(month.issue, by=month.by)
    one, other = month.entries
    merge_entries(one, other, by=month.by, text="两家联合开设专席。")
    (entry,) = month.entries
    assert entry.text == "两家联合开设专席。"
    assert {row.submission.window for row in entry.sources.all()} == {house.window, water}
    assert {str(row) for row in entry.departments.all()} == {"商务厅", "水利厅"}
    assert entry.date == one.date


def test_splitting_gives_both_their_own_words_and_departments(house):
    month = Month(house, news=1)
    month.news(5, window=month.window("水利厅"))
    collect(month.issue, by=month.by)
    before = shape(month.issue)
    one, other = month.entries
    merge_entries(one, other, by=month.by, text="两家联合开设专席。")
    restore(Aside.objects.get(), by=month.by)
    assert shape(month.issue) == before
    assert [[str(d) for d in e.departments.all()] for e in month.entries] == [
        ["商务厅"],
        ["水利厅"],
    ]
    assert [entry.sources.count() for entry in month.entries] == [1, 1]


def test_a_merged_entry_dropped_and_put_back_can_still_be_split(month):
    one, other, _third = month.entries
    before = shape(month.issue)
    kept = merge_entries(one, other, by=month.by, text="合起来的一条。")
    restore(drop_entry(kept, by=month.by), by=month.by)
    restore(Aside.objects.get(deed="merged"), by=month.by)
    assert shape(month.issue) == before


def test_what_the_system_writes_is_not_merged(house):
    house.visit(state="accepted", visit_kind="duty")
    month = Month(house, news=1)
    news, duty = month.entries
    with pytest.raises(MoveRefused, match="系统写的段落不能合并"):
        merge_entries(news, duty, by=month.by, text="合起来。")
    with pytest.raises(MoveRefused, match="不能移至下期"):
        carry_entry(duty, by=month.by, reason="晚了。")


def test_an_entry_moves_into_the_next_issue_that_is_open(month):
    later = open_issue(month.house.publication, year=2026, month=3, by=month.by)
    before = shape(month.issue)
    aside = carry_entry(month.entries[1], by=month.by, reason="月底才办成")
    assert [text for _key, _at, text in shape(later)] == [before[1][2]]
    restore(aside, by=month.by)
    assert shape(month.issue) == before
    assert shape(later) == []


def test_without_a_next_issue_it_waits_for_one(month):
    before = shape(month.issue)
    carry_entry(month.entries[1], by=month.by, reason="月底才办成")
    collect(month.issue, by=month.by)  # it is not this issue's any more
    assert len(shape(month.issue)) == 2
    later = open_issue(month.house.publication, year=2026, month=3, by=month.by)
    collect(later, by=month.by)
    assert [text for _key, _at, text in shape(later)] == [before[1][2]]
    assert Aside.objects.get().into == later.entries.get()


def test_what_was_edited_in_the_next_issue_comes_back_with_it(month):
    later = open_issue(month.house.publication, year=2026, month=3, by=month.by)
    aside = carry_entry(month.entries[0], by=month.by, reason="月底才办成")
    entry = later.entries.get()
    edit_entry(entry, by=month.by, text="在下期改过。", version=entry.version)
    restore(aside, by=month.by)
    assert "在下期改过。" in [text for _key, _at, text in shape(month.issue)]


def test_what_waits_is_left_to_the_next_issue_too(month):
    late = month.news(9)
    carry_submission(late, month.issue, by=month.by, reason="等核实数字")
    assert not waiting(month.issue).exists()
    later = open_issue(month.house.publication, year=2026, month=3, by=month.by)
    assert waiting(later).get() == late


def test_moving_on_needs_a_reason(month):
    with pytest.raises(MoveRefused, match="请写明为什么移至下期"):
        carry_entry(month.entries[0], by=month.by, reason=" ")


def test_what_was_taken_back_meanwhile_is_not_put_back(month):
    aside = drop_entry(month.entries[0], by=month.by)
    make_move(aside.submissions.get(), "take_back", by=month.by)
    with pytest.raises(MoveRefused, match="来稿已经取回"):
        restore(aside, by=month.by)


def test_a_signed_next_issue_is_not_used(month):
    later = open_issue(month.house.publication, year=2026, month=3, by=month.by)
    Issue.objects.filter(pk=later.pk).update(state="signed")
    assert carry_entry(month.entries[0], by=month.by, reason="月底才办成").into is None


def test_nobody_but_the_centres_editors_sets_aside(month):
    for act in (
        lambda: drop_entry(month.entries[0], by=month.house.approver),
        lambda: carry_entry(month.entries[0], by=month.house.publisher, reason="晚了。"),
    ):
        with pytest.raises(MoveRefused, match="不能编辑本期"):
            act()
    assert Entry.objects.count() == 3
    assert dense(month.issue)


def test_what_is_taken_back_leaves_the_issue_and_comes_back_as_it_was_accepted(month):
    (first, *_rest) = month.entries
    submission = first.sources.get().submission
    review(submission, "take_back", by=month.by)
    assert len(month.entries) == 2
    submission.refresh_from_db()
    words = "2月3日，商务厅窗口改由专人办理。"
    review(submission, "accept", by=month.by, text=words, version=submission.version)
    collect(month.issue, by=month.by)
    assert [text for _key, _at, text in shape(month.issue)][0] == words
