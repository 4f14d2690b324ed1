"""The Word document as LibreOffice sets it: the pages and lines of the PDF."""

import pdfplumber
import pytest

from bulletin.document import ImprintLine, Layout
from bulletin.renderers import FORMATS, NONE, Marks
from bulletin.typeset import lay_out, system_fonts
from tests.bulletin.documents import february, small
from tests.services.office import as_pdf
from tests.shared import needs_shared

MM = 72 / 25.4

FONTS = {
    "仿宋_GB2312": "FandolFang R",
    "黑体": "Noto Sans CJK SC",
    "宋体": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "Times New Roman": "Liberation Serif",
}


def squeezed(text):
    return "".join(text.split())


def office_pdf(document, folder, marks=NONE):
    path = folder / "issue.docx"
    path.write_bytes(FORMATS["docx"].render(document, marks=marks))
    faces = [face for chain in system_fonts().chains.values() for face in chain]
    return as_pdf(path, FONTS, sorted({face.path.parent for face in faces}))


def office_lines(document, folder):
    """The lines of each page as LibreOffice drew them, without the page number."""
    with pdfplumber.open(office_pdf(document, folder)) as opened:
        pages = [page.extract_text().splitlines() for page in opened.pages]
    return [
        [squeezed(line) for line in lines if squeezed(line) != f"—{number}—"]
        for number, lines in enumerate(pages, 1)
    ]


def our_lines(document):
    """Those of the PDF; what shares a baseline is one line."""
    pages = []
    for page in lay_out(document):
        lines: dict[float, str] = {}
        for row in page.rows:
            lines[row.baseline] = lines.get(row.baseline, "") + squeezed(row.text)
        pages.append(list(lines.values()))
    return pages


@needs_shared
@pytest.mark.parametrize("rows", [20, 22])
def test_the_february_issue_has_the_pages_and_lines_of_the_pdf(rows, tmp_path):
    document = february(rows)
    assert office_lines(document, tmp_path) == our_lines(document)


def test_plain_text_has_the_pages_and_lines_of_the_pdf(tmp_path):
    text = "2月7日，省政务服务窗口办理事项3.79万件，推进“高效办成一件事”，优化流程、压减材料。"
    document = small(*[text * 5] * 9, layout=Layout(22))
    assert office_lines(document, tmp_path) == our_lines(document)


def test_an_imprint_on_a_page_of_its_own_is_so_in_word(tmp_path):
    document = small("一" * 23 + "二" * 28 * 10, layout=Layout(22))
    assert [len(page) for page in office_lines(document, tmp_path)] == [
        len(page) for page in our_lines(document)
    ]


def test_marks_and_the_imprint_stand_where_the_page_puts_them(tmp_path):
    document = small("一" * 150, imprint=(ImprintLine("报", "甲。"), ImprintLine("发", "乙。")))
    marks = Marks("校样3", "已更正", "请以第2版为准。", "9F3K-0QZ7-M2XD", "0" * 64)
    with pdfplumber.open(office_pdf(document, tmp_path, marks)) as opened:
        (page,) = opened.pages
        rules = [line for line in [*page.lines, *page.rects] if line["top"] > 200 * MM]
        words = {squeezed(line["text"]): line["top"] / MM for line in page.extract_text_lines()}
    assert max(rule["bottom"] for rule in rules) / MM == pytest.approx(262, abs=0.5)
    assert words["【已更正】请以第2版为准。"] < 37
    assert words["验证码：9F3K-0QZ7-M2XD（可在本刊网站核验）"] > 262
    assert words[f"文稿指纹（SHA-256）：{'0' * 64}"] > 262
