from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.intervals import Interval, quotient, tidy

numbers = st.integers(-50, 50)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


def inside(interval: Interval) -> st.SearchStrategy[Fraction]:
    """Numbers of the interval, its ends among them where they belong."""
    span = Fraction(interval.high - interval.low)
    shares = st.fractions(0, 1, max_denominator=8)
    return shares.map(lambda share: interval.low + span * share).filter(interval.contains)


def test_a_half_open_interval_holds_its_low_end_and_not_its_high_one():
    interval = Interval(37850, 37950)
    assert interval.contains(37850)
    assert not interval.contains(37950)


def test_a_point_holds_itself_whatever_was_said_of_its_ends():
    assert Interval(5, 5, False, False) == Interval.point(5)
    assert Interval.point(5).exact


def test_an_interval_that_runs_downwards_is_refused():
    with pytest.raises(ValueError, match="upwards"):
        Interval(2, 1)


def test_a_whole_fraction_becomes_an_int():
    assert isinstance(tidy(Fraction(4, 2)), int)
    assert quotient(3, 2) == Fraction(3, 2)


def test_dividing_by_what_may_be_zero_is_refused():
    with pytest.raises(ZeroDivisionError):
        Interval.point(1) / Interval(0, 5)


@given(st.data(), intervals(), intervals())
def test_a_result_holds_the_result_of_any_two_numbers(data: st.DataObject, a, b):
    x, y = data.draw(inside(a)), data.draw(inside(b))
    assert (a + b).contains(x + y)
    assert (a - b).contains(x - y)
    assert (a * b).contains(x * y)
    if b.low > 0 or b.high < 0:
        assert (a / b).contains(x / y)


@given(st.data(), intervals(), intervals())
def test_comparing_agrees_with_every_pair_of_numbers(data: st.DataObject, a, b):
    x, y = data.draw(inside(a)), data.draw(inside(b))
    order = a.compare(b)
    assert order is None or order == (x > y) - (x < y)
    assert a.overlaps(b) == b.overlaps(a)
    if x == y:
        assert a.overlaps(b)


def test_touching_ends_overlap_only_where_both_are_held():
    assert not Interval(0, 5).overlaps(Interval(5, 9))
    assert Interval(0, 5, True, True).overlaps(Interval(5, 9))
    assert Interval(0, 5).compare(Interval(5, 9)) == -1
    assert Interval.point(3).compare(Interval.point(3)) == 0
