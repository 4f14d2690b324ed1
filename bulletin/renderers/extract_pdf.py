"""The text of a PDF, read from its structure tree and the ToUnicode maps of its fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ByteStringObject, ContentStream, TextStringObject

_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>\n")

Marks = dict[tuple[int, int], str]
"""Text by page object and marked content number."""


def pdf_lines(data: bytes) -> list[str]:
    """The paragraphs of a tagged PDF. Raises ValueError when it is none."""
    try:
        reader = PdfReader(BytesIO(data))
        root: Any = reader.trailer["/Root"]
        body = root["/StructTreeRoot"]["/K"][0]
        marks = dict(_all_marks(reader))
        return ["".join(_element(element.get_object(), marks)) for element in body["/K"]]
    except (PyPdfError, KeyError, TypeError, AttributeError) as problem:
        raise ValueError("这个PDF没有可读的结构，无法取出文字。") from problem


def _element(element: Any, marks: Marks) -> Iterator[str]:
    """What an element holds: numbers on its own page, dictionaries that name another."""
    for mark in element["/K"]:
        holder, own = (mark, mark["/MCID"]) if "/MCID" in _keys(mark) else (element, mark)
        yield marks.get((holder.raw_get("/Pg").idnum, int(own)), "")


def _keys(thing: Any) -> Any:
    return thing if isinstance(thing, dict) else ()


def _all_marks(reader: PdfReader) -> Iterator[tuple[tuple[int, int], str]]:
    maps: dict[int, dict[bytes, str]] = {}
    for page in reader.pages:
        reference: Any = page.indirect_reference
        for mark, text in _page_marks(reader, page, maps).items():
            yield (reference.idnum, mark), text


def _page_marks(reader: PdfReader, page: Any, maps: dict[int, dict[bytes, str]]) -> dict[int, str]:
    """Text by marked content number; what is marked as an artefact is left out."""
    fonts = page["/Resources"]["/Font"]
    current: dict[bytes, str] = {}
    mark: int | None = None
    found: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"BDC":
            mark = operands[1].get("/MCID")
        elif operator == b"EMC":
            mark = None
        elif operator == b"Tf":
            current = _map(fonts, operands[0], maps)
        elif operator == b"TJ" and mark is not None:
            found[mark] = found.get(mark, "") + "".join(_decoded(operands[0], current))
    return found


def _map(fonts: Any, name: str, maps: dict[int, dict[bytes, str]]) -> dict[bytes, str]:
    number = fonts.raw_get(name).idnum
    if number not in maps:
        data = fonts[name]["/ToUnicode"].get_object().get_data()
        maps[number] = {
            bytes.fromhex(code.decode()): bytes.fromhex(char.decode()).decode("utf-16-be")
            for code, char in _PAIR.findall(data)
        }
    return maps[number]


def _decoded(pieces: Any, current: dict[bytes, str]) -> Iterator[str]:
    size = len(next(iter(current), b"00"))
    for piece in pieces:
        if isinstance(piece, (TextStringObject, ByteStringObject)):
            raw = piece.original_bytes
            for place in range(0, len(raw), size):
                yield current.get(raw[place : place + size], "\ufffd")
