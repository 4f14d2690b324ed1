"""The text drawn back out of each format, for comparison before sign-off.

Every function returns the paragraphs in reading order, equal to
`[line.text for line in document.lines()]` when nothing was lost.
"""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from docx.oxml import parse_xml

from ..document import loads
from .docx import END_STYLE, W
from .extract_pdf import pdf_lines


def extract(format_name: str, data: bytes) -> list[str]:
    """The paragraphs of a rendered file. Raises ValueError for an unknown format."""
    if format_name not in EXTRACTORS:
        raise ValueError(f"没有“{format_name}”这种格式。")
    return EXTRACTORS[format_name](data)


def txt_lines(data: bytes) -> list[str]:
    return data.decode().removesuffix("\n").split("\n")


def data_lines(data: bytes) -> list[str]:
    return [line.text for line in loads(data).lines()]


def html_lines(data: bytes) -> list[str]:
    reader = _HtmlReader()
    reader.feed(data.decode())
    reader.close()
    return reader.lines


class _HtmlReader(HTMLParser):
    """Collects what stands in the elements that hold one paragraph each."""

    LEAVES: Final = frozenset({"h1", "h2", "p", "time", "span"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.inside = False
        self.leaf = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        issued = tag == "p" and ("class", "issued") in attrs
        if tag == "article":
            self.inside = True
        elif self.inside and not self.leaf and tag in self.LEAVES and not issued:
            self.leaf = tag
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.inside = False
        elif tag == self.leaf:
            self.leaf = ""

    def handle_data(self, data: str) -> None:
        if self.leaf:
            self.lines[-1] += data


def docx_lines(data: bytes) -> list[str]:
    """The paragraphs of the body and its tables; a tab parts issuer and date."""
    with ZipFile(BytesIO(data)) as package:
        root = parse_xml(package.read("word/document.xml"))
    lines: list[str] = []
    for paragraph in root.iter(f"{W}p"):
        if _style(paragraph) != END_STYLE:
            lines += _docx_text(paragraph).split("\t")
    return lines


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def _docx_text(paragraph: Any) -> str:
    pieces = paragraph.iterfind(f"{W}r/*")
    return "".join("\t" if piece.tag == f"{W}tab" else piece.text or "" for piece in pieces)


EXTRACTORS: Final[dict[str, Callable[[bytes], list[str]]]] = {
    "txt": txt_lines,
    "html": html_lines,
    "json": data_lines,
    "docx": docx_lines,
    "pdf": pdf_lines,
}
