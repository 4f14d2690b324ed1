"""The PDF, looked at by readers that are not ours."""

from io import BytesIO

import pdfplumber
import pytest
from pypdf import PdfReader

from bulletin.document import ImprintLine
from bulletin.renderers import pdf
from bulletin.renderers.extract import extract
from bulletin.typeset import uncovered
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


def measured(document, place):
    with pdfplumber.open(BytesIO(pdf.render(document))) as opened:
        page = opened.pages[place]
        return page.chars, [*page.lines, *page.rects]


def top_and_bottom(char):
    """Of the cell, in millimetres: a hanzi hangs 0.88 em above its baseline."""
    size = char["size"]
    top = 297 * MM - char["matrix"][5] - 0.88 * size
    inside = (size - 156 * MM / 28) / 2
    return (top + inside) / MM, (top + size - inside) / MM


def test_the_grid_measured_from_the_file_is_that_of_the_standard():
    chars, _ = measured(small(*["政务" * 300] * 3), 1)
    body = [char for char in chars if char["text"] in "政务"]
    assert min(char["x0"] for char in body) / MM == pytest.approx(28.0, abs=0.1)
    assert max(char["x1"] for char in body) / MM == pytest.approx(184.0, abs=0.1)
    assert min(top_and_bottom(char)[0] for char in body) == pytest.approx(37.0, abs=0.1)
    assert max(top_and_bottom(char)[1] for char in body) == pytest.approx(262.0, abs=0.1)
    bases = sorted({round(char["matrix"][5], 2) for char in body}, reverse=True)
    assert len(bases) == 22
    assert bases[0] - bases[1] == pytest.approx(29.62, abs=0.02)


@needs_shared
def test_the_issue_of_february_with_22_rows_fills_the_same_grid():
    chars, _ = measured(february(22), 2)
    body = [char for char in chars if char["size"] > 15.9 and char["matrix"][5] > 35 * MM]
    assert min(top_and_bottom(char)[0] for char in body) == pytest.approx(37.0, abs=0.1)
    assert max(top_and_bottom(char)[1] for char in body) == pytest.approx(262.0, abs=0.1)


@pytest.mark.parametrize(("place", "side"), [(0, "right"), (1, "left")])
def test_the_page_number_stands_7_mm_below_one_character_in(place, side):
    chars, _ = measured(small(*["政务" * 300] * 3), place)
    folio = [char for char in chars if char["matrix"][5] < 34 * MM]
    dash = next(char for char in folio if char["text"] == "—")
    middle = 297 - (dash["matrix"][5] + 0.3 * dash["size"]) / MM
    assert dash["size"] == 14
    assert middle == pytest.approx(262 + 7, abs=0.3)
    if side == "right":
        edge = 184 - max(char["x1"] for char in folio) / MM
    else:
        edge = min(char["x0"] for char in folio) / MM - 28
    assert edge == pytest.approx(14 / MM, abs=0.3)


def test_the_rules_of_the_imprint_close_the_text_area():
    imprint = (ImprintLine("报", "甲。"), ImprintLine("发", "乙。"))
    chars, lines = measured(small("一", imprint=imprint), 0)
    rules = sorted((line for line in lines if line["top"] > 200 * MM), key=lambda one: one["top"])
    widths = [round(rule["linewidth"] / MM, 2) for rule in rules]
    assert widths == [0.35, 0.25, 0.35]
    assert rules[-1]["top"] / MM == pytest.approx(262.0, abs=0.1)
    assert rules[0]["x0"] / MM == pytest.approx(28.0, abs=0.1)
    assert rules[0]["x1"] / MM == pytest.approx(184.0, abs=0.1)
    first = next(char for char in chars if char["text"] == "报" and round(char["size"], 3) == 14)
    assert first["x0"] / MM - 28 == pytest.approx(14 / MM, abs=0.3)


RARE = "镕喆祎玥䶮㛃𬭎堃"


def test_rare_names_are_drawn_by_fonts_and_read_back():
    document = small(f"张{RARE}到窗口调研。")
    assert uncovered(document) == ()
    chars, _ = measured(document, 0)
    drawn = {char["text"]: char["fontname"] for char in chars}
    assert all("+" in drawn[char] for char in RARE)


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
