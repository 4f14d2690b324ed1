"""The text of a Word document, in the order it is read."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx.oxml import parse_xml

from .docx import NO_TEXT, W


def docx_lines(data: bytes) -> list[str]:
    """The paragraphs of the body and its tables; a tab parts issuer and date."""
    with ZipFile(BytesIO(data)) as package:
        root = parse_xml(package.read("word/document.xml"))
    lines: list[str] = []
    for paragraph in root.iter(f"{W}p"):
        if _style(paragraph) not in NO_TEXT:
            lines += _docx_text(paragraph).split("\t")
    return lines


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def _docx_text(paragraph: Any) -> str:
    pieces = paragraph.iterfind(f"{W}r/*")
    return "".join("\t" if piece.tag == f"{W}tab" else piece.text or "" for piece in pieces)
