"""What a copy carries that nobody signed, in a Word document: in its headers and, by which the
site knows it, in a frame at the foot of the last page. None of it is text of the issue.
"""

from __future__ import annotations

from html import escape
from typing import Any, Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ..typeset import NONE, Marks
from ..typeset.geometry import WIDTH
from ..typeset.marks import (
    DRAFT_ANGLE,
    DRAFT_SIZE,
    KNOWN_PITCH,
    KNOWN_SIZE,
    KNOWN_TOP,
    REASON_SIZE,
)
from .docx_imprint import VML
from .docx_styles import END, MARK, Styles
from .markup import printable

_RED: Final = "D90000"


def write_marks(word: Any, styles: Styles, marks: Marks) -> None:
    """Into the headers of odd and even pages, and below the imprint; nothing where none are."""
    if marks == NONE:
        return
    section = word.sections[0]
    for place, header in enumerate((section.header, section.even_page_header)):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.style = styles[MARK]
        if marks.draft:
            paragraph._p.append(parse_xml(_watermark(marks.draft, place)))
        if marks.stamp:
            paragraph._p.append(parse_xml(_run(f"【{marks.stamp}】{marks.reason}", red=True)))
    end = word.element.body.sectPr
    for count, text in enumerate(marks.known_by):
        end.addprevious(parse_xml(_framed(text, KNOWN_TOP + count * KNOWN_PITCH)))
    if marks.known_by:  # a frame hangs on the paragraph that follows it
        word.add_paragraph(style=styles[END])


def _run(text: str, *, red: bool = False) -> str:
    size = round((REASON_SIZE if red else KNOWN_SIZE) * 2)
    form = f'<w:sz w:val="{size}"/>'
    if red:
        form = f'<w:color w:val="{_RED}"/>{form}'
    shown = escape(printable(text), quote=False)
    return f"<w:r {nsdecls('w')}><w:rPr>{form}</w:rPr><w:t>{shown}</w:t></w:r>"


def _watermark(text: str, place: int) -> str:
    """WordArt in the middle of the page, behind the text, as Word itself writes a watermark."""
    wide, high = len(text) * DRAFT_SIZE, DRAFT_SIZE
    style = (
        f"position:absolute;width:{wide:.0f}pt;height:{high:.0f}pt;"
        f"rotation:{360 - DRAFT_ANGLE:.0f};"
        "z-index:-251658240;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:page;mso-position-vertical:center;"
        "mso-position-vertical-relative:page"
    )
    shown = escape(printable(text))
    return (
        f'<w:r {nsdecls("w")} {VML}><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600"'
        ' o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="draft{place}" o:spid="_x0000_s{2049 + place}" type="#_x0000_t136"'
        f' style="{style}" fillcolor="#ebebeb" stroked="f"><v:textpath'
        f' style="font-family:&quot;黑体&quot;;font-size:1pt" string="{shown}"/></v:shape>'
        "</w:pict></w:r>"
    )


def _framed(text: str, top: float) -> str:
    """A paragraph at `top` points of the page, whatever stands beside it."""
    frame = (
        f'<w:framePr w:w="{round(WIDTH * 20)}" w:h="{round(KNOWN_PITCH * 20)}" w:hRule="exact"'
        ' w:hSpace="0" w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:x="1"'
        f' w:y="{round(top * 20)}"/>'
    )
    form = f'<w:pPr><w:pStyle w:val="{MARK}"/>{frame}</w:pPr>'
    return f"<w:p {nsdecls('w')}>{form}{_run(text)}</w:p>"
