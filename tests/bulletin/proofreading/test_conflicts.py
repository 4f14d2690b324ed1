"""Two texts, one thing, two numbers; and what only looks like it."""

from __future__ import annotations

import pytest

from bulletin.proofreading.conflicts import Conflict, claims, conflicts

DESK = "2月18日，商务厅窗口开设外资企业服务专席，配备双语人员2名，首周接待企业43家。"


def found(one: str, other: str, *, same_month: bool = True) -> list[tuple[str, str, str]]:
    return [
        (item.thing, item.ours, item.theirs)
        for item in conflicts(one, other, same_month=same_month)
    ]


def test_a_number_is_told_with_what_it_counts_and_a_date_is_none():
    assert [(c.thing, c.written) for c in claims(DESK)] == [
        ("配备双语人员", "2名"),
        ("首周接待企业", "43家"),
    ]


def test_the_same_thing_with_another_number():
    other = "商务厅窗口专席配备双语人员1名，首周接待企业43家。"
    assert conflicts(DESK, other, same_month=True) == [Conflict("配备双语人员", "2名", "1名")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全月办理备案3.79万件。", "全月办理备案37912件。"),
        ("办理企业备案近50件。", "办理企业备案48件。"),
        ("办理企业备案300余件。", "办理企业备案358件。"),
        ("办理企业备案30余件。", "办理企业备案36件。"),
        ("压缩办理时限50%。", "压缩办理时限50个百分点。"),
        ("配备双语人员2名。", "配备引导人员3名。"),
        ("受理2件。", "办结3件。"),
        ("3月5日至7日。", "3月6日至8日。"),
        ("", DESK),
    ],
)
def test_what_is_rounded_or_another_thing_is_no_conflict(one, other):
    assert found(one, other) == []
    assert found(other, one) == []


def test_rounding_has_its_limits():
    assert found("全月办理备案3.79万件。", "全月办理备案38012件。") == [
        ("全月办理备案", "3.79万件", "38012件")
    ]
    assert found("办理企业备案30余件。", "办理企业备案58件。")


def test_a_count_of_the_month_differs_from_another_months_by_nature():
    one, other = "全月办理企业备案43件。", "全月办理企业备案58件。"
    assert found(one, other)
    assert found(one, other, same_month=False) == []


def test_a_thing_told_twice_agrees_with_either():
    assert found("设服务专席2个。", "原设服务专席1个，现设服务专席2个。") == []


def test_each_thing_is_named_once():
    one = "配备双语人员2名。配备双语人员2名。"
    assert len(found(one, "配备双语人员1名。")) == 1


@pytest.mark.parametrize("text", ["一" * 4000, "1" * 4000, "一1" * 2000, "“" * 4000 + "1"])
def test_long_and_strange_texts_take_no_time(text):
    assert conflicts(text, text, same_month=True) == []
