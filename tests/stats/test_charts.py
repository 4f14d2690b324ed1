"""The line chart: from zero, in its frame, broken where a month is missing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.charts import NARROW, WIDE, Mark, Words, line_chart, steps

WORDS = Words("2026年", "2025年", "9月 4.6万", str, str)


def year(*values):
    return [Mark(month, month, value) for month, value in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("low", "high", "numbers"),
    [
        (0, 46_300, [0, 10_000, 20_000, 30_000, 40_000, 50_000]),
        (29_700, 46_300, [0, 10_000, 20_000, 30_000, 40_000, 50_000]),
        (0, 0, [0, 1]),
        (Fraction(97), Fraction(199, 2), [0, 20, 40, 60, 80, 100]),
        (0, 3, [0, 1, 2, 3]),
        (-12, 30, [-20, -10, 0, 10, 20, 30]),
        (0, Fraction(1, 3), [0, Fraction(1, 10), Fraction(1, 5), Fraction(3, 10), Fraction(2, 5)]),
    ],
)
def test_the_scale_is_round_and_holds_zero(low, high, numbers):
    assert steps(low, high) == numbers


def test_the_base_line_is_zero_and_every_line_has_its_word():
    chart = line_chart(year(30, 40), [], WORDS, WIDE)
    assert [(tick.words, tick.base) for tick in chart.ticks] == [
        ("0", True), ("10", False), ("20", False), ("30", False), ("40", False),
    ]  # fmt: skip
    assert chart.ticks[0].y == "310"


def test_a_missing_month_breaks_the_line_and_keeps_its_dot():
    marks = [Mark(1, 1, 10), Mark(2, 2, 12), Mark(4, 4, 11)]
    chart = line_chart(marks, [], WORDS, WIDE)
    assert len(chart.now) == 1
    assert [dot.current for dot in chart.dots] == [False, False, True]


def test_a_combined_issue_is_a_level_stretch():
    chart = line_chart([Mark(1, 2, 10), Mark(3, 3, 20)], [], WORDS, WIDE)
    first, second, third = (place.split(",") for place in chart.now[0].split())
    assert first[1] == second[1] != third[1]


def test_the_newest_month_alone_is_marked():
    chart = line_chart(year(1, 2, 3), year(2, 2, 2), WORDS, NARROW)
    assert [month.words for month in chart.months if month.current] == ["3"]
    assert sum(dot.current for dot in chart.dots) == 1
    assert chart.current is not None
    assert chart.current.words == "9月 4.6万"


def test_nothing_published_draws_an_empty_frame():
    chart = line_chart([], [], WORDS, WIDE)
    assert (chart.now, chart.before, chart.dots, chart.labels, chart.current) == (
        (), (), (), (), None,
    )  # fmt: skip


VALUES = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


@pytest.mark.parametrize("size", [WIDE, NARROW])
@given(now=VALUES, before=st.one_of(st.just([]), VALUES))
def test_everything_stands_in_its_frame(size, now, before):
    chart = line_chart(year(*now), year(*before), WORDS, size)
    for place in " ".join((*chart.now, *chart.before)).split():
        x, y = map(float, place.split(","))
        assert size.left <= x <= size.width - size.right
        assert size.top - 0.1 <= y <= size.height - size.bottom + 0.1
    for text in (*chart.labels, *([chart.current] if chart.current else ())):
        assert 0 <= float(text.x) <= size.width
        assert 0 <= float(text.y) <= size.height
    assert len(chart.dots) == len(now)
