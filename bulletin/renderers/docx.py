"""DOCX: real styles and headings on the document grid, to be edited by hand afterwards.

Lines are exactly one row of the grid high, so that a substituted font does not move
them; the fonts are named as Chinese offices have them installed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Any, Final
from zipfile import ZipFile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from ..document import IssueDocument, Line
from ..typeset import NONE, Marks, Page, Row, lay_out
from ..typeset.geometry import CELL, HEIGHT, TOP, Grid, grid
from ..typeset.masthead import TEXT_BELOW
from .docx_imprint import write_imprint
from .docx_marks import write_marks
from .docx_rows import Face, paragraph
from .docx_styles import (
    END,
    HEADING,
    ISSUER,
    ISSUER_ALONE,
    ITEM,
    MARK,
    NUMBER,
    TITLE,
    Styles,
    add_styles,
    row_height,
    style_metrics,
)
from .limits import admit
from .markup import printable
from .zipping import zipped

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EARLY: Final = 2.0
"""Points the text starts above its row, so that no rounding drives a row off the page."""
NO_TEXT: Final = frozenset({END, MARK})
"""Styles of paragraphs that belong to no line of the document."""
_LEVEL: Final = 6
_EPOCH: Final = dt.date(2000, 1, 1)


def render(document: IssueDocument, *, marks: Marks = NONE) -> bytes:
    """The issue as a Word document. Raises ValueError beyond the limits."""
    admit(document)
    page = grid(document.layout)
    pages = lay_out(document)
    word = Document()
    styles = add_styles(word, page, document.layout)
    _set_page(word, page)
    _set_footers(word, styles)
    _set_properties(word, document)
    lines = document.lines()
    _write_masthead(word, styles, lines, pages, page)
    _write_text(word, styles, lines, pages)
    if len(pages) > 1 and not _begins(pages[-1], lines):
        word.add_paragraph(style=styles[END]).paragraph_format.page_break_before = True
    write_imprint(word, styles, lines, pages)
    write_marks(word, styles, marks)
    return _packed(word)


def _head_rows(pages: Sequence[Page], page: Grid) -> int:
    """How many rows of the first page the masthead takes."""
    return ceil((max(rule.y for rule in pages[0].rules[:1]) + TEXT_BELOW - TOP) / page.pitch - 0.01)


def _begins(page: Page, lines: tuple[Line, ...]) -> bool:
    """Whether anything but the imprint stands on a page."""
    return any(lines[row.line].role != "imprint" for row in page.rows)


def _write_text(word: Any, styles: Styles, lines: tuple[Line, ...], pages: Sequence[Page]) -> None:
    rows: dict[int, list[Row]] = {}
    for page in pages:
        for row in page.rows:
            rows.setdefault(row.line, []).append(row)
    end = word.element.body.sectPr
    face = Face(*style_metrics(styles))
    for place, line in enumerate(lines):
        if line.role in ("heading", "paragraph", "item"):
            style = styles[HEADING if line.role == "heading" else ITEM]
            end.addprevious(parse_xml(paragraph(style.style_id, rows[place], face)))


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


def _write_masthead(
    word: Any, styles: Styles, lines: tuple[Line, ...], pages: Sequence[Page], page: Grid
) -> None:
    """Name, number, issuer and date where they stand on the page, by the space before them."""
    text: dict[str, str] = {line.role: line.text for line in lines[:4]}
    heads = {role: _rows_of(role, lines, pages[0]) for role in text}
    bottom = TOP
    for role, style in (("title", TITLE), ("number", NUMBER)):
        paragraph = word.add_paragraph(style=styles[style])
        _add(paragraph, text[role])
        bottom = _stand(paragraph, heads[role], bottom)
    rule = pages[0].rules[0]
    last = _write_issuer(word, styles, text, heads, bottom)
    rest = TOP + _head_rows(pages, page) * row_height(page) - rule.y - rule.thickness - EARLY
    last.paragraph_format.space_after = Pt(max(0.0, rest))


def _rows_of(role: str, lines: tuple[Line, ...], page: Page) -> list[Row]:
    return [row for row in page.rows if lines[row.line].role == role]


def _stand(paragraph: Any, rows: Sequence[Row], bottom: float) -> float:
    """Puts a paragraph where its rows are, below `bottom`; where it ends then."""
    first, last = rows[0], rows[-1]
    high = max(first.size * 1.25, CELL)
    if len(rows) > 1:
        high = (last.top - first.top) / (len(rows) - 1)
    top = first.top + (first.size - high) / 2
    form = paragraph.paragraph_format
    form.line_spacing = Pt(high)
    form.space_before = Pt(max(0.0, top - bottom))
    for run in paragraph.runs:
        run.font.size = Pt(round(first.size * 2) / 2)
    return max(top, bottom) + high * len(rows)


def _write_issuer(
    word: Any, styles: Styles, text: dict[str, str], heads: dict[str, list[Row]], bottom: float
) -> Any:
    """Issuer and date on one line, parted by a tab, or on two; the rule below the last."""
    issuer, date = text["issuer"], text.get("date", "")
    together = not date or heads["issuer"][0].top == heads["date"][0].top
    first = word.add_paragraph(style=styles[ISSUER if together else ISSUER_ALONE])
    _add(first, issuer)
    if date and together:
        first.add_run()._r.add_tab()
        _add(first, date)
    bottom = _stand(first, heads["issuer"], bottom)
    if together:
        return first
    last = word.add_paragraph(style=styles[ISSUER])
    _add(last, date)
    _stand(last, heads["date"], bottom)
    return last


def _packed(word: Any) -> bytes:
    """The package that python-docx writes, without the time it was written at."""
    loose = BytesIO()
    word.save(loose)
    with ZipFile(loose) as source:
        return zipped(((name, source.read(name)) for name in source.namelist()), _LEVEL)
