"""What a copy carries that nobody signed is drawn and is no text of the issue."""

from io import BytesIO
from math import cos, radians, sin

import pdfplumber
import pytest

from bulletin.renderers import FORMATS, Marks
from bulletin.renderers.extract import extract
from bulletin.renderers.page_svg import render_page
from bulletin.typeset import lay_out
from bulletin.typeset.geometry import BOTTOM, MM, TOP
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


def test_a_proof_and_stamped_copies_are_fit_for_the_archive(tmp_path):
    copies = (
        Marks("校样3", digest=MARKS.digest),
        Marks(stamp="已更正", reason="本期已更正，请以第2版为准。", code=MARKS.code),
        Marks(stamp="作废", reason="本期已撤下，不再作为依据。", code=MARKS.code),
        MARKS,
    )
    paths = [tmp_path / f"{place}.pdf" for place in range(len(copies))]
    for path, marks in zip(paths, copies, strict=True):
        path.write_bytes(FORMATS["pdf"].render(LONG, marks=marks))
    wanted = [f"{path}\t{flavour}\tPASS" for path in paths for flavour in ("2a", "ua1")]
    assert verapdf.verdicts(paths) == wanted


@pytest.mark.parametrize("stamp", ["作废", "已更正"])
def test_a_stamp_keeps_clear_of_the_edge_and_of_the_text(stamp):
    (sign,) = lay_out(LONG, marks=Marks(stamp=stamp))[0].signs
    wide, high = (side * sign.scale for side in sign.frame)
    turned = radians(sign.angle)
    reach = (wide * sin(turned) + high * cos(turned)) / 2
    assert sign.y - reach > 5 * MM
    assert sign.y + reach < TOP


def test_the_reason_of_a_stamp_is_set_ragged():
    reason = "本期已于2025年4月10日更正，请以第2版为准。新版验证码：9F3K-0QZ7-M2XD。"
    first, *_ = lay_out(LONG, marks=Marks(stamp="已更正", reason=reason))[0].notes
    hanzi = [step for run in first.runs for step in run.advances if run.text[0] == "本"]
    assert set(hanzi[:3]) == {hanzi[0]}
    assert hanzi[0] == pytest.approx(10.0)


def test_the_page_on_screen_shows_the_marks():
    plain, marked = lay_out(LONG)[0], lay_out(LONG, marks=MARKS)[0]
    assert b"rotate(-40)" in render_page(marked)
    assert b"rotate" not in render_page(plain)
