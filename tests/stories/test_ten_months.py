"""One template through the months: every sentence byte for byte, from integers of the windows."""

from __future__ import annotations

import datetime as dt

import pytest

from bulletin.assembly import build_document, collect
from bulletin.readiness import check_issue
from bulletin.restating import NewFigure, restate
from stats.models import Indicator, MonthlyReport
from tests.counted import Centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(house) -> Centre:
    return Centre(house)


def reasons(issue) -> list[str]:
    return [p.message for p in check_issue(issue) if p.code in {"missing-figure", "missing-window"}]


def test_ten_months_in_a_row_across_a_year_change(centre):
    online = {
        (2025, 1): 30_000, (2025, 2): 20_000, (2025, 3): 37_900, (2025, 4): 37_900,
        (2025, 11): 40_000, (2025, 12): 45_000,
        (2026, 1): 36_000, (2026, 2): 24_000, (2026, 3): 37_900, (2026, 4): 37_902,
    }  # fmt: skip
    good = {(2025, 12): 980, (2026, 2): 979, (2026, 3): 1000, (2026, 4): 1000}
    for (year, month), cases in online.items():
        centre.month(year, month, cases, good.get((year, month), 985))
    told = [centre.paragraph(centre.issue(2026, month)) for month in (1, 2, 3, 4)]
    assert told == [
        "1月，省本级办理政务服务事项3.7万件，环比下降19.4%，同比增长19.1%；"
        "全程网办受理3.60万件，累计3.60万件；满意率98.50%，环比提高0.5个百分点。",
        "2月，省本级办理政务服务事项2.5万件，环比下降32.1%，同比增长18.7%；"
        "全程网办受理2.40万件，累计6.00万件；满意率97.90%，环比下降0.6个百分点。",
        "3月，省本级办理政务服务事项3.9万件，环比增长54.7%，同比持平；"
        "全程网办受理3.79万件，累计9.79万件；满意率100.00%，环比提高2.1个百分点。",
        "4月，省本级办理政务服务事项3.9万件，环比基本持平，同比基本持平；"
        "全程网办受理3.79万件，累计13.58万件；满意率100.00%，环比持平。",
    ]


def test_a_first_month_names_what_there_is_nothing_to_compare_with(centre):
    centre.month(2026, 1, 36_000)
    issue = centre.issue(2026, 1)
    assert reasons(issue) == [
        "缺少数据：办理政务服务事项（上期）、办理政务服务事项（上年同期）、满意率（上期）。"
    ]
    issue.narrative = "{m}月，全程网办受理{online}。"
    issue.save()
    collect(issue, by=centre.house.editor)
    assert centre.paragraph(issue) == "1月，全程网办受理3.60万件。"


def test_from_a_base_of_zero_there_is_a_difference_instead_of_a_percentage(centre):
    centre.template("{m}月，全程网办受理{online}，{online:环比}。")
    centre.month(2026, 1, 0)
    centre.month(2026, 2, 1_200)
    centre.month(2026, 3, 0)
    assert [centre.paragraph(centre.issue(2026, month)) for month in (2, 3)] == [
        "2月，全程网办受理0.12万件，环比增加0.12万件。",
        "3月，全程网办受理0.00万件，环比下降100.0%。",
    ]


def test_a_nil_return_counts_and_a_missing_window_blocks_by_its_name(centre):
    centre.template("{m}月，全程网办受理{online}。")
    centre.give(centre.first, 2026, 5, online=9_100)
    issue = centre.issue(2026, 5)
    assert reasons(issue) == ["5月数据还没有确认：商务厅二号窗口。"]
    centre.give(centre.second, 2026, 5)
    assert reasons(issue) == []
    assert centre.paragraph(issue) == "5月，全程网办受理0.91万件。"


def test_an_indicator_added_in_mid_year_is_told_from_where_it_begins(centre):
    centre.indicator("agent", "帮办代办", valid_from=dt.date(2026, 5, 1))
    centre.template("{m}月，帮办代办{agent}，{agent:累计}。")
    centre.month(2026, 4, 30_000)
    assert reasons(centre.issue(2026, 4)) == [
        "模板第10字的“{agent}”不是指标代码。模板第18字的“{agent:累计}”不是指标代码。"
    ]
    centre.give(centre.first, 2026, 5, agent=12)
    centre.give(centre.second, 2026, 5)
    centre.give(centre.first, 2026, 6, agent=15)
    centre.give(centre.second, 2026, 6)
    told = [centre.paragraph(centre.issue(2026, month)) for month in (5, 6)]
    assert told == ["5月，帮办代办12件，累计12件。", "6月，帮办代办15件，累计27件。"]


def test_a_combined_issue_adds_its_months_and_compares_with_as_many(centre):
    for year, month, cases in (
        (2024, 1, 30_000), (2024, 2, 30_000), (2024, 11, 20_000), (2024, 12, 20_000),
        (2025, 1, 36_000), (2025, 2, 24_000),
    ):  # fmt: skip
        centre.month(year, month, cases, counter=0)
    issue = centre.issue(2025, 1, month_to=2)
    assert centre.paragraph(issue) == (
        "1—2月，省本级办理政务服务事项6.0万件，环比增长50.0%，同比持平；"
        "全程网办受理6.00万件，累计6.00万件；满意率98.50%，环比持平。"
    )


def test_a_combined_issue_may_be_compared_across_new_year(centre):
    centre.template("{m}月，全程网办受理{online}，{online:环比}。")
    for year, month, cases in (
        (2024, 12, 20_000), (2025, 1, 20_000), (2025, 2, 20_000), (2025, 3, 30_000),
    ):  # fmt: skip
        centre.month(year, month, cases)
    issue = centre.issue(2025, 2, month_to=3)
    assert centre.paragraph(issue) == "2—3月，全程网办受理5.00万件，环比增长25.0%。"


def test_the_next_issue_mentions_a_restatement_and_the_series_knows_it(centre):
    centre.template("{m}月，省本级办理政务服务事项{total}，全程网办受理{online}。")
    centre.month(2026, 1, 36_000)
    centre.month(2026, 2, 24_000)
    centre.publish(centre.issue(2026, 1))
    report = MonthlyReport.objects.get(window=centre.first, month=1)
    change = NewFigure(Indicator.objects.get(key="online"), 13_900, seen=(12_000, None))
    restate(report, [change], by=centre.house.data_clerk, reason="漏报一个窗口系统")
    issue = centre.issue(2026, 2)
    assert centre.paragraph(issue) == (
        "2月，省本级办理政务服务事项2.5万件，全程网办受理2.40万件。"
        "2026年1月全程网办受理由3.60万件订正为3.79万件（漏报一个窗口系统）。"
        "2026年1月办理政务服务事项由3.7万件订正为3.9万件。"
    )
    [online, total] = build_document(issue).restatements
    assert (online.before, online.figure.value, online.reason) == (
        "3.60万件", 37_900, "漏报一个窗口系统",
    )  # fmt: skip
    assert (total.before, total.figure.printed) == ("3.7万件", "3.9万件")
    centre.publish(issue)
    centre.month(2026, 3, 30_000)
    after = centre.issue(2026, 3)
    assert centre.paragraph(after) == "3月，省本级办理政务服务事项3.1万件，全程网办受理3.00万件。"
    assert build_document(after).restatements == ()


def test_a_number_changed_by_hand_is_caught_and_one_said_otherwise_is_asked_about(centre):
    centre.template("{m}月，全程网办受理{online}，满意率{rate}。")
    centre.month(2026, 1, 37_900)
    issue = centre.issue(2026, 1)
    entry = issue.entries.get()

    def said(text):
        entry.text = text
        entry.save()
        return [(p.severity, p.message) for p in check_issue(issue) if p.code.startswith("figure-")]

    assert said("1月，全程网办受理3.97万件，满意率98.50%。") == [
        ("block", "“全程网办受理”与数据不符，数据是3.79万件。")
    ]
    assert said("1月，全程网办受理37900件，满意率98.50%。") == [
        ("warn", "“全程网办受理”写作37900件，与数据相等，但刊出的写法是3.79万件。")
    ]
    assert said("1月，共全程网办受理3.79万件；满意率98.50%。") == []
