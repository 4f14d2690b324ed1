"""A dropped Word document becomes drafts: one an item, cleaned."""

from io import BytesIO

import pytest
from docx import Document

from bulletin.uploads.drafts import Draft, read_docx
from tests.bulletin.uploads.files import docx, pdf
from windows.importing.refusals import Refused

ONE = "2月3日，商务厅窗口推出企业备案当日办结。"
TWO = "2月14日，商务厅窗口开展“走流程”活动。"


def texts(*paragraphs):
    return [draft.text for draft in read_docx(docx(*paragraphs))]


def test_one_paragraph_is_one_draft():
    assert read_docx(docx(ONE)) == [Draft(ONE, "", 2, 3)]


def test_dates_begin_drafts():
    assert texts(ONE, TWO) == [ONE, TWO]


def test_items_begin_drafts_and_lose_their_marks():
    assert texts("（一）" + ONE, "2." + TWO, "三、窗口服务时间延长一小时。") == [
        ONE, TWO, "窗口服务时间延长一小时。",
    ]  # fmt: skip


def test_blank_lines_part_drafts():
    assert texts("窗口服务时间延长一小时。", "", "大厅增设自助设备。") == [
        "窗口服务时间延长一小时。", "大厅增设自助设备。",
    ]  # fmt: skip


def test_a_heading_goes_with_what_stands_below():
    drafts = read_docx(docx("一、窗口资讯", "关于企业备案的信息", ONE, TWO))
    assert [(d.heading, d.text) for d in drafts] == [("关于企业备案的信息", ONE), ("", TWO)]


def test_text_is_cleaned():
    assert texts('2 月 3 日,商务厅窗口推出"一件事"。') == ["2月3日，商务厅窗口推出“一件事”。"]


def test_numbered_paragraphs_and_tables():
    document = Document()
    document.add_paragraph("大厅增设自助设备。", style="List Number")
    document.add_paragraph("服务时间延长一小时。", style="List Number")
    document.add_table(1, 1).cell(0, 0).text = ONE
    out = BytesIO()
    document.save(out)
    found = [draft.text for draft in read_docx(out.getvalue())]
    assert found[-1] == ONE


@pytest.mark.parametrize("paragraphs", [("",), ("只有标题",)])
def test_without_text_it_says_so(paragraphs):
    with pytest.raises(Refused, match="没有找到文字"):
        read_docx(docx(*paragraphs))


def test_too_much_is_refused():
    with pytest.raises(Refused, match="最多30条"):
        read_docx(docx(*[ONE] * 31))


def test_another_kind_is_refused():
    with pytest.raises(Refused):
        read_docx(pdf())
