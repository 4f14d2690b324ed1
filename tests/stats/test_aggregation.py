from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stats.aggregation import aggregate_months, aggregate_windows, idle_windows, regroup
from stats.specs import AggregationError, IndicatorSpec, Value, amount

SPECS = (
    IndicatorSpec("accepted", "受理"),
    IndicatorSpec("counter", "综合窗口"),
    IndicatorSpec("on_time", "按时率", "%", 1, 2, over_windows="ratio", over_months="ratio"),
    IndicatorSpec("days", "时限", "天", 1, 2, over_windows="weighted", over_months="weighted"),
    IndicatorSpec("busy", "受理窗口", "个", over_windows="count", over_months="none"),
    IndicatorSpec("idle", "无业务窗口", "个", over_windows="idle", over_months="none"),
    IndicatorSpec("total", "总量", over_windows="derived", formula="accepted + counter"),
    IndicatorSpec(
        "daily",
        "日均",
        over_windows="derived",
        over_months="derived",
        formula="total / working_days",
    ),
)
BY_KEY = {spec.key: spec for spec in SPECS}
EXTRAS = {"working_days": 20}
BUSY = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # others work too

numbers = st.integers(0, 10**6)
windows = st.sampled_from([f"w{number}" for number in range(12)])


@st.composite
def values(draw: st.DrawFn, key: str) -> Value:
    if key in {"on_time", "days"}:
        return Value(draw(numbers), draw(st.none() | numbers))
    number = draw(numbers)
    if draw(st.booleans()):
        return Value(number)
    return Value(number, None, max(0, number - 50), number + 50)


@st.composite
def months(draw: st.DrawFn) -> dict[tuple[str, str], Value]:
    keys = [spec.key for spec in SPECS if spec.is_entered]
    places = draw(st.sets(st.tuples(windows, st.sampled_from(keys)), max_size=40))
    return {place: draw(values(place[1])) for place in sorted(places)}


@BUSY
@given(months(), st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_any_grouping_of_the_windows_equals_the_whole(month, groups):
    parts: dict[int, dict[tuple[str, str], Value]] = {}
    for (window, key), value in month.items():
        parts.setdefault(groups[int(window[1:])], {})[window, key] = value
    totals = [aggregate_windows(SPECS, part, EXTRAS) for part in parts.values()]
    whole = aggregate_windows(SPECS, month, EXTRAS)
    assert regroup(SPECS, totals, EXTRAS) == whole
    assert regroup(SPECS, [regroup(SPECS, totals[:2], EXTRAS), *totals[2:]], EXTRAS) == whole


@BUSY
@given(months())
def test_the_order_of_windows_does_not_matter(month):
    turned = dict(reversed(month.items()))
    assert aggregate_windows(SPECS, month, EXTRAS) == aggregate_windows(SPECS, turned, EXTRAS)


@BUSY
@given(st.lists(months(), min_size=2, max_size=5), st.integers(1, 4))
def test_any_grouping_of_the_months_equals_the_whole_span(year, place):
    totals = [aggregate_windows(SPECS, month, EXTRAS) for month in year]
    first, rest = totals[:place], totals[place:]
    halves = [aggregate_months(SPECS, half, EXTRAS, partial=True) for half in (first, rest)]
    whole = aggregate_months(SPECS, totals, EXTRAS, partial=True)
    assert aggregate_months(SPECS, halves, EXTRAS, partial=True) == whole


def test_a_rate_is_a_ratio_of_sums_and_not_a_mean_of_ratios():
    month = {("a", "on_time"): Value(1, 1), ("b", "on_time"): Value(0, 99)}
    total = aggregate_windows(SPECS, month)["on_time"]
    assert amount(BY_KEY["on_time"], total) == 1


def test_a_mean_is_weighted():
    month = {("a", "days"): Value(10, 1), ("b", "days"): Value(2, 3)}
    assert aggregate_windows(SPECS, month)["days"] == Value(4, 4)


def test_windows_are_counted_where_they_gave_anything_but_zero():
    month = {("a", "busy"): Value(1), ("b", "busy"): Value(0), ("c", "busy"): Value(7)}
    assert aggregate_windows(SPECS, month)["busy"] == Value(2)


def test_windows_that_gave_zeros_only_are_without_business_and_the_centre_is_no_window():
    month = {
        ("a", "accepted"): Value(0), ("a", "on_time"): Value(0, 0),
        ("b", "accepted"): Value(0), ("b", "busy"): Value(1),
        ("c", "accepted"): Value(0), ("c", "idle"): Value(1),
        ("centre", "counter"): Value(0),
    }  # fmt: skip
    assert aggregate_windows(SPECS, month)["idle"] == Value(2)
    assert idle_windows(SPECS, month) == ["a", "c"]


def test_a_derived_figure_uses_other_derived_figures_and_the_calendar():
    month = {("a", "accepted"): Value(30), ("b", "counter"): Value(15)}
    totals = aggregate_windows(SPECS, month, EXTRAS)
    assert totals["total"] == Value(45)
    assert totals["daily"] == Value(Fraction(9, 4))


def test_blank_is_not_zero_also_in_what_is_derived_from_it():
    totals = aggregate_windows(SPECS, {("a", "accepted"): Value(30)}, EXTRAS)
    assert totals == {"accepted": Value(30), "idle": Value(0)}


def test_dividing_by_zero_leaves_the_figure_out():
    month = {("a", "accepted"): Value(30), ("a", "counter"): Value(0)}
    totals = aggregate_windows(SPECS, month, {"working_days": 0})
    assert "total" in totals
    assert "daily" not in totals


def test_the_precision_of_printed_figures_goes_into_the_total():
    month = {
        ("a", "accepted"): Value(37_900, None, 37_850, 37_950),
        ("a", "counter"): Value(1_400, None, 1_350, 1_450),
    }
    assert aggregate_windows(SPECS, month)["total"] == Value(39_300, None, 39_200, 39_400)


def test_a_key_that_is_no_indicator_is_left_out():
    assert aggregate_windows(SPECS, {("a", "unknown"): Value(1)}) == {}


def test_two_months_add_up_each_in_its_own_way():
    january = {"accepted": Value(30), "on_time": Value(1, 2), "total": Value(45), "idle": Value(1)}
    february = {"accepted": Value(50), "on_time": Value(4, 6), "total": Value(55), "idle": Value(2)}
    both = aggregate_months(SPECS, [january, february], {"working_days": 40})
    assert both == {
        "accepted": Value(80),
        "on_time": Value(5, 8),
        "total": Value(100),
        "daily": Value(Fraction(5, 2)),
    }


def test_an_indicator_added_in_mid_year_is_summed_only_when_asked():
    span = [{"accepted": Value(30)}, {"accepted": Value(50), "counter": Value(5)}]
    assert aggregate_months(SPECS, span) == {"accepted": Value(80)}
    assert aggregate_months(SPECS, span, partial=True) == {
        "accepted": Value(80),
        "counter": Value(5),
    }


def test_formulas_in_a_circle_are_refused():
    one = IndicatorSpec("a", "甲", over_windows="derived", formula="b")
    two = IndicatorSpec("b", "乙", over_windows="derived", formula="a")
    with pytest.raises(AggregationError, match="甲、乙|乙、甲"):
        aggregate_windows([one, two], {})
