"""Cleaning pasted text: what goes, what stays, and that nothing is lost."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.proofreading.characters import radicals
from bulletin.proofreading.cleaning import clean
from bulletin.proofreading.edits import HANZI, apply
from tests.shared import SHARED, needs_shared

PIECES = st.sampled_from(
    [*"云川省大厅，。、；：？！“”（）《》…—·", *",.:;?!()\"' \n\t\f\r-*•·_/%", *"0123abc９Ａ％　"]
    + [
        "\n\n",
        "（一）",
        "一、",
        "- ",
        "-2 -",
        "\u200b",
        "\u00a0",
        "2月5日，",
        "...",
        "http://a.cn?b",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=40))


def hanzi(text: str) -> str:
    """The hanzi of a text; radical forms count as the characters they stand for."""
    return "".join(re.findall(f"[{HANZI}]", apply(text, radicals(text))))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once
    assert clean(once).changes == ()


@settings(max_examples=400, deadline=None)
@given(TEXTS.filter(lambda text: "页" not in text))
def test_no_hanzi_is_ever_lost(text: str) -> None:
    assert hanzi(clean(text).text) == hanzi(text)


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("2月7日,云川省中心开会", "2月7日，云川省中心开会"),
        ("咨询 822 人(次) 。", "咨询822人（次）。"),
        ("《清单(2025年版)》, 共有", "《清单（2025年版）》，共有"),
        ("（2025年版)", "（2025年版）"),
        ('会议要求:做到"快办""好办";', "会议要求：做到“快办”“好办”；"),
        ('他说“快办”,"好办"', "他说“快办”，“好办”"),
        ("于17:00开会,见https://a.cn/?q=1,2。", "于17:00开会，见https://a.cn/?q=1,2。"),
        ("编号 2025-02-01,执行 GB/T 9704 规定", "编号2025-02-01，执行GB/T 9704规定"),
        ("办件3.79万件,1,234件", "办件3.79万件，1,234件"),
        ("引入 machine  learning 技术", "引入machine learning技术"),
        ("人工智能(AI)与f(x)", "人工智能（AI）与f(x)"),
        ("胡\u3000云、李\u00a0明\u200b", "胡云、李明"),
        ("２０２５年占９８．５％", "2025年占98.5%"),
        ("⼯作", "工作"),
        ("快办、好办...", "快办、好办……"),
        ('it\'s "ok" (yes), no', 'it\'s "ok" (yes), no'),
        ("工作圆满完成.", "工作圆满完成。"),
        ("- （一）甲\r\n* （二）乙\r\n• （三）丙", "（一）甲\n（二）乙\n（三）丙"),
        ("第2页 共8页", ""),
    ],
)
def test_traces_of_other_programs_are_repaired(pasted: str, cleaned: str) -> None:
    assert clean(pasted).text == cleaned


@pytest.mark.parametrize(
    "mark", ["\n\n-2 -\n\n", "\n— 4 —\n", "\n\n第2页\n\n", "\n\n", "\n", "\n\f"]
)
def test_a_paragraph_torn_at_a_page_end_is_one_again(mark: str) -> None:
    start, rest = "（一）2月7日，云川省中心组织召开专题会议研究“高", "效办成一件事”工作。"
    assert clean(start + mark + rest).text == start + rest


def test_titles_headings_and_items_stay_apart() -> None:
    text = "云川窗口月报\n\n第2期\n\n2025年3月6日\n\n一、深化改革，优化服务\n\n（一）甲。\n（二）乙"
    assert clean(text).text == text


def test_the_summary_counts_and_shows_samples() -> None:
    cleaned = clean("2月7日,云川省中心(大厅)开会")
    assert cleaned.summary == "半角括号改全角 2 处；半角标点改全角 1 处"
    assert cleaned.changes[1].samples == ("2月7日,云川省中 → 2月7日，云川省中",)


def test_clean_text_reports_nothing() -> None:
    assert clean("2月7日，云川省中心开会。").changes == ()


@needs_shared
def test_the_printed_issue_is_recovered_character_for_character() -> None:
    raw = (SHARED / "data/issue-2025-02.txt").read_text(encoding="utf-8")
    issue = json.loads((SHARED / "data/issue-2025-02.json").read_text(encoding="utf-8"))
    printed = list(issue["masthead"]["lines_print"])
    for section in issue["sections"]:
        printed += [section["heading_print"], *section["paragraphs"]]
        printed += [item["text_print"] for item in section["items"]]
    printed += [line["text_print"] for line in issue["colophon"].values()]
    assert [line for line in clean(raw).text.split("\n") if line] == printed
