"""DOCX: real styles and headings on the document grid, to be edited by hand afterwards.

Lines are exactly one row of the grid high, so that a substituted font does not move
them; the fonts are named as Chinese offices have them installed.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from math import ceil
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from ..document import IssueDocument, Line
from ..typeset.characters import Kind, kind
from ..typeset.geometry import CELL, CELL_4, HEIGHT, SIZE_3, SIZE_4, WIDTH, Grid, grid
from .docx_styles import (
    END,
    HEADING,
    IMPRINT,
    ISSUER,
    ISSUER_ALONE,
    ITEM,
    NUMBER,
    TITLE,
    Styles,
    add_styles,
)
from .limits import admit
from .markup import printable

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
END_STYLE: Final = END
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_EPOCH: Final = dt.date(2000, 1, 1)
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
    for side, size in (("top", 8), ("bottom", 8), ("insideH", 6))
)
"""0.35 mm outside, 0.25 mm inside (GB/T 9704 7.4), in eighths of a point."""


def render(document: IssueDocument) -> bytes:
    """The issue as a Word document. Raises ValueError beyond the limits."""
    admit(document)
    page = grid(document.layout)
    word = Document()
    styles = add_styles(word, page)
    _set_page(word, page)
    _set_footers(word, styles)
    _set_properties(word, document)
    lines = document.lines()
    _write_masthead(word, styles, lines)
    for line in lines:
        if line.role in ("heading", "paragraph", "item"):
            style = HEADING if line.role == "heading" else ITEM
            _add(word.add_paragraph(style=styles[style]), line.text)
    _write_imprint(word, styles, [line for line in lines if line.role == "imprint"])
    return _packed(word)


def _add(paragraph: Any, text: str) -> None:
    """The one place where text becomes markup: as it stands, without tabs or breaks."""
    element = paragraph.add_run()._r.add_t(printable(text))
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _set_page(word: Any, page: Grid) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    for old in section._sectPr.findall(f"{W}docGrid"):
        section._sectPr.remove(old)
    pitch = int(HEIGHT * 20 / page.rows)
    found = parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{pitch}"/>')
    section._sectPr.append(found)


def _set_footers(word: Any, styles: Styles) -> None:
    """— N — outside: right on odd pages, left on even ones (GB/T 9704 7.5)."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    for footer, name in ((section.footer, "odd"), (section.even_page_footer, "even")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = styles[name]
        _add(paragraph, "— ")
        for field in ("begin", "PAGE", "end"):
            paragraph._p.append(parse_xml(_field(field)))
        _add(paragraph, " —")


def _field(part: str) -> str:
    inner = f'<w:fldChar w:fldCharType="{part}"/>'
    if part == "PAGE":
        inner = '<w:instrText xml:space="preserve"> PAGE </w:instrText>'
    return f"<w:r {nsdecls('w')}>{inner}</w:r>"


def _set_properties(word: Any, document: IssueDocument) -> None:
    stamp = dt.datetime.combine(document.issued_on or _EPOCH, dt.time.min)
    properties = word.core_properties
    title = f"{document.masthead}{document.period.label} {document.number_line}"
    properties.title = printable(title)[:255]
    properties.author = printable(document.issuer)[:255]
    properties.last_modified_by = properties.author
    properties.language = "zh-CN"
    properties.comments = ""
    properties.created = properties.modified = stamp


def _write_masthead(word: Any, styles: Styles, lines: tuple[Line, ...]) -> None:
    text = {line.role: line.text for line in lines[:4]}
    _add(word.add_paragraph(style=styles[TITLE]), text["title"])
    _add(word.add_paragraph(style=styles[NUMBER]), text["number"])
    _write_issuer(word, styles, text["issuer"], text.get("date", ""))


def _write_issuer(word: Any, styles: Styles, issuer: str, date: str) -> None:
    """Issuer and date on one line, parted by a tab; on two where they do not fit."""
    cells = _cells(issuer) + _cells(date) + 1
    size = SIZE_3 if cells * CELL <= WIDTH - 2 * CELL else SIZE_4
    together = cells * CELL_4 <= WIDTH - 2 * CELL or not date
    first = word.add_paragraph(style=styles[ISSUER if together else ISSUER_ALONE])
    _add(first, issuer)
    last = first if together else word.add_paragraph(style=styles[ISSUER])
    if date and together:
        first.add_run()._r.add_tab()
    if date:
        _add(last, date)
    if not together:
        last.paragraph_format.space_before = Pt(0)
    for run in (*first.runs, *last.runs):
        run.font.size = Pt(size)


def _cells(text: str) -> float:
    return sum(0.5 if kind(char) is Kind.LATIN else 1.0 for char in text)


def _write_imprint(word: Any, styles: Styles, imprint: list[Line]) -> None:
    """A table that floats at the foot of the last page's text area."""
    if imprint:
        table = word.add_table(rows=len(imprint), cols=1)
        width = ceil(WIDTH * 20)
        properties = table._tbl.tblPr
        for child in list(properties):
            properties.remove(child)
        for child in _table_properties(width):
            properties.append(parse_xml(child))
        for row, line in zip(table.rows, imprint, strict=True):
            paragraph = row.cells[0].paragraphs[0]
            paragraph.style = styles[IMPRINT]
            _add(paragraph, line.text)
    word.add_paragraph(style=styles[END])


def _table_properties(width: int) -> list[str]:
    space = nsdecls("w")
    margin = round(CELL_4 * 20)
    return [
        f'<w:tblpPr {space} w:leftFromText="0" w:rightFromText="0" w:horzAnchor="margin"'
        ' w:vertAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>',
        f'<w:tblW {space} w:w="{width}" w:type="dxa"/>',
        f"<w:tblBorders {space}>{_BORDERS}</w:tblBorders>",
        f'<w:tblLayout {space} w:type="fixed"/>',
        f'<w:tblCellMar {space}><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>',
    ]


def _packed(word: Any) -> bytes:
    """The package with one fixed date, so that a second run gives the same bytes."""
    loose = BytesIO()
    word.save(loose)
    packed = BytesIO()
    with ZipFile(loose) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return packed.getvalue()
