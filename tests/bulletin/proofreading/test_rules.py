"""Every rule finds its mistake, is content with what it asks for, and keeps quiet in clean text."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.proofreading.problems import Context, Problem
from bulletin.proofreading.rules import RULE, RULES, check_text, repaired
from tests.shared import SHARED, needs_shared

DEPARTMENTS = (
    "住房城乡建设厅",
    "文化和旅游厅",
    "人力资源社会保障厅",
    "云川市场监管局",
    "水务厅",
    "省医保局",
)
CONTEXT = Context(
    2025,
    2,
    days_off=frozenset({dt.date(2025, 2, 1)}),
    departments=DEPARTMENTS,
    aliases={"建设厅": "住房城乡建设厅", "云川工商局": "云川市场监管局"},
    leaders=frozenset({"江小川"}),
)
HEADING = Context(2025, 2, heading=True)

# rule, what is wrong, what is right (the suggestion made, where the rule has one)
CASES = [
    (1, "2月7日,云川省开会。", "2月7日，云川省开会。"),
    (1, "他强调:要快办;要好办!行吗?好。", "他强调：要快办；要好办！行吗？好。"),
    (2, "接待822人(次)。", "接待822人（次）。"),
    (3, "《清单（2025年版)》印发。", "《清单（2025年版）》印发。"),
    (4, '推进"一件事"办理。', "推进“一件事”办理。"),
    (5, "召开“高效办成会议。", "召开“高效办成”会议。"),
    (5, "召开《办法》》会议。", "召开《办法》会议。"),
    (6, "他说：“推进“一件事”改革。”", "他说：“推进‘一件事’改革。”"),
    (6, "学习《关于《办法》的通知》。", "学习《关于〈办法〉的通知》。"),
    (8, "（一）、水务厅开会。", "（一）水务厅开会。"),
    (10, "水务厅开会，，研究工作。", "水务厅开会，研究工作。"),
    (10, "水务厅开会。。", "水务厅开会。"),
    (10, "水务、。商贸开会。", "水务。商贸开会。"),
    (11, "快办、好办...都要做到。", "快办、好办……都要做到。"),
    (11, "快办、好办等……都要做到。", "快办、好办等都要做到。"),
    (12, "占63%-68%。", "占63%～68%。"),
    (12, "会议于2月3日-5日召开。", "会议于2月3日—5日召开。"),
    (13, "２月召开。", "2月召开。"),
    (14, "共 3 个方面。", "共3个方面。"),
    (15, "水务\u200b厅开会。", "水务厅开会。"),
    (16, "办件4千件。", "办件4000件。"),
    (16, "惠及3百万人。", "惠及300万人。"),
    (17, "自25年2月起。", "自2025年2月起。"),
    (18, "2月30日，水务厅开会。", "2月28日，水务厅开会。"),
    (18, "13月，水务厅开会。", "12月，水务厅开会。"),
    (21, "2月5日（星期四）开会。", "2月5日（星期三）开会。"),
    (
        22,
        "2月1日，水务厅厅长到云川大厅水务厅窗口调研指导工作。",
        "2月5日，水务厅厅长到云川大厅水务厅窗口调研指导工作。",
    ),
    (23, "近日，水务厅开会。", "2月5日，水务厅开会。"),
    (24, "02月05日，水务厅开会。", "2月5日，水务厅开会。"),
    (25, "云川工商局窗口开会。", "云川市场监管局窗口开会。"),
    (25, "建设厅窗口开会。", "住房城乡建设厅窗口开会。"),
    (26, "省人社厅窗口与文旅厅窗口开会。", "人力资源社会保障厅窗口与文化和旅游厅窗口开会。"),
    (27, "2月3日，省水务厅窗口推出承诺制。", "2月3日，水务厅窗口推出承诺制。"),
    (27, "2月3日，医保局窗口推出承诺制。", "2月3日，省医保局窗口推出承诺制。"),
    (29, "云川政务中心吴明月主任参加。", "云川政务中心主任吴明月参加。"),
    (29, "上午，吴明月局长主持会议。", "上午，局长吴明月主持会议。"),
    (29, "会上江小川厅长讲话。", "会上厅长江小川讲话。"),
    (31, "厅长胡 云到窗口。", "厅长胡云到窗口。"),
    (31, "由江 小川主持。", "由江小川主持。"),
    (31, "处长扎西•顿珠参加。", "处长扎西·顿珠参加。"),
    (38, "办件1,123.8万件。", "办件1123.8万件。"),
    (39, "办结近30余件。", "办结近30件。"),
    (39, "办结约30件左右。", "办结约30件。"),
    (40, "要求：一是快办；二是好办；四是易办。", "要求：一是快办；二是好办；三是易办。"),
    (40, "提出三个方面要求：一是快办；二是好办。", "提出两个方面要求：一是快办；二是好办。"),
    (43, "水务厅的的窗口进行进行调整。", "水务厅的窗口进行调整。"),
    (44, "截止2月底，其它窗口登陆系统。", "截至2月底，其他窗口登录系统。"),
    (45, "優化營商環境。", "优化营商环境。"),
    (46, "印发云川政函[2025]第05号文件。", "印发云川政函〔2025〕5号文件。"),
    (47, "XX窗口参加。", "水务厅窗口参加。"),
    (47, "20XX年【待填】开会。", "2025年开会。"),
    (48, "水务厅开会", "水务厅开会。"),
    (48, "水务厅开会，", "水务厅开会。"),
    (48, "他说：“要快办。”。", "他说：“要快办。”"),
    (50, "联系电话13800138000。", "联系电话已登记。"),
    (50, "身份证号11010519491231002X。", "身份证号已登记。"),
    (50, "内部资料，注意保存。", "公开资料。"),
]


def of(rule: int, text: str, context: Context = CONTEXT) -> list[Problem]:
    return [problem for problem in check_text(text, context) if problem.rule == rule]


def made(text: str, problems: list[Problem]) -> str:
    """The text with all suggestions put in, last first."""
    for problem in reversed(problems):
        if problem.suggestion is not None:
            text = text[: problem.start] + problem.suggestion + text[problem.end :]
    return text


@pytest.mark.parametrize(("rule", "bad", "good"), CASES)
def test_a_rule_finds_its_mistake_and_nothing_in_its_place(rule: int, bad: str, good: str) -> None:
    found = of(rule, bad)
    assert found
    assert {problem.severity for problem in found} == {RULE[rule].severity}
    assert of(rule, good) == []
    if all(problem.suggestion is not None for problem in found):
        assert made(bad, found) == good


@pytest.mark.parametrize(("rule", "bad", "good"), [case for case in CASES if RULE[case[0]].auto])
def test_automatic_repairs_leave_nothing_to_report(rule: int, bad: str, good: str) -> None:
    if all(problem.auto for problem in of(rule, bad)):
        assert repaired(bad, of(rule, bad)) == good
    assert check_text(good, CONTEXT) == []


def test_every_rule_has_a_case() -> None:
    assert {case[0] for case in CASES} | {20} == {rule.number for rule in RULES}


def test_a_heading_names_the_months_of_its_issue() -> None:
    (problem,) = check_text("2025年3月总体运行情况", HEADING)
    assert (problem.rule, problem.severity, problem.suggestion) == (20, "block", "2025年2月")
    assert check_text("2025年2月总体运行情况", HEADING) == []
    combined = Context(2025, 1, 2, heading=True)
    assert check_text("2025年1—2月总体运行情况", combined) == []


@pytest.mark.parametrize(
    "text",
    [
        "住房城乡建设厅窗口开会。",
        "云州市公安局、医保局窗口联办，东川省水务厅来访，国家医保局发文，省医保局和水务厅参加。",
        "原云川工商局档案移交，《云川工商局志》出版。",
        "会议于17:00在云川大厅召开，见https://a.cn/?a=1,2。",
        "执行GB/T 9704—2012，编号2025-02-01。",
        "12345热线36190件，有效期10年6个月。",
        "人人参与，层层落实，一步一步推进，对情况作了了解。",
        "近期目标明确，近三年来办件10余万件。",
        "按装配式标准，台风登陆后恢复办理。",
        "统一要求，一要快办。二要好办。",
        "办结率增长3百分点，距离5千米。",
        "科技厅高级工程师、平安建设处处长参加。",
        "推行“一网通办”“省内通办”，落实《办法（试行）》。",
        "由省发展改革委主任主持，第三次党组会议召开。",
    ],
)
def test_traps_raise_no_false_alarm(text: str) -> None:
    assert check_text(text, CONTEXT) == []


def test_headings_need_no_full_stop_and_rules_can_be_switched_off() -> None:
    assert check_text("窗口资讯", HEADING) == []
    assert check_text("窗口资讯", CONTEXT, off={48}) == []


def test_lost_characters_are_reported_but_not_removed() -> None:
    (problem,) = check_text("水务\ufffd开会。", CONTEXT)
    assert (problem.rule, problem.suggestion, problem.auto) == (15, None, False)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="云川厅长是一二三0123,.()“”《》（）、，。…% 月日年\u200b\"'X", max_size=60))
def test_problems_lie_inside_the_text_and_repairs_come_to_an_end(text: str) -> None:
    problems = check_text(text, CONTEXT)
    assert all(0 <= problem.start < problem.end <= len(text) for problem in problems)
    for _ in range(len(text) + 5):
        if not any(problem.auto for problem in problems):
            return
        text = repaired(text, problems)
        problems = check_text(text, CONTEXT)
    pytest.fail("automatic repairs go round in circles")


@needs_shared
def test_a_clean_printed_issue_gives_exactly_one_true_hit() -> None:
    issue = json.loads((SHARED / "data/issue-2025-02.json").read_text(encoding="utf-8"))
    rows = json.loads((SHARED / "data/departments.json").read_text(encoding="utf-8"))
    departments = rows["departments"]
    known = tuple(row[key] for row in departments for key in ("short_name", "official_name"))
    aliases = {old: row["short_name"] for row in departments for old in row["obsolete_names"]}
    found = []
    for section in issue["sections"]:
        texts = [*section["paragraphs"], *(item["text"] for item in section["items"])]
        for text, heading in [(section["heading"], True), *((text, False) for text in texts)]:
            context = Context(2025, 2, heading=heading, departments=known, aliases=aliases)
            found += check_text(text, context)
    assert [(problem.rule, problem.severity) for problem in found] == [(29, "hint")]
