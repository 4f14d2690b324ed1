"""Fonts inside a PDF: Type0 fonts whose glyphs HarfBuzz cut from the font files.

The pages are laid out first, so the glyphs each face needs are known. A font here
maps each of its codes to exactly one character, so that the text drawn out again is
the text put in: where one glyph serves two characters (a radical and the hanzi of the
same shape) a second layer of the face takes the other.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from ..typeset.characters import Kind, kind
from ..typeset.fonts import Face
from ..typeset.rows import Page
from .cutting import Subset, cut
from .pdf_file import PdfFile

RED: Final = "0.851 0 0"
_BLOCK: Final = 100
"""Entries a block of a CMap may hold."""
_BOXES: Final = 256


@dataclass
class Codes:
    """How the characters of one face are written.

    Font resource, code in hexadecimal and advance in thousandths of an em, by character;
    `names` are all the resources, nearly always one.
    """

    names: set[str] = field(default_factory=set)
    font: dict[str, str] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    advance: dict[str, float] = field(default_factory=dict)

    def add(self, char: str, font: str, code: str, advance: float) -> None:
        self.names.add(font)
        self.font[char], self.code[char], self.advance[char] = font, code, advance


@dataclass
class _Layer:
    """One Type0 font: which character each glyph of the face stands for in it."""

    face: Face
    name: str
    characters: dict[int, str] = field(default_factory=dict)


class PdfFonts:
    """All fonts of one PDF. First `collect` the pages, then `embed`; `codes` then hold all."""

    def __init__(self) -> None:
        self.codes: dict[Face | None, Codes] = {}
        self._layers: list[_Layer] = []
        self._missing: list[str] = []

    def collect(self, pages: Iterable[Page]) -> None:
        """Puts every character where its glyph is free, in the order of first use."""
        shown: dict[Face | None, dict[str, int]] = {}
        runs = {  # many a short one comes again and again
            (run.face, run.text): run.glyphs
            for page in pages
            for row in page.all_rows()
            for run in row.runs
        }
        for (face, text), glyphs in runs.items():
            shown.setdefault(face, {}).update(zip(text, glyphs, strict=True))
        for face, numbers in shown.items():
            self.codes[face] = Codes()
            if face is None:
                self._missing = list(numbers)
            else:
                self._layers += _layers(face, numbers, len(self._layers))

    def embed(self, file: PdfFile) -> str:
        """Writes every font into the file; the entries of the page's font resources."""
        entries = [f"/{layer.name} {self._embed(file, layer)}" for layer in self._layers]
        entries += self._embed_boxes(file)
        return " ".join(entries)

    def _embed(self, file: PdfFile, layer: _Layer) -> str:
        subset = cut(layer.face, "".join(sorted(layer.characters.values())))
        unicode_of = {subset.order[old]: char for old, char in layer.characters.items()}
        advances = {subset.order[old]: layer.face.advance(old) for old in layer.characters}
        for new, char in unicode_of.items():
            self.codes[layer.face].add(char, layer.name, f"{new:04X}", advances[new])
        name = _tagged(layer)
        descendant = file.add(_descendant(file, layer.face, name, subset, advances))
        to_unicode = file.stream(_to_unicode({f"{c:04X}": u for c, u in unicode_of.items()}, 2))
        return file.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant}] /ToUnicode {to_unicode} >>"
        )

    def _embed_boxes(self, file: PdfFile) -> Iterator[str]:
        """Characters no font has: boxes of a cell, half a cell, or nothing wide, by Type3."""
        for start in range(0, len(self._missing), _BOXES):
            part = self._missing[start : start + _BOXES]
            name = f"B{start // _BOXES + 1}"
            widths = [_box_width(char) for char in part]
            for code, (char, width) in enumerate(zip(part, widths, strict=True)):
                self.codes[None].add(char, name, f"{code:02X}", width)
            yield f"/{name} {_boxes(file, part, widths)}"


def _layers(face: Face, glyphs: Mapping[str, int], count: int) -> list[_Layer]:
    """Characters that share a glyph in layers of their own, named after the first `count`."""
    layers: list[_Layer] = []
    for char, glyph in glyphs.items():
        free = next((layer for layer in layers if glyph not in layer.characters), None)
        if free is None:
            free = _Layer(face, f"F{count + len(layers) + 1}")
            layers.append(free)
        free.characters[glyph] = char
    return layers


def _tagged(layer: _Layer) -> str:
    """The PostScript name with the six letters that mark a subset (ISO 32000-1 9.6.4)."""
    seed = repr(sorted(layer.characters.items())).encode("utf-8", "replace")
    digest = hashlib.sha256(seed).digest()
    tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
    plain = "".join(c for c in layer.face.name if c.isascii() and (c.isalnum() or c in "-_"))
    return f"{tag}+{plain or 'Font'}"


def _descendant(
    file: PdfFile, face: Face, name: str, subset: Subset, advances: Mapping[int, float]
) -> str:
    sort = "CIDFontType0" if face.compact else "CIDFontType2"
    widths = " ".join(
        f"{cid} [{advance:.0f}]" for cid, advance in sorted(advances.items()) if advance != 1000
    )
    mapping = "" if face.compact else " /CIDToGIDMap /Identity"
    descriptor = file.add(_descriptor(file, face, name, subset))
    return (
        f"<< /Type /Font /Subtype /{sort} /BaseFont /{name}"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        f" /FontDescriptor {descriptor} /DW 1000 /W [{widths}]{mapping} >>"
    )


def _descriptor(file: PdfFile, face: Face, name: str, subset: Subset) -> str:
    if face.compact:
        program = file.stream(subset.data, "/Subtype /CIDFontType0C", packed=True)
        key = "FontFile3"
    else:
        program = file.stream(subset.data, f"/Length1 {subset.length}", packed=True)
        key = "FontFile2"
    ascent, descent, box = _metrics(face)
    return (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{box}]"
        f" /ItalicAngle 0 /Ascent {ascent} /Descent {descent} /CapHeight {ascent}"
        f" /StemV 80 /{key} {program} >>"
    )


@lru_cache(maxsize=64)
def _metrics(face: Face) -> tuple[int, int, str]:
    """Ascent, descent and bounding box in thousandths of an em."""
    scale = 1000 / face.face.upem
    extents: Any = face.font.get_font_extents("ltr")
    head = bytes(face.face.reference_table("head").data)
    box = " ".join(str(round(value * scale)) for value in struct.unpack(">4h", head[36:44]))
    return round(extents.ascender * scale), round(extents.descender * scale), box


def _to_unicode(codes: Mapping[str, str], size: int) -> bytes:
    """A ToUnicode CMap: code in hexadecimal of `size` bytes → its one character."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"1 begincodespacerange <{'00' * size}> <{'FF' * size}> endcodespacerange",
    ]
    entries = [
        f"<{code}> <{char.encode('utf-16-be', 'replace').hex().upper()}>"
        for code, char in sorted(codes.items())
    ]
    for start in range(0, len(entries), _BLOCK):
        part = entries[start : start + _BLOCK]
        lines += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")


def _box_width(char: str) -> float:
    sort = kind(char)
    if sort is Kind.ZERO:
        return 0.0
    return 500.0 if sort in (Kind.LATIN, Kind.SPACE) else 1000.0


def _boxes(file: PdfFile, chars: list[str], widths: list[float]) -> str:
    drawings = {width: file.stream(_box(width).encode("ascii")) for width in sorted(set(widths))}
    procedures = " ".join(f"/c{i} {drawings[width]}" for i, width in enumerate(widths))
    differences = " ".join(f"/c{i}" for i in range(len(chars)))
    to_unicode = file.stream(_to_unicode({f"{i:02X}": c for i, c in enumerate(chars)}, 1))
    return file.add(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 -120 1000 880]"
        f" /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << {procedures} >>"
        f" /Encoding << /Type /Encoding /Differences [0 {differences}] >>"
        f" /FirstChar 0 /LastChar {len(chars) - 1}"
        f" /Widths [{' '.join(f'{width:.0f}' for width in widths)}]"
        f" /Resources << >> /ToUnicode {to_unicode} >>"
    )


def _box(width: float) -> str:
    frame = f"{RED} RG 40 w 100 -20 {width - 200:.0f} 800 re S" if width else ""
    return f"{width:.0f} 0 d0 {frame}"


__all__ = ["Codes", "PdfFonts"]
