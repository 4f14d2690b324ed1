"""The page: the printed breaks, the grid of the standard, what stands where."""

import pytest
from hypothesis import given, settings

from bulletin.document import ImprintLine, Item, Layout, Section
from bulletin.typeset import lay_out
from bulletin.typeset.geometry import BOTTOM, CELL, LEFT, MM, RIGHT, TOP
from tests.bulletin.documents import DOCUMENTS, february, february_data, small
from tests.shared import needs_shared


def paragraphs(pages, document):
    found = ["" for _ in document.lines()]
    for page in pages:
        for row in page.rows:
            found[row.line] += row.text
    return found


@needs_shared
def test_the_february_issue_breaks_its_pages_where_it_was_printed():
    document = february()
    pages = lay_out(document)
    rows = [page.rows for page in pages]
    found = [
        f"{before[-1].text[-8:]}⏎{after[0].text[:8]}"
        for before, after in zip(rows, rows[1:], strict=False)
    ]
    printed = [entry["context"] for entry in february_data()["page_breaks"]]
    assert len(pages) == 8
    assert [a[:12] for a in found] == [b[:12] for b in printed]


@needs_shared
def test_twenty_rows_leave_eleven_on_the_first_page():
    document = february()
    lines = document.lines()
    first = [row for row in lay_out(document)[0].rows if lines[row.line].role != "title"]
    assert len([row for row in first if lines[row.line].anchor]) == 11


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_every_paragraph_is_on_the_pages(document):
    assert paragraphs(lay_out(document), document) == [line.text for line in document.lines()]


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_no_row_leaves_the_text_area(document):
    for page in lay_out(document):
        for row in page.rows:
            assert row.top >= TOP - 0.01
            assert row.top + row.size <= BOTTOM + 1


def test_the_grid_fills_the_text_area_exactly():
    rows = lay_out(small(*["政务" * 300] * 4, layout=Layout(22)))[1].rows
    assert len(rows) == 22
    assert rows[0].top / MM == pytest.approx(37.0)
    assert (rows[-1].top + CELL) / MM == pytest.approx(262.0)
    assert rows[1].top - rows[0].top == pytest.approx(29.62, abs=0.01)
    assert rows[0].runs[0].x == pytest.approx(LEFT, abs=0.2)


def test_a_heading_never_ends_a_page():
    sections = tuple(Section("news", "资讯", (Item("一" * 26 * 3),)) for _ in range(30))
    document = small(sections=sections)
    roles = [line.role for line in document.lines()]
    for page in lay_out(document)[:-1]:
        assert roles[page.rows[-1].line] != "heading"


def test_page_numbers_stand_outside():
    pages = lay_out(small(*["政务" * 300] * 4))
    assert [page.folio.text for page in pages] == ["— 1 —", "— 2 —", "— 3 —", "— 4 —", "— 5 —"]
    last, first = pages[0].folio.runs[-1], pages[1].folio.runs[0]
    # A dash narrower than its cell stands in the middle of it, whatever the font.
    beside = (14 - last.advances[-1]) / 2
    assert last.x + sum(last.advances) + beside == pytest.approx(RIGHT - 14, abs=0.1)
    assert first.x - beside == pytest.approx(LEFT + 14, abs=0.1)


def test_the_imprint_closes_the_last_page():
    last = lay_out(small("一"))[-1]
    assert last.rules[-1].y == pytest.approx(BOTTOM)
    assert last.rules[-1].thickness == pytest.approx(0.35 * MM)


def test_an_imprint_without_room_takes_a_page_of_its_own():
    text = "一" * 23 + "二" * 28 * 10
    pages = lay_out(small(text, layout=Layout(22)))
    assert [len(page.rows) > 2 for page in pages] == [True, False]
    assert pages[1].rows[0].text == "报：省领导。"


def test_an_imprint_continues_after_the_colon():
    document = small("一", imprint=(ImprintLine("发", "各有关部门，" * 12),))
    first, second, *_ = [row for row in lay_out(document)[-1].rows][-3:]
    offset = second.runs[0].x - first.runs[0].x
    assert offset == pytest.approx(2 * 14 * CELL / 16, abs=0.2)


@needs_shared
def test_the_marks_of_an_imprint_keep_their_cells():
    first, second, third = lay_out(february(22))[-1].rows[-3:]
    steps = {step for run in (*first.runs, *second.runs, *third.runs) for step in run.advances[:-1]}
    assert [row.text for row in (second, third)] == [
        "发：省级相关部门（单位）窗口，省直部门办事大厅，省中心各处",
        "（室）、直属单位。",
    ]
    assert max(steps) - min(steps) < CELL / 4


def test_issuer_and_date_share_a_line_while_they_fit():
    rows = lay_out(small("一"))[0].rows
    assert rows[2].text == "省政务服务中心"
    assert rows[3].text == "2025年4月2日"
    assert rows[2].baseline == rows[3].baseline


def test_a_long_issuer_takes_lines_of_its_own():
    rows = lay_out(small("一", issuer="某某" * 20))[0].rows
    assert rows[-3].baseline > rows[2].baseline


@pytest.mark.parametrize("layout", [Layout(rows=1), Layout(rows=500), Layout(cells=2)])
def test_an_impossible_layout_is_refused_in_words(layout):
    with pytest.raises(ValueError, match="每页行数|每行字数"):
        lay_out(small("一", layout=layout))
