"""Strange but legal months: each with the text it must print."""

from __future__ import annotations

import datetime as dt

import pytest

from bulletin.assembly import build_document, collect, open_issue
from bulletin.composing import submission_text
from bulletin.models import Submission
from bulletin.moves import make_move
from bulletin.readiness import check_issue
from stats.models import Figure, Indicator, MonthlyReport
from tests.factories import DepartmentFactory, WindowFactory
from windows.models import FormerName


@pytest.fixture
def hand_in(house):
    """Accept a draft as the month's flow does, its text written from the record."""

    def accepted(submission: Submission) -> Submission:
        submission.handed_in = submission_text(submission)
        submission.save()
        make_move(submission, "submit", by=house.clerk)
        make_move(submission, "claim", by=house.editor)
        return make_move(submission, "accept", by=house.editor)

    return accepted


def issue_of(house, month=2, **fields):
    issue = open_issue(house.publication, year=2026, month=month, by=house.editor, **fields)
    issue.issued_on = dt.date(2026, 3, 25)
    issue.save()
    collect(issue, by=house.editor)
    return issue


def printed(issue, heading):
    """The items below the heading, as printed."""
    lines = [line for line in build_document(issue).lines() if line.role != "imprint"]
    start = next((n for n, line in enumerate(lines) if line.body == heading), None)
    if start is None:
        return None
    items = []
    for line in lines[start + 1 :]:
        if line.role == "heading":
            break
        items.append(line.text)
    return items


VISITS = "厅（局）长进大厅"


def test_a_month_with_no_visit_leaves_the_section_out(house, hand_in):
    hand_in(house.news())
    assert printed(issue_of(house), VISITS) is None


def test_a_month_with_no_visit_prints_the_heading_where_the_publication_wants_it(house, hand_in):
    house.publication.section_templates.filter(kind="visits").update(print_when_empty=True)
    hand_in(house.news())
    assert printed(issue_of(house), VISITS) == []


def test_one_visitor_in_the_merged_sentence(house, hand_in):
    hand_in(house.visit(("水利厅", "二级巡视员", "关山"), visit_kind="duty"))
    assert printed(issue_of(house), VISITS) == [
        "（一）2月，水利厅二级巡视员关山到省政务服务大厅窗口调研值守。"
    ]


def test_twenty_visitors_in_one_sentence(house, hand_in):
    people = [("水利厅", "二级巡视员", f"关{chr(0x4E00 + n)}") for n in range(20)]
    for n, person in enumerate(people):
        hand_in(house.visit(person, visit_kind="duty", date=dt.date(2026, 2, 2 + n % 5)))
    [sentence] = printed(issue_of(house), VISITS)
    assert sentence.count("水利厅二级巡视员关") == 20
    assert sentence.endswith("到省政务服务大厅窗口调研值守。")


def test_the_merged_sentence_goes_by_date_then_department(house, hand_in):
    late = DepartmentFactory(centre=house.centre, short_name="水利厅", order=90_000)
    window = WindowFactory(department=late)
    house.clerk.staff.create(centre=house.centre, role="window_staff", window=window)
    hand_in(
        house.visit(
            ("水利厅", "副厅长", "丙"), visit_kind="duty", window=window, date=dt.date(2026, 2, 9)
        )
    )
    hand_in(house.visit(("商务厅", "副厅长", "乙"), visit_kind="duty", date=dt.date(2026, 2, 9)))
    hand_in(house.visit(("商务厅", "副厅长", "甲"), visit_kind="duty", date=dt.date(2026, 2, 3)))
    assert printed(issue_of(house), VISITS) == [
        "（一）2月，商务厅副厅长甲，商务厅副厅长乙，水利厅副厅长丙到省政务服务大厅窗口调研值守。"
    ]


def test_a_head_who_came_twice_has_two_items_by_date(house, hand_in):
    hand_in(house.visit(date=dt.date(2026, 2, 11), remarks="要办得快。", opening="他要求，"))
    hand_in(house.visit(date=dt.date(2026, 2, 4)))
    lead = "商务厅党组书记、厅长方伯成到省政务服务大厅商务厅窗口调研指导工作。"
    assert printed(issue_of(house), VISITS) == [
        f"（一）2月4日，{lead}他强调，要把企业的事当作自己的事。",
        f"（二）2月11日，{lead}他要求，要办得快。",
    ]


def test_two_heads_on_one_day_go_by_department(house, hand_in):
    other = DepartmentFactory(centre=house.centre, short_name="省林草局", order=80_000)
    window = WindowFactory(department=other)
    house.clerk.staff.create(centre=house.centre, role="window_staff", window=window)
    hand_in(house.visit(("省林草局", "局长", "林森"), window=window, remarks=""))
    hand_in(house.visit(remarks=""))
    assert printed(issue_of(house), VISITS) == [
        "（一）2月4日，商务厅党组书记、厅长方伯成到省政务服务大厅商务厅窗口调研指导工作。",
        "（二）2月4日，省林草局局长林森到省政务服务大厅省林草局窗口调研指导工作。",
    ]


def test_a_deputy_acting_as_head_keeps_the_post_as_given(house, hand_in):
    hand_in(
        house.visit(("商务厅", "党组副书记、副厅长（主持工作）", "陆行"), remarks="要守好窗口。")
    )
    assert printed(issue_of(house), VISITS) == [
        "（一）2月4日，商务厅党组副书记、副厅长（主持工作）陆行到省政务服务大厅商务厅窗口"
        "调研指导工作。他强调，要守好窗口。"
    ]


def test_a_visitor_of_another_department_is_named_with_their_own(house, hand_in):
    hand_in(house.visit(("省林草局", "局长", "林森"), remarks=""))
    assert printed(issue_of(house), VISITS) == [
        "（一）2月4日，省林草局局长林森到省政务服务大厅商务厅窗口调研指导工作。"
    ]


def test_a_department_renamed_in_mid_month_has_the_name_of_the_day(house, hand_in):
    FormerName.objects.create(
        department=house.department,
        short_name="外经贸厅",
        valid_from=dt.date(2010, 1, 1),
        valid_to=dt.date(2026, 2, 15),
    )
    hand_in(house.visit(("外经贸厅", "厅长", "方伯成"), date=dt.date(2026, 2, 10), remarks=""))
    hand_in(house.visit(("商务厅", "厅长", "方伯成"), date=dt.date(2026, 2, 20), remarks=""))
    issue = issue_of(house)
    assert printed(issue, VISITS) == [
        "（一）2月10日，外经贸厅厅长方伯成到省政务服务大厅外经贸厅窗口调研指导工作。",
        "（二）2月20日，商务厅厅长方伯成到省政务服务大厅商务厅窗口调研指导工作。",
    ]
    visits = build_document(issue).sections[-1].items
    assert [item.departments for item in visits] == [("外经贸厅",), ("商务厅",)]


def test_an_item_of_last_month_handed_in_late_is_printed_and_flagged(house, hand_in):
    hand_in(house.news(date=dt.date(2026, 1, 28)))
    issue = issue_of(house)
    assert printed(issue, "窗口资讯") == ["（一）1月28日，商务厅窗口推出企业备案当日办结。"]
    assert "other-month" in {problem.code for problem in check_issue(issue)}


def test_a_joint_item_of_two_departments_credits_both(house, hand_in):
    other = DepartmentFactory(centre=house.centre, short_name="省林草局")
    submission = house.news(subject="商务厅窗口、省林草局窗口", text="联合推出外贸林产品一次办。")
    submission.news.departments.add(other)
    hand_in(submission)
    issue = issue_of(house)
    assert printed(issue, "窗口资讯") == [
        "（一）2月3日，商务厅窗口、省林草局窗口联合推出外贸林产品一次办。"
    ]
    [section] = [s for s in build_document(issue).sections if s.key == "window_news"]
    assert section.items[0].departments == ("商务厅", "省林草局")


def test_a_combined_issue_covers_two_months(house, hand_in):
    indicator = Indicator.objects.create(
        centre=house.centre, key="mailed", label="现场邮寄量", scale=10_000, decimals=2
    )
    house.publication.narrative = "{m}月，政务大厅现场邮寄量{mailed}。"
    house.publication.save()
    for month, value in ((1, 612), (2, 588)):
        report = MonthlyReport.objects.create(centre=house.centre, year=2026, month=month)
        Figure.objects.create(report=report, indicator=indicator, value=value)
        make_move(report, "confirm", by=house.data_clerk)
    hand_in(house.visit(("水利厅", "副厅长", "关山"), visit_kind="duty"))
    issue = issue_of(house, month=1, month_to=2)
    texts = [line.text for line in build_document(issue).lines()]
    assert texts[1] == "第1—2期"
    assert texts[4:6] == [
        "一、2026年1—2月总体运行情况",
        "1—2月，政务大厅现场邮寄量0.12万件。",
    ]
    assert texts[7] == "（一）1—2月，水利厅副厅长关山到省政务服务大厅窗口调研值守。"


def test_the_december_issue_is_printed_in_january(house, hand_in):
    hand_in(house.news(date=dt.date(2026, 12, 3), month=12))
    issue = open_issue(house.publication, year=2026, month=12, by=house.editor)
    issue.issued_on = dt.date(2027, 1, 22)
    issue.save()
    collect(issue, by=house.editor)
    texts = [line.text for line in build_document(issue).lines()]
    assert texts[1:4] == ["第12期", "云川省政府政务服务中心", "2027年1月22日"]
    assert texts[5] == "（一）12月3日，商务厅窗口推出企业备案当日办结。"
    assert [p.code for p in check_issue(issue) if p.code in {"early-date", "number"}] == []


def test_items_go_by_date_then_department_and_progress_as_it_comes(house, hand_in):
    hand_in(house.news(date=dt.date(2026, 2, 20), text="办了二十日的事。"))
    hand_in(house.news(date=dt.date(2026, 2, 5), text="办了五日的事。"))
    hand_in(house.news(section_key="key_work", subject="省中心", text="办了甲。", date=None))
    hand_in(
        house.news(
            section_key="key_work", subject="省中心", text="办了乙。", date=dt.date(2026, 2, 1)
        )
    )
    issue = issue_of(house)
    assert printed(issue, "窗口资讯") == [
        "（一）2月5日，商务厅窗口办了五日的事。",
        "（二）2月20日，商务厅窗口办了二十日的事。",
    ]
    assert printed(issue, "重点工作推进情况") == [
        "（一）省中心办了甲。",
        "（二）2月1日，省中心办了乙。",
    ]
