"""A printed issue read back: everything recognised, everything else kept and reported."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.proofreading.parsed import ParsedIssue, ParseError
from bulletin.proofreading.parsing import parse_issue
from tests.shared import SHARED, needs_shared

HEAD = "云川窗口月报\n\n第2期\n\n云川省政务服务中心\n\n2031年3月26日\n\n"
BODY = (
    "一、2031年2月总体运行情况\n\n2月,全省办理政务服务事项 1.2 万件。\n\n"
    "二、窗口资讯\n\n- (一)2月5日,水务厅窗口召开座谈会。\n"
    "- (二)2月7日,商贸厅、林草局窗口联合办公。\n\n"
    "三、厅(局)长进大厅\n\n(一)2月6日,水务厅党组副书记、副厅长(主持工作)江川到云川省政务大厅水务厅窗口"
    "调研指导工作。她要求,要优化服务。\n\n"
    "(二)2月,水务厅二级巡视员海晏到云川省政务大厅窗口调研值守。\n\n报:省政府。\n\n发:各窗口。"
)
DEPARTMENTS = ("水务厅", "商贸厅", "林草局")


def parse(text: str) -> ParsedIssue:
    return parse_issue(text, departments=DEPARTMENTS)


def test_the_parts_of_an_issue() -> None:
    issue = parse(HEAD + BODY)
    assert (issue.masthead, issue.number, issue.issuer) == ("云川窗口月报", 2, "云川省政务服务中心")
    assert (issue.issued_on, issue.period.year, issue.period.months) == (
        dt.date(2031, 3, 26),
        2031,
        "2",
    )
    assert [section.heading for section in issue.sections] == [
        "2031年2月总体运行情况",
        "窗口资讯",
        "厅（局）长进大厅",
    ]
    assert [(line.label, line.text) for line in issue.imprint] == [
        ("报", "省政府。"),
        ("发", "各窗口。"),
    ]
    assert issue.notes == ()


def test_items_know_their_date_kind_and_departments() -> None:
    items = parse(HEAD + BODY).items
    assert [(item.kind, item.date, item.month, item.departments) for item in items] == [
        ("narrative", None, 2, ()),
        ("news", dt.date(2031, 2, 5), None, ("水务厅",)),
        ("news", dt.date(2031, 2, 7), None, ("商贸厅", "林草局")),
        ("visit", dt.date(2031, 2, 6), None, ("水务厅",)),
        ("duty", None, 2, ("水务厅",)),
    ]


def test_a_deputy_acting_as_head_keeps_the_printed_post() -> None:
    visit = parse(HEAD + BODY).visits[0]
    assert (visit.visitors[0].post, visit.visitors[0].name) == (
        "党组副书记、副厅长（主持工作）",
        "江川",
    )
    assert (visit.hall, visit.window, visit.opening, visit.remarks) == (
        "云川省政务大厅",
        "水务厅",
        "她要求，",
        "要优化服务。",
    )


def test_a_combined_issue_covers_two_months() -> None:
    text = (HEAD + BODY).replace("第2期", "第1-2期").replace("2031年2月", "2031年1—2月")
    issue = parse(text.replace("\n2月,全省", "\n1—2月,全省"))
    assert (issue.number, issue.number_to, issue.period.months) == (1, 2, "1—2")
    assert issue.template == "{m}月，全省办理政务服务事项{total_handled}。"
    assert issue.notes == ()


def test_the_december_issue_printed_in_january_belongs_to_the_year_before() -> None:
    text = (HEAD + BODY).replace("第2期", "第12期").replace("2031年2月总体", "总体")
    issue = parse(text.replace("2031年3月26日", "2032年1月20日"))
    assert (issue.period.year, issue.period.month) == (2031, 12)


def test_an_item_of_december_in_the_january_issue_is_of_the_year_before() -> None:
    text = HEAD.replace("第2期", "第1期") + BODY.replace("2031年2月", "2031年1月")
    issue = parse(text.replace("(一)2月5日", "(一)12月28日"))
    assert issue.items[1].date == dt.date(2030, 12, 28)


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ("(二)2月7日", "(四)2月7日", "二（四）", "编号不连续"),
        ("(一)2月5日", "(一)2月30日", "二（一）", "日期“2月30日”不存在"),
        ("三、厅", "五、厅", "五", "栏目序号不连续"),
        ("二级巡视员海晏", "同志们", "三（二）", "认不出来访领导"),
        ("1.2 万件", "1.2 万件,满意率99.5%", "一", "不知道这个数字对应哪项指标"),
        ("\n第2期", "\n第3期", "刊头", "期号与月份不一致"),
        ("发:各窗口。", "发:各窗口。\n(共印20份)", "版记", "已接在上一行之后"),
        ("召开座谈会。", "召开座谈会。\n\n会议取得成效。", "二（一）", "已接在上一条之后"),
        ("云川省政务服务中心\n", "", "刊头", "没有找到编印单位"),
        ("第2期", "第2期（总第14期）", "刊头", "已放到第一部分开头"),
    ],
)
def test_what_is_not_recognised_is_kept_and_reported(
    old: str, new: str, where: str, reason: str
) -> None:
    issue = parse((HEAD + BODY).replace(old, new))
    assert [note.where for note in issue.notes] == [where]
    assert reason in issue.notes[0].reason
    kept = "".join([item.text for item in issue.items] + [line.text for line in issue.imprint])
    assert issue.notes[0].text in kept or where in ("五", "刊头")


LINES = (
    "一、总体情况",
    "二、窗口资讯",
    "四、厅（局）长进大厅",
    "（一）2月5日，水务厅窗口召开座谈会。",
    "（三）2月31日，水务厅厅长江川到云川省政务大厅水务厅窗口调研。",
    "没有编号的一段。",
    "2月，办理政务服务事项1.2万件，{其他}3件。",
    "报：省政府。",
    "责任编辑：海晏",
    "（共印20份）",
    "第3页",
    "总第14期",
)


@given(st.permutations(LINES), st.sampled_from(["\n", "\n\n", "\n\n— 4 —\n\n"]))
def test_nothing_is_ever_dropped(lines: list[str], between: str) -> None:
    issue = parse(between.join([HEAD.replace("\n\n", "\n"), "一、2031年2月总体运行情况", *lines]))
    parts = [section.heading for section in issue.sections]
    parts += [item.text for item in issue.items]
    parts += [line.label + "：" + line.text for line in issue.imprint]
    printed = "".join(parts)
    for line in set(LINES) - {"第3页"}:
        body = re.sub(r"^[一二四]、|^（[一三]）", "", line)
        assert body in printed


def test_an_unknown_masthead_line_stands_in_the_first_section() -> None:
    issue = parse((HEAD + BODY).replace("第2期", "第2期（总第14期）"))
    assert issue.sections[0].items[0].text == "（总第14期）"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n", "文件是空的"),
        ("云川省的一篇文章。", "没有找到期号.*也没有找到栏目标题"),
        (HEAD, "没有找到栏目标题"),
        (BODY, "没有找到期号"),
        ((HEAD + BODY).replace("3月26日", "2月30日"), "“2031年2月30日”不存在"),
        ((HEAD + BODY).replace("2031年2月总体", "2031年13月总体"), "没有“2031年13月”这样的月份"),
        (
            (HEAD + BODY).replace("2031年2月总体", "总体").replace("2031年3月26日", ""),
            "看不出这一期是哪年哪月",
        ),
    ],
)
def test_a_text_of_another_kind_is_refused(text: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        parse(text)


def _printed() -> tuple[ParsedIssue, dict[str, Any]]:
    raw = (SHARED / "data/issue-2025-02.txt").read_text(encoding="utf-8")
    rows = json.loads((SHARED / "data/departments.json").read_text(encoding="utf-8"))
    names = [row["short_name"] for row in rows["departments"]]
    issue = json.loads((SHARED / "data/issue-2025-02.json").read_text(encoding="utf-8"))
    return parse_issue(raw, departments=names), issue


@needs_shared
def test_the_printed_issue_is_read_without_a_note() -> None:
    issue, printed = _printed()
    assert issue.notes == ()
    assert issue.template == printed["sections"][0]["sentence_template"]
    for section, wanted in zip(issue.sections, printed["sections"], strict=True):
        assert (f"{section.label}、{section.heading}", section.key) == (
            wanted["heading_print"],
            wanted["key"],
        )
        assert [f"（{i.label}）{i.text}" if i.label else i.text for i in section.items] == (
            wanted["paragraphs"] + [item["text_print"] for item in wanted["items"]]
        )
        for item, row in zip(section.items, wanted["items"], strict=bool(wanted["items"])):
            assert item.date == (dt.date.fromisoformat(row["date"]) if row["date"] else None)


@needs_shared
def test_its_figures_have_the_printed_precision() -> None:
    issue, printed = _printed()
    names = ("key", "label", "printed", "unit", "decimals", "low", "high", "base_unit")
    assert [tuple(getattr(figure, name) for name in names) for figure in issue.figures] == [
        tuple(row["display" if name == "printed" else name] for name in names)
        for row in printed["sections"][0]["stats"]
    ]


@needs_shared
def test_its_visitors_are_told_apart() -> None:
    issue, printed = _printed()
    rows = [item["visitors"] for item in printed["sections"][4]["items"]]
    assert [[(p.department, p.post, p.name) for p in v.visitors] for v in issue.visits] == [
        [(row["department"], row["position"], row["name"]) for row in people] for people in rows
    ]
    assert [visit.opening for visit in issue.visits] == [
        "他强调，",
        "他要求，",
        "李在伟鼓励",
        "他强调，",
        "",
    ]
