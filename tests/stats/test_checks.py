from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.checks import (
    check_blank,
    check_parts,
    check_rate,
    check_relations,
    check_share,
)
from stats.defaults import INDICATORS, PARTS, SHARES
from stats.figures import parse_quantity, print_quantity
from stats.specs import IndicatorSpec, Value

ALL = {spec.key: spec for spec in INDICATORS}
TOTAL = IndicatorSpec("total", "总量", scale=10_000, decimals=1)
ONE = IndicatorSpec("one", "网办", scale=10_000, decimals=2)
TWO = IndicatorSpec("two", "综窗", scale=10_000, decimals=2)
SHARE = IndicatorSpec("share", "网办率", "%", decimals=2)
RATE = IndicatorSpec("rate", "满意率", "%", 1, 2, over_windows="ratio", over_months="ratio")
SPECS = {spec.key: spec for spec in (TOTAL, ONE, TWO, SHARE, RATE)}

numbers = st.integers(0, 10**8)


def printed(text: str) -> Value:
    """A figure known only as far as it was printed."""
    known = parse_quantity(text)
    return Value(known.value, None, known.low, known.high)


def as_printed(spec: IndicatorSpec, number: int | Fraction) -> Value:
    return printed(spec.printed(number))


def codes(findings) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in findings]


# Parts and totals


@given(numbers, numbers)
def test_true_parts_and_their_total_are_never_flagged_however_they_are_rounded(one, two):
    exact = {"one": Value(one), "two": Value(two), "total": Value(one + two)}
    rounded = {
        "one": as_printed(ONE, one),
        "two": as_printed(TWO, two),
        "total": as_printed(TOTAL, one + two),
    }
    for values in (exact, rounded, {**rounded, "one": exact["one"]}):
        assert check_parts(SPECS, values, "total", ["one", "two"]) == []


@given(numbers, numbers, st.integers(1, 10**6), st.sampled_from([1, -1]))
def test_a_total_off_by_anything_is_flagged_where_the_numbers_are_exact(one, two, slip, sign):
    values = {"one": Value(one), "two": Value(two), "total": Value(one + two + sign * slip)}
    assert codes(check_parts(SPECS, values, "total", ["one", "two"])) == [("parts", "block")]


@given(numbers, numbers, st.integers(1_200, 10**6))
def test_a_total_off_by_more_than_rounding_is_flagged_in_print(one, two, slip):
    values = {"one": as_printed(ONE, one), "two": as_printed(TWO, two)}
    values["total"] = as_printed(TOTAL, one + two + slip)
    assert codes(check_parts(SPECS, values, "total", ["one", "two"])) == [("parts", "block")]


def test_the_printed_figures_of_february_2025_agree():
    values = {"one": printed("3.79万件"), "two": printed("0.14万件"), "total": printed("3.9万件")}
    assert check_parts(SPECS, values, "total", ["one", "two"]) == []


def test_the_message_names_parts_and_total():
    values = {"one": Value(100), "two": Value(50), "total": Value(151)}
    finding = check_parts(SPECS, values, "total", ["one", "two"], "w")[0]
    assert finding.message == "网办、综窗合计150件，与总量151件不符。"
    assert (finding.keys, finding.window) == (("total", "one", "two"), "w")


def test_nothing_is_said_while_a_part_is_blank():
    assert check_parts(SPECS, {"one": Value(1), "total": Value(9)}, "total", ["one", "two"]) == []


# Shares


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_a_true_share_is_never_flagged_at_any_precision(part, rest, decimals):
    total = part + rest
    share = printed(print_quantity(Fraction(part * 100, total), "%", 1, decimals))
    values = {"one": Value(part), "total": Value(total), "share": share}
    assert check_share(SPECS, values, "share", "one", "total") == []


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.fractions(Fraction(1, 5), 9), st.booleans())
def test_a_wrong_share_is_always_flagged(part, rest, slip, up):
    true = Fraction(part * 100, part + rest)
    share = as_printed(SHARE, true + slip if up else true - slip)
    values = {"one": Value(part), "total": Value(part + rest), "share": share}
    assert codes(check_share(SPECS, values, "share", "one", "total")) == [("share", "warn")]


def test_truncation_is_told_from_a_wrong_share():
    values = {"one": Value(7_898_9), "total": Value(100_000), "share": printed("78.98%")}
    findings = check_share(SPECS, values, "share", "one", "total")
    assert codes(findings) == [("share_truncated", "hint")]


def test_a_share_of_nothing_is_not_judged():
    values = {"one": Value(0), "total": Value(0), "share": Value(0)}
    assert check_share(SPECS, values, "share", "one", "total") == []


def test_all_relations_of_the_defaults_are_checked_together():
    values = {
        "unresolved_received": Value(10),
        "unresolved_explained": Value(6),
        "unresolved_coordinated": Value(5),
        "bad_ratings": Value(4),
        "fixed": Value(4),
        "fix_rate": Value(3, 4),
    }
    found = codes(check_relations(ALL, values, PARTS, SHARES))
    assert found == [("parts", "block"), ("share", "warn")]
    right = {**values, "unresolved_explained": Value(5), "fix_rate": Value(4, 4)}
    assert check_relations(ALL, right, PARTS, SHARES) == []


# Rates


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_rate_is_flagged_exactly_when_it_is_over_100(top, bottom):
    findings = check_rate(RATE, Value(top, bottom))
    if not bottom:
        assert codes(findings) == ([("denominator", "block")] if top else [])
    else:
        assert codes(findings) == ([("over_100", "block")] if top > bottom else [])


def test_a_rate_without_denominator_and_a_negative_one_are_flagged():
    assert codes(check_rate(RATE, Value(5))) == [("denominator", "block")]
    assert codes(check_rate(SHARE, Value(-3))) == [("negative", "warn")]


def test_a_printed_rate_may_be_100_and_not_more():
    assert check_rate(SHARE, printed("100.00%")) == []
    assert codes(check_rate(SHARE, printed("100.01%"))) == [("over_100", "block")]


def test_more_completed_than_accepted_is_never_flagged():
    month = {"online_accepted": Value(37_900), "online_completed": Value(83_300)}
    assert check_relations(ALL, month, PARTS, SHARES) == []
    assert [f for key, value in month.items() for f in check_rate(ALL[key], value)] == []


# Blank and nil


def test_a_complete_report_is_not_flagged():
    assert check_blank([ONE, TWO], {"one": Value(0), "two": Value(3)}, nil=False) == []
    assert check_blank([], {}, nil=False) == []


def test_a_nil_return_has_no_figures_or_only_zeros():
    assert check_blank([ONE, TWO], {}, nil=True) == []
    assert check_blank([ONE, TWO], {"one": Value(0)}, nil=True) == []
    finding = check_blank([ONE, TWO], {"one": Value(3)}, nil=True)[0]
    assert (finding.code, finding.severity, finding.keys) == ("nil", "block", ("one",))


@pytest.mark.parametrize(
    ("entered", "found", "keys"),
    [
        ({}, ("blank", "block"), ("one", "two")),
        ({"one": Value(3)}, ("blank", "warn"), ("two",)),
        ({"one": Value(0), "two": Value(0)}, ("all_zero", "hint"), ("one", "two")),
    ],
)
def test_blank_is_not_zero(entered, found, keys):
    finding = check_blank([ONE, TWO], entered, nil=False)[0]
    assert ((finding.code, finding.severity), finding.keys) == (found, keys)
