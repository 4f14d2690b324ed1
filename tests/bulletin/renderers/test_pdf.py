"""The PDF, looked at by readers that are not ours."""

from io import BytesIO

import pdfplumber
import pytest
from pypdf import PdfReader

from bulletin.renderers import pdf
from bulletin.renderers.extract import extract
from tests.bulletin.documents import february, small
from tests.shared import needs_shared

MM = 72 / 25.4


def opened(document):
    return PdfReader(BytesIO(pdf.render(document)))


def squeezed(text):
    return "".join(text.split())


@needs_shared
def test_an_independent_reader_finds_the_text_in_reading_order():
    document = february()
    found = ""
    with pdfplumber.open(BytesIO(pdf.render(document))) as pages:
        for number, page in enumerate(pages.pages, 1):
            found += squeezed(page.extract_text()).removesuffix(f"—{number}—")
    assert found == squeezed(document.text)


@needs_shared
def test_the_outline_names_the_sections():
    document = february()
    titles = [entry["/Title"] for entry in opened(document).outline]
    assert titles == [line.text for line in document.lines() if line.role == "heading"]


def test_every_font_is_embedded_and_maps_back_to_text():
    fonts = opened(small("政务2025")).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        inner = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "/FontFile3" in inner or "/FontFile2" in inner
        assert "/ToUnicode" in font


def test_title_language_and_structure_are_there():
    reader = opened(small("甲"))
    assert reader.metadata.title == "政务窗口月报2025年3月 第3期"
    assert reader.root_object["/Lang"] == "zh-CN"
    kinds = [e["/S"] for e in reader.root_object["/StructTreeRoot"]["/K"][0]["/K"]]
    assert kinds == ["/H1", "/P", "/P", "/P", "/H2", "/P", "/P"]


def test_the_grid_measured_from_the_file_is_that_of_the_standard():
    document = small(*["政务" * 300] * 3)
    with pdfplumber.open(BytesIO(pdf.render(document))) as pages:
        page = pages.pages[1]
        chars = [char for char in page.chars if char["text"] in "政务"]
    assert float(page.width) / MM == pytest.approx(210, abs=0.05)
    assert min(char["x0"] for char in chars) / MM == pytest.approx(28.0, abs=0.1)
    assert max(char["x1"] for char in chars) / MM == pytest.approx(184.0, abs=0.1)
    tops = sorted({round(char["matrix"][5], 2) for char in chars}, reverse=True)
    assert len(tops) == 22
    assert tops[0] - tops[1] == pytest.approx(29.62, abs=0.02)


def test_two_characters_of_one_glyph_stay_two():
    document = small("⼀一⼆二", "Ω\u2126")
    assert extract("pdf", pdf.render(document)) == [line.text for line in document.lines()]


def test_what_no_font_has_is_drawn_as_a_box_and_still_read_back():
    document = small("甲\U0010fffd乙" + "".join(chr(0xE000 + i) for i in range(300)))
    assert extract("pdf", pdf.render(document)) == [line.text for line in document.lines()]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"PK"])
def test_what_is_no_pdf_of_ours_is_refused_in_words(data):
    with pytest.raises(ValueError, match="没有可读的结构"):
        extract("pdf", data)
