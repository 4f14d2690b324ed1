"""The 版记 of a Word document: a table in a box at the foot of the last page's text area.

The box hangs on the last paragraph and stands where the page puts it, so that the imprint
stays at the foot of the last page however the text above is edited (GB/T 9704 7.4). A table
placed by itself is let stand in the text by LibreOffice when it is as wide as the page's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ..document import Line
from ..typeset import Page, Row
from ..typeset.geometry import CELL_4, LEFT, RIGHT, SIZE_4, WIDTH
from ..typeset.pages import IMPRINT_PITCH
from .docx_rows import Face, inner
from .docx_styles import END, IMPRINT, Styles, style_metrics

OFFICE: Final = "urn:schemas-microsoft-com"
VML: Final = (
    f'xmlns:v="{OFFICE}:vml" xmlns:o="{OFFICE}:office:office" xmlns:w10="{OFFICE}:office:word"'
)
_SPACE: Final = nsdecls("w")
_TWIPS: Final = 20
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
    for side, size in (("top", 8), ("bottom", 8), ("insideH", 6))
)
"""0.35 mm outside, 0.25 mm inside (GB/T 9704 7.4), in eighths of a point."""
_BOX: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def write_imprint(
    word: Any, styles: Styles, lines: tuple[Line, ...], pages: Sequence[Page]
) -> None:
    """Adds the last paragraph, and on it the box where there is an imprint."""
    last = word.add_paragraph(style=styles[END])
    places = [place for place, line in enumerate(lines) if line.role == "imprint"]
    if places:
        face = Face(SIZE_4, style_metrics(styles)[1], RIGHT - CELL_4)
        cells = "".join(_cells(places, lines, pages, face))
        rows = sum(len(_rows_at(place, pages)) for place in places)
        last._p.append(parse_xml(_box(_table(cells), _top(pages), rows * IMPRINT_PITCH)))


def _cells(
    places: Sequence[int], lines: tuple[Line, ...], pages: Sequence[Page], face: Face
) -> Iterator[str]:
    """A row of the table for each line, continued after its colon."""
    margin = round(CELL_4 * _TWIPS)
    for place in places:
        hanging = round(min(len(lines[place].label), 8) * CELL_4 * _TWIPS)
        form = (
            f'<w:pPr><w:pStyle w:val="{IMPRINT}"/><w:ind w:left="{margin + hanging}"'
            f' w:right="{margin}" w:hanging="{hanging}"/></w:pPr>'
        )
        shown = inner(_rows_at(place, pages), face)
        width = f'<w:tcPr><w:tcW w:w="{ceil(WIDTH * _TWIPS)}" w:type="dxa"/></w:tcPr>'
        yield f"<w:tr><w:tc>{width}<w:p>{form}{shown}</w:p></w:tc></w:tr>"


def _rows_at(place: int, pages: Sequence[Page]) -> list[Row]:
    return [row for page in pages for row in page.rows if row.line == place]


def _top(pages: Sequence[Page]) -> float:
    """Where the first rule of the imprint stands: the last page draws no other but the head's."""
    return min(rule.y for rule in pages[-1].rules if not rule.red)


def _table(cells: str) -> str:
    """As wide as the text area; the text is indented by its paragraphs, as programs differ in
    where a table with margins of its own begins."""
    width = ceil(WIDTH * _TWIPS)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{cells}</w:tbl>'
    )


def _box(table: str, top: float, high: float) -> str:
    style = (
        f"position:absolute;margin-left:{LEFT:.2f}pt;margin-top:{top:.2f}pt;"
        f"width:{WIDTH:.2f}pt;height:{high + 2:.2f}pt;z-index:251659264;"
        "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )
    end = f'<w:p><w:pPr><w:pStyle w:val="{END}"/></w:pPr></w:p>'
    return (
        f'<w:r {_SPACE} {VML}><w:pict>{_BOX}<v:shape id="imprint" o:spid="_x0000_s2060"'
        f' type="#_x0000_t202" style="{style}" filled="f" stroked="f">'
        f'<v:textbox inset="0,0,0,0"><w:txbxContent>{table}{end}</w:txbxContent></v:textbox>'
        '<w10:wrap type="topAndBottom"/></v:shape></w:pict></w:r>'
    )
