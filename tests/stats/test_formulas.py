from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.formulas import DivisionByZeroError, FormulaError, describe, evaluate, names, parse
from stats.intervals import Interval

VALUES = {"a": 6, "b": 3, "c": 2, "zero": 0}


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("a + b × c", 12),
        ("（a＋b）÷c", Fraction(9, 2)),
        ("a - b - c", 1),
        ("a / b / c", 1),
        ("a − b * 0.5", Fraction(9, 2)),
        ("((a))", 6),
        ("100", 100),
    ],
)
def test_a_formula_is_worked_out_exactly(formula, result):
    assert evaluate(formula, VALUES) == result


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("", "公式是空的"),
        ("a +", "没有写完"),
        ("a b", "读不下去"),
        ("(a", "不成对"),
        ("a)", "读不下去"),
        ("+ a", "前面缺少"),
        ("a ** b", "前面缺少"),
        ("a.__class__", "第2个字符"),
        ("__import__('os')", "第1个字符"),
        ("a; b", "第2个字符"),
        ("1e3", "读不下去"),
        ("受理 + 1", "第1个字符"),
        ("(" * 21 + "a" + ")" * 21, "括号太深"),
        ("a+" * 150 + "a", "公式太长"),
    ],
)
def test_anything_else_is_refused_in_chinese(formula, message):
    with pytest.raises(FormulaError, match=message):
        parse(formula)


def test_the_longest_chain_and_the_deepest_brackets_are_worked_out():
    assert evaluate("+".join(["1"] * 150), {}) == 150
    assert evaluate("(" * 20 + "a" + ")" * 20, VALUES) == 6


def test_a_name_without_a_number_is_named():
    with pytest.raises(FormulaError, match="“d”没有数据"):
        evaluate("a + d", VALUES)


@pytest.mark.parametrize("divisor", [0, Interval(0, 50)])
def test_dividing_by_zero_says_which_formula(divisor):
    with pytest.raises(DivisionByZeroError, match="“a / zero”的除数为零"):
        evaluate("a / zero", {"a": 1, "zero": divisor})


def test_the_names_come_in_order_and_once():
    assert names("b + a × (b − 2)") == ("b", "a")


def test_the_screen_shows_labels_and_proper_signs():
    assert describe("(a-b)/a*100", {"a": "法定", "b": "实际"}) == "（法定 − 实际） ÷ 法定 × 100"


def test_one_interval_makes_the_result_an_interval():
    result = evaluate("a + b", {"a": Interval(37_850, 37_950), "b": 1_400})
    assert result == Interval(39_250, 39_350)


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction]:
    if depth == 0 or draw(st.booleans()):
        number = draw(st.integers(1, 99))
        return str(number), Fraction(number)
    (left, x), (right, y) = draw(formulas(depth - 1)), draw(formulas(depth - 1))
    sign = draw(st.sampled_from("+-*"))
    return f"({left}){sign}({right})", {"+": x + y, "-": x - y, "*": x * y}[sign]


@given(formulas())
def test_any_formula_agrees_with_plain_arithmetic(case):
    formula, expected = case
    assert evaluate(formula, {}) == expected


@given(st.text(max_size=60))
def test_no_text_makes_the_parser_crash(text):
    try:
        parse(text)
    except FormulaError as error:
        assert str(error)
