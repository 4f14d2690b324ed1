"""The paragraphs of an issue edited in a word processor, as they would be read there."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from docx.oxml import parse_xml

from bulletin.renderers.docx import NO_TEXT
from bulletin.uploads.checking import check
from windows.importing.refusals import Refused

MOST: Final = 1_000
"""Paragraphs; a usual issue has some thirty."""
LONGEST: Final = 20_000
WHOLE: Final = 200_000
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT: Final = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        # A box is written twice, for programs of two ages; its paragraphs come by themselves.
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
        f"{_W}txbxContent",
        f"{_W}pPr",
    }
)
_SIGNS: Final = {f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-", f"{_W}br": "", f"{_W}cr": ""}


def read_copy(data: bytes, name: str) -> list[str]:
    """Every paragraph that says something, changes in suggestion mode as if accepted.

    Raises Refused.
    """
    if check(name, data).kind != "docx":
        raise Refused("请上传从本系统下载、在Word或WPS里改过的文档（.docx）。")
    with ZipFile(BytesIO(data)) as package:
        root = parse_xml(package.read("word/document.xml"))
    found = [text for paragraph in _paragraphs(root) for text in _texts(paragraph)]
    if not found:
        raise Refused("文档里没有文字。请检查是不是选错了文件，再上传。")
    if len(found) > MOST or sum(map(len, found)) > WHOLE or max(map(len, found)) > LONGEST:
        raise Refused("文档里的文字太多，不像一期月报。请检查是不是选错了文件，再上传。")
    return found


def _paragraphs(root: Any) -> Iterator[Any]:
    """Those of the body, its tables and boxes, in order; of what is written twice the first."""
    for element in root:
        if element.tag == "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback":
            continue
        if element.tag == f"{_W}p" and _style(element) not in NO_TEXT:
            yield element
        yield from _paragraphs(element)


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else found.get(f"{_W}val", "")


def _texts(paragraph: Any) -> Iterator[str]:
    """A tab parts two lines of the issue: its issuer and its date."""
    for part in "".join(_pieces(paragraph)).split("\t"):
        text = part.replace("\u00a0", " ").strip()
        if text:
            yield text


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _LEFT_OUT:
            yield from _pieces(child)
