"""Checks against other months, between centre and windows, and of words about changes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stats.checks import Finding, check_change, check_double, check_swing, check_wording
from stats.figures import change_words
from stats.specs import IndicatorSpec, Value

ONE = IndicatorSpec("one", "网办", scale=10_000, decimals=2)
SHARE = IndicatorSpec("share", "网办率", "%", decimals=2)
RATE = IndicatorSpec("rate", "满意率", "%", 1, 2, over_windows="ratio", over_months="ratio")
SHARED_CALLS = IndicatorSpec("calls", "电话咨询", "人次", owner="both")

numbers = st.integers(0, 10**8)


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in findings]


# Swings and units

histories = st.lists(st.integers(1_000, 9_000), min_size=3, max_size=12)


@given(histories, st.integers(1_000, 9_000))
def test_an_ordinary_month_is_never_flagged(history, number):
    assert check_swing(ONE, Value(number), history) == []


@given(histories, st.integers(1_000, 9_000), st.booleans())
def test_a_unit_slip_always_blocks_explained_or_not(history, number, explained):
    usual = sorted(history)[len(history) // 2]
    assume(usual / 3 <= number <= usual * 3)
    large = check_swing(ONE, Value(number * 10_000), history, explained=explained)
    assert codes(large) == [("unit_slip", "block")]
    large_history = [month * 10_000 for month in history]
    small = check_swing(ONE, Value(number), large_history, explained=explained)
    assert codes(small) == [("unit_slip", "block")]


@given(histories, st.integers(90_000, 900_000))
def test_ten_times_more_asks_for_an_explanation(history, number):
    assert codes(check_swing(ONE, Value(number), history)) == [("swing", "warn")]
    assert check_swing(ONE, Value(number), history, explained=True) == []


@given(histories, st.integers(0, 100))
def test_ten_times_less_asks_for_an_explanation(history, number):
    assert codes(check_swing(ONE, Value(number), history))[0][0] in {"swing", "unit_slip"}


def test_the_message_asks_the_right_question():
    [slip] = check_swing(ONE, Value(379_000_000), [37_000, 38_000, 39_000], window="w")
    assert slip.message == (
        "网办379000000件，前几个月的中位数是38000件，相差约万倍：单位是件，不是万件吗？"
    )
    [swing] = check_swing(ONE, Value(400_000), [37_000, 38_000, 39_000])
    assert "口径说明" in swing.message


@pytest.mark.parametrize(
    ("value", "history"),
    [(90_000, [10, 10]), (29, [1, 1, 1]), (500, [0, 0, 0])],
)
def test_short_histories_and_small_numbers_say_nothing(value, history):
    assert check_swing(ONE, Value(value), history) == []


def test_rates_do_not_swing():
    assert check_swing(RATE, Value(1, 100), [100, 100, 100]) == []


# Centre and windows


@given(st.dictionaries(st.sampled_from("abcdef"), numbers, min_size=1), numbers)
def test_a_shared_figure_is_flagged_only_where_the_centre_repeats_the_sum(windows, own):
    assume(own != sum(windows.values()))
    values = {window: Value(number) for window, number in windows.items()}
    assert check_double(SHARED_CALLS, {**values, "centre": Value(own)}) == []
    repeated = {**values, "centre": Value(sum(windows.values()))}
    found = codes(check_double(SHARED_CALLS, repeated))
    assert found == ([("double", "warn")] if any(windows.values()) else [])


def test_a_figure_of_the_centre_is_flagged_in_a_window():
    owned = IndicatorSpec("counter", "综合窗口受理", owner="centre")
    values = {"centre": Value(1_400), "w1": Value(30), "w2": Value(0)}
    [finding] = check_double(owned, values, names={"w1": "云川窗口"})
    assert finding.message == "综合窗口受理由中心填报，云川窗口又填了30件，可能重复统计。"
    assert finding.window == "w1"


def test_a_figure_of_the_windows_is_flagged_at_the_centre():
    values = {"centre": Value(37), "w1": Value(30)}
    assert codes(check_double(ONE, values)) == [("double", "warn")]
    assert check_double(ONE, {"w1": Value(30), "centre": Value(0)}) == []


# Words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("满意率提高1.1%。", "points"),
        ("按时办结率较上月下降了2%，", "points"),
        ("平均时限下降2倍", "times_down"),
        ("件数减少了1.5倍", "times_down"),
    ],
)
def test_points_and_per_cent_are_told_apart(text, code):
    assert codes(check_wording(text)) == [(code, "warn")]


@pytest.mark.parametrize(
    "text", ["满意率提高1.1个百分点。", "受理件数增长2%", "满意率98.5%", "办件量增长2倍", "提速63%"]
)
def test_right_words_are_not_flagged(text):
    assert check_wording(text) == []


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 3), st.booleans())
def test_true_change_words_are_never_flagged(current, previous, decimals, rate):
    spec = SHARE if rate else ONE
    words = change_words(
        current,
        previous,
        rate=rate,
        decimals=decimals,
        unit=spec.unit,
        scale=spec.scale,
        unit_decimals=spec.decimals,
    )
    assert check_change(spec, words, current, previous) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("增长5.0%", False),
        ("上升了5%", False),
        ("提高5.00%", False),
        ("下降5.0%", True),
        ("增长6%", True),
        ("提高5个百分点", True),
        ("持平", True),
    ],
)
def test_direction_size_and_kind_of_a_change_are_checked(words, wrong):
    assert bool(check_change(ONE, words, 105, 100)) == wrong


def test_the_message_gives_the_right_words():
    [finding] = check_change(ONE, "下降5.0%", 105, 100, "同比")
    assert finding.message == "网办同比写的是“下降5.0%”，按数据应为“增长5.0%”。"
