"""The file around the pages: objects, references, catalogue, outline, structure tree.

The only module that touches ReportLab, whose document keeps the numbering of
objects and the cross-reference table. Its names used here are not all public, so
the dependency is pinned to one minor version.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from isal import isal_zlib
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFPage

VERSION: Final = (1, 7)


class _Raw(PDFObject):
    """An indirect object whose bytes are already written."""

    __RefOnly__ = 1

    def __init__(self, content: bytes = b"") -> None:
        self.content = content

    def format(self, document: PDFDocument) -> bytes:
        return self.content


class _Page(PDFPage):
    Override_default_compilation = 1
    __NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]


def text_string(text: str) -> str:
    """A PDF text string in UTF-16BE, written in hexadecimal."""
    return f"<{(chr(0xFEFF) + text).encode('utf-16-be', 'replace').hex().upper()}>"


def number(value: float) -> str:
    """A number of points to a two-hundredth of a millimetre, without idle zeros."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class PdfFile:
    """One PDF being written. References are strings such as `12 0 R`."""

    def __init__(self, *, title: str, author: str, language: str, made: dt.date | None) -> None:
        # Any: the published types leave out half of what the document is made of.
        document: Any = PDFDocument(lang=language, invariant=1, pdfVersion=VERSION)
        self.document = document
        document.info = _Raw(_info(title, author, made))
        catalog = document.Catalog
        catalog.Outlines = None
        catalog.ViewerPreferences = "<< /DisplayDocTitle true >>"
        catalog.MarkInfo = "<< /Marked true >>"
        self.page_references: list[str] = []

    def add(self, content: str) -> str:
        """A new object holding `content`; its reference."""
        return self._reference(_Raw(content.encode("latin-1")))

    def reserve(self) -> tuple[_Raw, str]:
        """An object to be written later, and its reference now."""
        later = _Raw()
        return later, self._reference(later)

    def write(self, later: _Raw, content: str) -> None:
        later.content = content.encode("latin-1")

    def stream(self, data: bytes, entries: str = "", *, packed: bool = False) -> str:
        """A compressed stream; `packed` data are compressed already."""
        body = data if packed else isal_zlib.compress(data, 3)
        head = f"<< {entries} /Filter /FlateDecode /Length {len(body)} >>\nstream\n"
        return self._reference(_Raw(head.encode("latin-1") + body + b"\nendstream"))

    def page(self, size: tuple[float, float], resources: str, content: bytes) -> str:
        page: Any = _Page()
        page.MediaBox = f"[0 0 {number(size[0])} {number(size[1])}]"
        page.Resources = resources
        page.Contents = self.stream(content)
        page.StructParents = str(len(self.page_references))
        page.Tabs = "/S"
        page.Parent = self._reference(self.document.Pages)
        reference = self._reference(page)
        self.document.Pages.addPage(page)
        self.page_references.append(reference)
        return reference

    def outline(self, entries: Sequence[tuple[str, str, float]]) -> None:
        """A flat outline: title, page reference, height of the target from the page's foot."""
        if not entries:
            return
        root, parent = self.reserve()
        items = [self.reserve() for _ in entries]
        for place, (title, page, top) in enumerate(entries):
            links = f"/Prev {items[place - 1][1]} " if place else ""
            links += f"/Next {items[place + 1][1]} " if place + 1 < len(items) else ""
            target = f"[{page} /XYZ 0 {number(top)} null]"
            content = f"/Title {text_string(title)} /Parent {parent} {links}/Dest {target}"
            self.write(items[place][0], f"<< {content} >>")
        ends = f"/First {items[0][1]} /Last {items[-1][1]} /Count {len(items)}"
        self.write(root, f"<< /Type /Outlines {ends} >>")
        self.document.Catalog.Outlines = parent
        self.document.Catalog.PageMode = "/UseOutlines"

    def structure(self, elements: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> None:
        """The structure tree: for each element its type and its (page, marked content)."""
        root, root_reference = self.reserve()
        body, body_reference = self.reserve()
        kids: list[str] = []
        parents: list[list[str]] = [[] for _ in self.page_references]
        for kind, marks in elements:
            content = " ".join(self._mark(page, mark) for page, mark in marks)
            own = self.add(f"<< /Type /StructElem /S /{kind} /P {body_reference} /K [{content}] >>")
            kids.append(own)
            for page, _ in marks:
                parents[page].append(own)
        kid_list = " ".join(kids)
        self.write(
            body,
            f"<< /Type /StructElem /S /Document /P {root_reference} /K [{kid_list}] >>",
        )
        numbers = " ".join(f"{page} [{' '.join(own)}]" for page, own in enumerate(parents))
        tree = self.add(f"<< /Nums [{numbers}] >>")
        links = f"/K [{body_reference}] /ParentTree {tree}"
        links += f" /ParentTreeNextKey {len(parents)}"
        self.write(root, f"<< /Type /StructTreeRoot {links} >>")
        self.document.Catalog.StructTreeRoot = root_reference

    def save(self, digest: str) -> bytes:
        """The finished file; its identifier is drawn from `digest`."""
        self.document.updateSignature(digest)
        return self.document.format()

    def _mark(self, page: int, mark: int) -> str:
        return f"<< /Type /MCR /Pg {self.page_references[page]} /MCID {mark} >>"

    def _reference(self, thing: PDFObject) -> str:
        return self.document.Reference(thing).format(self.document).decode("ascii")


def _info(title: str, author: str, made: dt.date | None) -> bytes:
    content = f"/Title {text_string(title)} /Author {text_string(author)}"
    content += f" /Producer {text_string('政务窗口月报系统')}"
    if made:
        stamp = f"(D:{made.year:04d}{made.month:02d}{made.day:02d}000000+08'00')"
        content += f" /CreationDate {stamp} /ModDate {stamp}"
    return f"<< {content} >>".encode("latin-1")
