"""Names and posts against the directory: what is a slip, and what only looks like one."""

# ruff: noqa: E501 - a table is read by its columns

from __future__ import annotations

import datetime as dt

import pytest

from bulletin.proofreading.roster import HEAD, Person, Roster, mentions, mismatches, out_of_order

DAY = dt.date(2026, 2, 5)
COMMERCE = ("商务厅", "云川省商务厅")
ECOLOGY = ("生态环境厅", "环境保护厅")
BUILDING = ("住房城乡建设厅", "建设厅")
MARKET = ("省市场监管局", "省工商局")


def person(name, post, names, rank=2, **fields) -> Person:
    return Person(hash(name) % 1000, name, post, names[0], names, rank, **fields)


ROSTER = Roster(
    (
        person("方伯成", "党组书记、厅长", COMMERCE, HEAD, valid_from=dt.date(2025, 3, 1)),
        person("高明", "党组成员、副厅长", COMMERCE),
        person("欧阳青", "核安全总工程师", ECOLOGY, 3),
        person("阳青", "二级巡视员", BUILDING, 5),
        person("梁若", "党组副书记、副厅长", ECOLOGY, acting=True),
        person("胡云", "副局长", MARKET),
        person("胡云", "总工程师", BUILDING, 3),
        person("卓玛·央金", "副厅长", BUILDING),
        person("江晚", "副局长", MARKET, valid_to=dt.date(2026, 1, 31)),
    ),
    (*BUILDING, *ECOLOGY, *COMMERCE, *MARKET),
)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in mismatches(text, ROSTER, DAY)]


@pytest.mark.parametrize(
    "text",
    [
        "2月5日，商务厅党组书记、厅长方伯成到省政务服务大厅商务厅窗口调研指导工作。",
        "厅长方伯成强调，要办得快。",
        "方伯成鼓励窗口人员多走一步。",
        "生态环境厅核安全总工程师欧阳青，住房城乡建设厅二级巡视员阳青到省政务服务大厅。",
        "在高明区设立窗口，副厅长高明出席。",
        "省市场监管局副局长胡云，住房城乡建设厅总工程师胡云到大厅值守。",
        "住房城乡建设厅副厅长卓玛·央金到大厅。",
        "生态环境厅党组副书记、副厅长（主持工作）梁若到大厅。",
        "生态环境厅副厅长梁若到大厅。",
        "商务厅副厅长到场指导，厅长和主任一起参加。",
        "省委书记江远出席会议。",
        "教育厅厅长周远到大厅。",
        "商务厅党组成员、副厅长高 明到大厅。",
    ],
)
def test_what_is_right_or_cannot_be_judged_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "severity", "message"),
    [
        (
            "商务厅党组书记、厅长方伯城到大厅。",
            "block",
            "名录里没有“方伯城”，商务厅党组书记、厅长是“方伯成”。",
        ),
        ("商务厅厅长高明到大厅。", "block", "高明的职务写作“厅长”，名录在2月5日是“商务厅党组成员、副厅长”。"),
        ("商务厅副厅长方伯成到大厅。", "block", "方伯成的职务写作“副厅长”，名录在2月5日是“商务厅党组书记、厅长”。"),
        ("生态环境厅厅长梁若到大厅。", "block", "梁若的职务写作“厅长”，名录在2月5日是“生态环境厅党组副书记、副厅长”。"),
        ("商务厅副局长胡云到大厅。", "warn", "“胡云”在名录里是省市场监管局副局长，不在商务厅。"),
        ("省市场监管局副局长江晚到大厅。", "warn", "名录里江晚2026年1月31日止为“省市场监管局副局长”，2月5日不在任。"),
        ("环境保护厅副厅长梁若到大厅。", "warn", "“环境保护厅”当日叫“生态环境厅”。"),
        ("商务厅二级巡视员高明到大厅。", "warn", "高明的职务写作“二级巡视员”，名录在2月5日是“商务厅党组成员、副厅长”。"),
        ("商务厅副处长钱一到大厅。", "warn", "名录里没有“商务厅副处长钱一”，请核对姓名。"),
        ("商务厅党组成员、副厅长（主持工作）高明到大厅。", "warn", "高明的职务写作“党组成员、副厅长（主持工作）”，名录在2月5日是“商务厅党组成员、副厅长”。"),
    ],
)  # fmt: skip
def test_a_slip_is_found_with_what_the_directory_says(text, severity, message):
    assert found(text) == [(severity, message)]


def test_the_place_and_the_suggestion_are_the_whole_of_it():
    text = "2月5日，商务厅党组书记、厅长方伯城到大厅。"
    (one,) = mismatches(text, ROSTER, DAY)
    assert text[one.start : one.end] == "商务厅党组书记、厅长方伯城"
    assert one.suggestion == "商务厅党组书记、厅长方伯成"


def test_a_post_before_its_term_is_told_with_the_day():
    (one,) = mismatches("商务厅厅长方伯成到大厅。", ROSTER, dt.date(2025, 2, 20))
    assert one.message == "名录里方伯成2025年3月1日起为“商务厅党组书记、厅长”，2月20日不在任。"


def test_each_of_many_is_held_against_the_day_they_came():
    text = "2月，省市场监管局副局长江晚到省政务服务大厅窗口调研值守。"
    days = {"江晚": dt.date(2026, 1, 30)}
    assert list(mismatches(text, ROSTER, DAY, days)) == []


def test_the_longest_name_is_read_first():
    text = "生态环境厅核安全总工程师欧阳青到大厅。"
    assert [one.name for one in mentions(text, ROSTER)] == ["欧阳青"]


def test_who_ranks_higher_stands_first():
    right = "商务厅党组书记、厅长方伯成，商务厅党组成员、副厅长高明到大厅。"
    wrong = "商务厅党组成员、副厅长高明，商务厅党组书记、厅长方伯成到大厅。"
    assert list(out_of_order(right, ROSTER, DAY)) == []
    assert [one.name for one in out_of_order(wrong, ROSTER, DAY)] == ["方伯成"]
