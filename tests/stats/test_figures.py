import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.figures import (
    MAX_DECIMALS,
    SCALE_WORDS,
    Change,
    QuantityError,
    change,
    change_words,
    parse_quantity,
    print_quantity,
)
from tests.shared import SHARED, needs_shared

counts = st.integers(0, 10**11)
scales = st.sampled_from(list(SCALE_WORDS))
decimal_places = st.integers(0, MAX_DECIMALS)
counted = st.sampled_from(["件", "人（次）", "人次", "条", "面", "个"])


@pytest.mark.parametrize(
    ("value", "unit", "scale", "decimals", "printed"),
    [
        (37_900, "件", 10_000, 2, "3.79万件"),
        (37_850, "件", 10_000, 2, "3.79万件"),
        (37_849, "件", 10_000, 2, "3.78万件"),
        (39_300, "件", 10_000, 1, "3.9万件"),
        (1_400, "件", 10_000, 2, "0.14万件"),
        (0, "件", 10_000, 2, "0.00万件"),
        (3_990, "人（次）", 1, 0, "3990人（次）"),
        (11_238_000, "件", 10_000, 1, "1123.8万件"),
        (250_000_000, "件", 100_000_000, 1, "2.5亿件"),
        (Fraction(7898, 100), "%", 1, 2, "78.98%"),
        (Fraction(-1, 2), "%", 1, 1, "-0.5%"),
        (Fraction(25, 2), "天", 1, 2, "12.50天"),
    ],
)
def test_a_number_is_printed_in_its_own_scale(value, unit, scale, decimals, printed):
    assert print_quantity(value, unit, scale, decimals) == printed


@pytest.mark.parametrize(("scale", "decimals"), [(1000, 0), (0, 0), (1, -1), (1, 7)])
def test_an_unknown_scale_or_precision_is_refused(scale, decimals):
    with pytest.raises(ValueError, match="cannot print"):
        print_quantity(1, "件", scale, decimals)


@given(counts, counted, scales, decimal_places)
def test_the_number_stands_within_what_its_print_says(value, unit, scale, decimals):
    printed = print_quantity(value, unit, scale, decimals)
    quantity = parse_quantity(printed)
    assert quantity.interval.contains(value)
    assert (quantity.unit, quantity.scale, quantity.decimals) == (unit, scale, decimals)
    assert quantity.printed == printed


@given(st.fractions(0, 1000), st.sampled_from(["%", "天", "个百分点"]), decimal_places)
def test_a_measured_figure_is_never_exact(value, unit, decimals):
    quantity = parse_quantity(print_quantity(value, unit, 1, decimals))
    assert quantity.interval.contains(value)
    assert quantity.high - quantity.low == Fraction(1, 10**decimals)


@given(counts, counted, scales, decimal_places)
def test_neighbouring_prints_share_no_number(value, unit, scale, decimals):
    step = Fraction(scale, 10**decimals)
    here = parse_quantity(print_quantity(value, unit, scale, decimals))
    if step > 1:
        above = parse_quantity(print_quantity(here.value + step, unit, scale, decimals))
        assert here.high == above.low


@given(counts, counted)
def test_a_whole_count_is_exact(value, unit):
    quantity = parse_quantity(f"{value}{unit}")
    assert quantity.low == quantity.high == quantity.value == value


@needs_shared
def test_the_printed_figures_of_february_2025_mean_what_the_reference_says():
    issue = json.loads((SHARED / "data/issue-2025-02.json").read_text(encoding="utf-8"))
    for given_ in issue["sections"][0]["stats"]:
        quantity = parse_quantity(given_["display"])
        assert (quantity.low, quantity.high) == (given_["low"], given_["high"])
        assert quantity.decimals == given_["decimals"]
        assert quantity.printed == given_["display"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (" ３.７９万件 ", "3.79万件"),
        ("822人(次)", "822人（次）"),
        ("1,123.8万件", "1123.8万件"),
        ("98.5％", "98.5%"),
    ],
)
def test_widths_and_separators_are_read_and_not_printed(text, printed):
    assert parse_quantity(text).printed == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万件",
        "3.79",
        "3.7.9万件",
        "1,23件",
        "3.791件",
        "1e3件",
        "٣件",
        "9" * 16 + "件",
        "约3件",
    ],
)
def test_what_is_no_quantity_is_refused_in_chinese(text):
    with pytest.raises(QuantityError, match="不是"):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("current", "previous", "words"),
    [
        (105, 100, "增长5.0%"),
        (95, 100, "下降5.0%"),
        (100, 100, "持平"),
        (0, 0, "持平"),
        (0, 100, "下降100.0%"),
        (300, 100, "增长200.0%"),
        (100_001, 100_000, "基本持平"),
        (120, 0, "增加120件"),
    ],
)
def test_a_count_grows_or_falls_by_per_cent(current, previous, words):
    assert change_words(current, previous) == words


@pytest.mark.parametrize(
    ("current", "previous", "words"),
    [("99.1", "98.5", "提高0.6个百分点"), ("98", "98.5", "下降0.5个百分点"), ("98", "98", "持平")],
)
def test_a_rate_moves_by_points(current, previous, words):
    assert change_words(Fraction(current), Fraction(previous), rate=True) == words


def test_from_zero_there_is_only_a_difference():
    assert change(14_000, 0) == Change("up", 14_000, "difference")
    assert change_words(14_000, 0, scale=10_000, unit_decimals=2) == "增加1.40万件"


@given(counts, st.integers(1, 10**11))
def test_the_direction_of_a_change_is_the_direction_of_the_numbers(current, previous):
    up_or_down = {"up": current > previous, "down": current < previous}
    direction = change(current, previous).direction
    assert up_or_down.get(direction, current == previous)
