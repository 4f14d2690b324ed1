from dataclasses import replace
from fractions import Fraction

import pytest

from stats.intervals import Interval
from stats.specs import (
    AggregationError,
    IndicatorSpec,
    Value,
    amount,
    amount_interval,
    check_specs,
    in_order,
)

COUNT = IndicatorSpec("accepted", "受理", scale=10_000, decimals=2)
RATE = IndicatorSpec("on_time", "按时率", "%", over_windows="ratio", over_months="ratio")
MEAN = IndicatorSpec("days", "时限", "天", over_windows="weighted", over_months="weighted")
DOUBLE = IndicatorSpec("double", "两倍", over_windows="derived", formula="accepted * 2")


def test_a_figure_is_printed_in_its_print_unit():
    calls = IndicatorSpec("calls", "电话", "人次", print_unit="人（次）")
    assert calls.printed(822) == "822人（次）"
    assert COUNT.printed(1_400) == "0.14万件"


def test_a_rate_is_its_quotient_in_per_cent():
    assert amount(RATE, Value(1, 3)) == Fraction(100, 3)
    assert amount(replace(RATE, unit="天"), Value(25, 2)) == Fraction(25, 2)


@pytest.mark.parametrize("spec", [RATE, MEAN])
@pytest.mark.parametrize("denominator", [0, None])
def test_over_nothing_there_is_no_figure(spec, denominator):
    assert amount(spec, Value(0, denominator)) is None
    assert amount_interval(spec, Value(0, denominator)) is None


def test_the_precision_of_a_numerator_goes_into_the_rate():
    known = amount_interval(RATE, Value(100, 200, 95, 105))
    assert known == Interval(Fraction(95, 2), Fraction(105, 2))


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (replace(COUNT, scale=1000), "打印单位"),
        (replace(COUNT, decimals=9), "小数位数"),
        (replace(COUNT, formula="accepted"), "不填公式"),
        (replace(DOUBLE, formula=""), "须填公式"),
        (replace(DOUBLE, formula="accepted *"), "没有写完"),
        (replace(DOUBLE, formula="accepted + nobody"), "“nobody”不是指标代码"),
        (replace(RATE, over_months="sum"), "方式须与按窗口合计相同"),
    ],
)
def test_a_wrong_definition_is_named(spec, message):
    problems = check_specs([COUNT, spec])
    assert [text for text in problems if message in text and spec.label in text]


def test_every_wrong_definition_is_named_at_once():
    assert len(check_specs([replace(COUNT, scale=7, decimals=9), replace(DOUBLE, formula="")])) == 3


def test_sound_definitions_have_no_problem():
    visitors = replace(DOUBLE, key="visitors", formula="accepted / working_days")
    assert check_specs([COUNT, RATE, MEAN, DOUBLE, visitors]) == []


def test_formulas_in_a_circle_are_named():
    one, two = replace(DOUBLE, formula="b + 1"), replace(DOUBLE, key="b", formula="double")
    assert check_specs([one, replace(two, label="乙")]) == ["公式互相引用，无法计算：两倍、乙。"]
    with pytest.raises(AggregationError):
        in_order([one, two])


def test_a_formula_stands_after_those_it_uses():
    later = replace(DOUBLE, key="later", formula="double + 1")
    assert [spec.key for spec in in_order([later, DOUBLE])] == ["double", "later"]
