"""DOCX: styles, grid and footers, as python-docx reads them back."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from bulletin.document import ImprintLine, Layout
from bulletin.renderers import docx
from tests.bulletin.documents import small


def opened(*texts, **fields):
    return Document(BytesIO(docx.render(small(*texts, **fields))))


def test_paragraphs_carry_real_styles():
    found = [(p.style.name, p.text) for p in opened("甲").paragraphs]
    assert found[0] == ("刊名", "政务窗口月报")
    assert ("Heading 1", "一、窗口资讯") in found
    assert ("条目", "（一）甲") in found


@pytest.mark.parametrize(("rows", "pitch"), [(22, "579"), (20, "637")])
def test_the_document_grid_has_the_rows_of_the_publication(rows, pitch):
    section = opened("甲", layout=Layout(rows)).sections[0]
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == pitch


def test_glyphs_are_tightened_to_the_cell_and_fonts_are_named():
    normal = opened("甲").styles["Normal"].element.rPr
    assert normal.find(qn("w:spacing")).get(qn("w:val")) in {"-4", "-5"}
    assert normal.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert normal.find(qn("w:rFonts")).get(qn("w:asciiTheme")) is None


def test_page_numbers_stand_outside():
    section = opened("甲").sections[0]
    assert section.footer.paragraphs[0].style.name == "单页码"
    assert section.even_page_footer.paragraphs[0].style.name == "双页码"


def test_the_imprint_is_a_table_with_a_row_for_each_line():
    imprint = (ImprintLine("报", "甲。"), ImprintLine("发", "乙。"))
    body = opened("甲", imprint=imprint).element.body
    (table,) = body.iter(qn("w:tbl"))
    rows = ["".join(part.text for part in row.iter(qn("w:t"))) for row in table.iter(qn("w:tr"))]
    assert rows == ["报：甲。", "发：乙。"]


def test_a_long_issuer_and_the_date_take_two_paragraphs():
    texts = [p.text for p in opened("甲", issuer="某" * 40).paragraphs]
    assert texts[2:4] == ["某" * 40, "2025年4月2日"]


def test_the_package_holds_one_fixed_date():
    with ZipFile(BytesIO(docx.render(small("甲")))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
