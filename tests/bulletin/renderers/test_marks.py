"""What a copy carries that nobody signed is drawn and is no text of the issue."""

from io import BytesIO

import pdfplumber
import pytest

from bulletin.renderers import FORMATS, Marks
from bulletin.renderers.extract import extract
from bulletin.renderers.page_svg import render_page
from bulletin.typeset import lay_out
from bulletin.typeset.geometry import BOTTOM
from tests.bulletin.documents import small
from tests.services import verapdf

PAGED = [name for name, form in FORMATS.items() if form.paged]
MARKS = Marks("校样3", "作废", "A1B2-C3D4-E5F6", "0123456789abcdef" * 4)
LONG = small("政务" * 500)


@pytest.mark.parametrize("name", PAGED)
def test_marks_are_no_text_of_the_issue(name):
    marked = FORMATS[name].render(LONG, marks=MARKS)
    assert extract(name, marked) == [line.text for line in LONG.lines()]
    assert marked != FORMATS[name].render(LONG)
    assert marked == FORMATS[name].render(LONG, marks=MARKS)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_takes_marks_and_those_without_pages_carry_none(name):
    form = FORMATS[name]
    assert (form.render(LONG, marks=MARKS) != form.render(LONG)) is form.paged


def shown(page):
    return "".join(char["text"] for char in page.chars)


def test_draft_and_stamp_are_on_every_page_and_the_code_on_the_last():
    with pdfplumber.open(BytesIO(FORMATS["pdf"].render(LONG, marks=MARKS))) as opened:
        first, *_, last = opened.pages
        assert all("校样3" in shown(page) and "作废" in shown(page) for page in opened.pages)
        assert MARKS.code in shown(last) and MARKS.digest in shown(last)
        assert MARKS.code not in shown(first)
        note = [char for char in last.chars if char["text"] == "验"]
        assert note[0]["top"] > BOTTOM


def test_a_marked_copy_is_still_fit_for_the_archive(tmp_path):
    path = tmp_path / "marked.pdf"
    path.write_bytes(FORMATS["pdf"].render(LONG, marks=MARKS))
    assert verapdf.verdicts([path]) == [f"{path}\t2a\tPASS", f"{path}\tua1\tPASS"]


def test_the_page_on_screen_shows_the_marks():
    plain, marked = lay_out(LONG)[0], lay_out(LONG, marks=MARKS)[0]
    assert b"rotate(-40)" in render_page(marked)
    assert b"rotate" not in render_page(plain)
