"""The file around the pages: objects, cross-references, catalogue, outline, structure tree.

The only module that touches ReportLab, whose document numbers the objects and writes the
table of cross-references. Its names used here are not all public, so the dependency is
pinned to one minor version (docs/decisions, 11).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from isal import isal_zlib
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

from .pdf_archive import COMPONENTS, PRODUCER, profile, xmp

VERSION: Final = (1, 7)
LIGHT: Final = 3
"""Level of compression: the highest of isal, still ten times as fast as zlib."""

Mark = tuple[int, int]
"""Place of the page and number of the marked content on it."""


def text_string(text: str) -> str:
    """A PDF text string in UTF-16BE, written in hexadecimal."""
    return f"<{(chr(0xFEFF) + text).encode('utf-16-be', 'replace').hex().upper()}>"


def number(value: float) -> str:
    """A number of points to a two-hundredth of a millimetre, without idle zeros."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class _Written(PDFObject):  # type: ignore[misc]  # has no types
    """An object of the file whose bytes are already written."""

    __RefOnly__ = 1

    def __init__(self, content: bytes = b"") -> None:
        self.content = content

    def format(self, document: PDFDocument) -> bytes:
        return self.content


class PdfFile:
    """One PDF being written. References are strings such as `12 0 R`."""

    def __init__(self, *, title: str, author: str, language: str, made: dt.date | None) -> None:
        self._document = PDFDocument(invariant=1, pdfVersion=VERSION)
        self._objects: dict[str, _Written] = {}
        self._pages = self.reserve()
        self._catalog = {
            "Type": "/Catalog",
            "Pages": self._pages,
            "Lang": text_string(language),
            "MarkInfo": "<< /Marked true >>",
            "ViewerPreferences": "<< /DisplayDocTitle true >>",
        }
        self._document.info = _Written(_info(title, author, made).encode("latin-1"))
        self._archive(title, author, language, made)
        self.page_references: list[str] = []

    def add(self, content: str) -> str:
        """A new object holding `content`; its reference."""
        return self._append(content.encode("latin-1"))

    def reserve(self) -> str:
        """The reference of an object to be written later."""
        return self._append(b"")

    def write(self, reference: str, content: str) -> None:
        self._objects[reference].content = content.encode("latin-1")

    def stream(self, data: bytes, entries: str = "", *, packed: bool = False) -> str:
        """A compressed stream; `packed` data are compressed already."""
        body = data if packed else isal_zlib.compress(data, LIGHT)
        return self._stream(body, f"{entries} /Filter /FlateDecode")

    def page(self, size: tuple[float, float], resources: str, content: bytes) -> str:
        place = len(self.page_references)
        reference = self.add(
            f"<< /Type /Page /Parent {self._pages} /Resources {resources}"
            f" /MediaBox [0 0 {number(size[0])} {number(size[1])}]"
            f" /Contents {self.stream(content)} /StructParents {place} /Tabs /S >>"
        )
        self.page_references.append(reference)
        return reference

    def outline(self, entries: Sequence[tuple[str, str]]) -> None:
        """A flat outline: titles and where they lead, as `target` gives it."""
        if not entries:
            return
        root = self.reserve()
        items = [self.reserve() for _ in entries]
        for place, (title, target) in enumerate(entries):
            links = f"/Prev {items[place - 1]} " if place else ""
            links += f"/Next {items[place + 1]} " if place + 1 < len(items) else ""
            content = f"/Title {text_string(title)} /Parent {root} {links}/Dest {target}"
            self.write(items[place], f"<< {content} >>")
        ends = f"/First {items[0]} /Last {items[-1]} /Count {len(items)}"
        self.write(root, f"<< /Type /Outlines {ends} >>")
        self._catalog |= {"Outlines": root, "PageMode": "/UseOutlines"}

    def target(self, page: int, top: float) -> str:
        """A destination: place of the page, height above its foot."""
        return f"[{self.page_references[page]} /XYZ 0 {number(top)} null]"

    def names(self, targets: Mapping[str, str]) -> None:
        """Destinations by name, so that an address may end in `#s2-1`."""
        if targets:
            pairs = " ".join(f"({name}) {targets[name]}" for name in sorted(targets))
            limits = f"[({min(targets)}) ({max(targets)})]"
            leaf = self.add(f"<< /Limits {limits} /Names [{pairs}] >>")
            self._catalog["Names"] = f"<< /Dests << /Kids [{leaf}] >> >>"

    def structure(self, elements: Iterable[tuple[str, Sequence[Mark]]]) -> None:
        """The structure tree: for each element its type as a name, perhaps with attributes, and
        its marked contents in order."""
        root, body = self.reserve(), self.reserve()
        kids: list[str] = []
        parents: list[list[str]] = [[] for _ in self.page_references]
        for kind, marks in elements:
            own = self.add(f"<< /Type /StructElem /S {kind} /P {body}{self._marks(marks)} >>")
            kids.append(own)
            for page, _ in marks:
                parents[page].append(own)
        inside = f"/S /Document /P {root} /K [{' '.join(kids)}]"
        self.write(body, f"<< /Type /StructElem {inside} >>")
        numbers = " ".join(f"{page} [{' '.join(own)}]" for page, own in enumerate(parents))
        tree = self.add(f"<< /Nums [{numbers}] >>")
        links = f"/K [{body}] /ParentTree {tree} /ParentTreeNextKey {len(parents)}"
        self.write(root, f"<< /Type /StructTreeRoot {links} >>")
        self._catalog["StructTreeRoot"] = root

    def save(self, digest: str) -> bytes:
        """The finished file; its identifier is drawn from `digest`."""
        kids = " ".join(self.page_references)
        count = len(self.page_references)
        self.write(self._pages, f"<< /Type /Pages /Kids [{kids}] /Count {count} >>")
        entries = " ".join(f"/{key} {value}" for key, value in self._catalog.items())
        self._document.Catalog = _Written(f"<< {entries} >>".encode("latin-1"))
        self._document.updateSignature(digest)
        return bytes(self._document.format())

    def _archive(self, title: str, author: str, language: str, made: dt.date | None) -> None:
        """What PDF/A asks of the catalogue: metadata in the open, and what colours mean."""
        metadata = xmp(title, author, language, made)
        self._catalog["Metadata"] = self._stream(metadata, "/Type /Metadata /Subtype /XML")
        colours = self.stream(profile(), f"/N {COMPONENTS}")
        self._catalog["OutputIntents"] = (
            "[<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
            f" /Info (sRGB IEC61966-2.1) /DestOutputProfile {colours} >>]"
        )

    def _marks(self, marks: Sequence[Mark]) -> str:
        """The page of the first mark once; marks on other pages name theirs."""
        if not marks:
            return " /K []"
        own = marks[0][0]
        kids: list[str] = []
        for page, group in groupby(marks, key=lambda mark: mark[0]):
            reference = self.page_references[page]
            for _, mark in group:
                away = f"<< /Type /MCR /Pg {reference} /MCID {mark} >>"
                kids.append(str(mark) if page == own else away)
        return f" /Pg {self.page_references[own]} /K [{' '.join(kids)}]"

    def _stream(self, body: bytes, entries: str) -> str:
        head = f"<< {entries} /Length {len(body)} >>\nstream\n".encode("latin-1")
        return self._append(b"".join((head, body, b"\nendstream")))

    def _append(self, content: bytes) -> str:
        written = _Written(content)
        reference = self._document.Reference(written).format(self._document).decode("ascii")
        self._objects[reference] = written
        return str(reference)


def _info(title: str, author: str, made: dt.date | None) -> str:
    content = f"/Title {text_string(title)} /Author {text_string(author)}"
    content += f" /Producer {text_string(PRODUCER)}"
    if made:
        stamp = f"(D:{made.year:04d}{made.month:02d}{made.day:02d}000000+08'00')"
        content += f" /CreationDate {stamp} /ModDate {stamp}"
    return f"<< {content} >>"
