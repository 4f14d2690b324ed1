import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.aggregation import aggregate_months, aggregate_windows
from stats.defaults import INDICATORS, STATISTICS_TEMPLATE
from stats.narrative import (
    MissingFigure,
    Span,
    TemplateError,
    altered,
    check_template,
    compose,
    read_sentence,
)
from stats.specs import IndicatorSpec, Value
from tests.shared import SHARED, needs_shared

CASES = IndicatorSpec("cases", "受理", scale=10_000, decimals=2)
CALLS = IndicatorSpec("calls", "电话咨询", "人次", print_unit="人（次）")
RATE = IndicatorSpec("rate", "满意率", "%", 1, 1, over_windows="ratio", over_months="ratio")
SPECS = (CASES, CALLS, RATE)
TEMPLATE = "{m}月，受理{cases}，电话{calls}，满意率{rate}。"

ENTERED = {
    ("云川一窗", "online_accepted"): 20_000,
    ("云川二窗", "online_accepted"): 17_900,
    ("云川一窗", "online_completed"): 38_300,
    ("centre", "counter_accepted"): 1_400,
    ("云川一窗", "counter_issued"): 1_300,
    ("云川二窗", "mailed"): 600,
    ("云川一窗", "consult_phone"): 800,
    ("centre", "consult_phone"): 22,
    ("云川二窗", "consult_onsite"): 3_990,
}


def month(cases: int = 37_900, calls: int = 822, good: int = 985, rated: int = 1000):
    return {"cases": Value(cases), "calls": Value(calls), "rate": Value(good, rated)}


@needs_shared
def test_the_paragraph_of_february_2025_is_composed_byte_for_byte():
    issue = json.loads((SHARED / "data/issue-2025-02.json").read_text(encoding="utf-8"))
    section = issue["sections"][0]
    totals = aggregate_windows(INDICATORS, {at: Value(n) for at, n in ENTERED.items()})
    sentence = compose(STATISTICS_TEMPLATE, INDICATORS, totals, "2月", year=2025)
    assert sentence.text.encode() == section["paragraphs"][0].encode()
    printed = [(s.key, sentence.text[s.start : s.end]) for s in sentence.spans]
    assert printed == [(stat["key"], stat["display"]) for stat in section["stats"]]


TEN_MONTHS = [
    ("1", month(), "1月，受理3.79万件，电话822人（次），满意率98.5%。"),
    ("3", month(cases=0, calls=0, good=5), "3月，受理0.00万件，电话0人（次），满意率0.5%。"),
    ("4", month(cases=49, calls=1), "4月，受理0.00万件，电话1人（次），满意率98.5%。"),
    ("5", month(cases=50), "5月，受理0.01万件，电话822人（次），满意率98.5%。"),
    ("6", month(cases=99_950), "6月，受理10.00万件，电话822人（次），满意率98.5%。"),
    ("7", month(calls=12_345), "7月，受理3.79万件，电话12345人（次），满意率98.5%。"),
    ("10", month(good=2, rated=3), "10月，受理3.79万件，电话822人（次），满意率66.7%。"),
    ("11", month(good=7, rated=7), "11月，受理3.79万件，电话822人（次），满意率100.0%。"),
    ("12月", month(cases=12_345_678), "12月，受理1234.57万件，电话822人（次），满意率98.5%。"),
    ("1—2月", month(), "1—2月，受理3.79万件，电话822人（次），满意率98.5%。"),
]


@pytest.mark.parametrize(("months", "totals", "text"), TEN_MONTHS)
def test_ten_other_months_are_worded(months, totals, text):
    assert compose(TEMPLATE, SPECS, totals, months).text == text


def test_a_combined_issue_adds_its_months_up():
    both = aggregate_months(SPECS, [month(cases=20_000), month(cases=5_000, good=1000)])
    text = compose(TEMPLATE, SPECS, both, "1—2").text
    assert text == "1—2月，受理2.50万件，电话1644人（次），满意率99.3%。"


def test_january_is_compared_with_december_and_with_the_january_before():
    template = "{y}年{m}月，受理{cases}，{cases:环比}，{cases：同比}；满意率{rate}，{rate:环比}。"
    sentence = compose(
        template,
        SPECS,
        month(),
        "1",
        year=2026,
        previous=month(cases=40_000, good=980),
        last_year=month(),
    )
    assert sentence.text == (
        "2026年1月，受理3.79万件，环比下降5.3%，同比持平；满意率98.5%，环比提高0.5个百分点。"
    )
    assert sentence.spans[1] == Span(17, 25, "cases", "环比")
    assert sentence.text[17:25] == "环比下降5.3%"


def test_the_cumulative_figure_stands_on_its_own_totals():
    year = aggregate_months(SPECS, [month(), month(), month(cases=1_000)])
    sentence = compose("受理{cases}，{cases:累计}。", SPECS, month(), "3", cumulative=year)
    assert sentence.text == "受理3.79万件，累计7.68万件。"


def test_an_indicator_that_begins_from_zero_has_a_difference():
    text = compose("{cases:环比}", SPECS, month(), "2", previous=month(cases=0)).text
    assert text == "环比增加3.79万件"


def test_every_missing_figure_is_named_at_once():
    template = TEMPLATE + "{cases:环比}{calls:同比}{calls:累计}"
    totals = {"calls": Value(822), "rate": Value(0, 0)}
    with pytest.raises(MissingFigure) as caught:
        compose(template, SPECS, totals, "2", previous={})
    assert str(caught.value) == (
        "缺少数据：受理、满意率、受理（上期）、电话咨询（上年同期）、电话咨询（累计）。"
    )
    assert caught.value.keys == ("cases", "rate", "calls")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{nobody}件", "“{nobody}”不是指标代码"),
        ("{}", "“{}”不是指标代码"),
        ("{cases.__class__}", "不是指标代码"),
        ("{cases:十倍}", "只能是环比、同比或累计"),
        ("{m:环比}", "不是指标代码"),
        ("{cases", "花括号不成对"),
        ("cases}", "花括号不成对"),
        ("月" * 2001, "模板太长"),
    ],
)
def test_a_template_that_cannot_be_used_is_explained(template, message):
    assert message in "".join(check_template(template, SPECS))
    with pytest.raises(TemplateError) as caught:
        compose(template, SPECS, month(), "2")
    assert caught.value.problems == tuple(check_template(template, SPECS))


def test_a_year_that_nobody_gave_is_not_printed_as_nothing():
    with pytest.raises(TemplateError, match="没有给出年份"):
        compose("{y}年{m}月", SPECS, {}, "2")
    assert compose("{y}年{m}月", SPECS, {}, "2", year=2025).text == "2025年2月"


def test_the_default_template_fits_the_default_indicators():
    assert check_template(STATISTICS_TEMPLATE, INDICATORS) == []


@given(st.integers(0, 10**8), st.integers(0, 10**6), st.integers(0, 999))
def test_every_figure_is_found_where_its_span_says(cases, calls, good):
    totals = month(cases, calls, good)
    sentence = compose(TEMPLATE, SPECS, totals, "2")
    figures = {"cases": CASES.printed(cases), "calls": CALLS.printed(calls)}
    figures["rate"] = RATE.printed(Fraction(good, 10))
    assert {s.key: sentence.text[s.start : s.end] for s in sentence.spans} == figures


@given(st.integers(0, 10**8), st.integers(0, 10**6), st.integers(0, 999))
def test_a_composed_sentence_is_read_back(cases, calls, good):
    sentence = compose(TEMPLATE, SPECS, month(cases, calls, good), "1—2")
    read = read_sentence(TEMPLATE, sentence.text)
    assert read is not None
    assert read["cases"].interval.contains(cases)
    assert read["calls"].value == calls
    assert read["rate"].interval.contains(Fraction(good, 10))


@pytest.mark.parametrize(
    "text", ["", "2月，受理很多。", "2月，受理3.791件，电话1人（次），满意率98.5%。"]
)
def test_a_text_of_another_template_is_not_read(text):
    assert read_sentence(TEMPLATE, text) is None


def test_a_template_with_changes_is_not_read():
    assert read_sentence("{cases:环比}", "环比持平") is None


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("3.79万件", "3.97万件", ["cases"]),
        ("822人", "1822人", ["calls"]),
        ("822人", "-822人", ["calls"]),
        ("822人（次）", "822人次", ["calls"]),
        ("，满意率98.5%", "", ["rate"]),
        ("受理", "共受理", []),
        ("，电话", "，接听群众电话", []),
    ],
)
def test_a_figure_changed_by_hand_is_caught_and_a_word_is_not(old, new, keys):
    sentence = compose(TEMPLATE, SPECS, month(), "2")
    edited = sentence.text.replace(old, new)
    assert [span.key for span in altered(sentence, edited)] == keys


def test_an_unedited_sentence_stands():
    sentence = compose(TEMPLATE, SPECS, month(), "2")
    assert altered(sentence, sentence.text) == ()


def test_only_windows_without_business_have_a_list_of_names():
    specs = [
        IndicatorSpec("a", "甲"),
        IndicatorSpec("idle", "无业务窗口", "个", over_windows="idle"),
    ]
    assert check_template("{a:名单}", specs) == [
        "模板第1字的“{a:名单}”写法不对：只有计无业务窗口的指标有名单。"
    ]
    totals = {"idle": Value(2)}
    sentence = compose("无业务窗口{idle}：{idle:名单}。", specs, totals, "2", idle=["一号", "二号"])
    assert sentence.text == "无业务窗口2个：一号、二号。"
    assert [sentence.words(span) for span in sentence.spans] == ["2个", "一号、二号"]
    with pytest.raises(MissingFigure, match="无业务窗口"):
        compose("{idle:名单}", specs, {}, "2")
