"""The Word document as LibreOffice sets it: the pages and lines of the PDF."""

import pdfplumber
import pytest

from bulletin.document import Layout
from bulletin.renderers import FORMATS
from bulletin.typeset import lay_out, system_fonts
from tests.bulletin.documents import february, small
from tests.services.office import as_pdf
from tests.shared import needs_shared

FONTS = {
    "仿宋_GB2312": "FandolFang R",
    "黑体": "Noto Sans CJK SC",
    "宋体": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "Times New Roman": "Liberation Serif",
}


def squeezed(text):
    return "".join(text.split())


def office_lines(document, folder):
    """The lines of each page as LibreOffice drew them, without the page number."""
    path = folder / "issue.docx"
    path.write_bytes(FORMATS["docx"].render(document))
    faces = [face for chain in system_fonts().chains.values() for face in chain]
    drawn = as_pdf(path, FONTS, sorted({face.path.parent for face in faces}))
    with pdfplumber.open(drawn) as opened:
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
