"""The printed lines inside a Word paragraph.

A word processor breaks lines by rules of its own. Here a line is told where to end without
a break in the text: where it would take more, its letters are spaced until nothing more
fits; where it would take less, its marks are set narrower. The paragraph stays one
paragraph, and text edited later flows on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise, takewhile
from math import ceil, floor
from typing import Final, NamedTuple

from docx.oxml.ns import nsdecls

from ..typeset import Row, Run
from ..typeset.characters import Kind, kind
from ..typeset.geometry import RIGHT
from .markup import printable

_SPACE: Final = nsdecls("w")
TWIPS: Final = 20
"""Twentieths of a point."""
AUTOSPACE: Final = 0.2
"""Of an em, between hanzi and Latin letters or digits; LibreOffice has no way to ask for none."""
SLACK: Final = 1.0
SPARE: Final = 5.0
"""Points left in a full line, and in one made narrower: a word processor rounds every part."""
DOT: Final = 0.25
"""Of an em: · comes from the Latin font."""
NARROWEST: Final = 45
"""Per cent of its width that a mark keeps at least."""


@dataclass(frozen=True, slots=True)
class Face:
    """Size of the letters and right edge of the lines in points, `usual` letter spacing."""

    size: float
    usual: int
    right: float = RIGHT


class Piece(NamedTuple):
    """Text with its letter spacing in twentieths of a point and its width in per cent."""

    text: str
    twips: int
    scale: int = 100


class _Letter(NamedTuple):
    """Origin, character and its own width, in points."""

    x: float
    char: str
    wide: float


def paragraph(style: str, rows: Sequence[Row], face: Face) -> str:
    """A paragraph of set rows as markup."""
    runs = inner(rows, face)
    return f'<w:p {_SPACE}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def inner(rows: Sequence[Row], face: Face) -> str:
    following = [*rows[1:], None]
    found = (pieces(row, face, after) for row, after in zip(rows, following, strict=True))
    return "".join(_run(piece, face) for row in found for piece in row)


def pieces(row: Row, face: Face, after: Row | None = None) -> list[Piece]:
    """A row so that it holds what it holds in print; `after` is the next one, if any."""
    letters = [letter for run in row.runs for letter in _letters(run, face.size)]
    if not letters:
        return []
    room = face.right - letters[0].x
    own = _own(letters, face)
    inside = _inside(row.text)
    plain = own + inside * face.usual / TWIPS
    if plain > room - SLACK:
        return list(_narrowed(row.text, own - room + SPARE, face))
    first = _first(after, face) if after else room
    if plain + first < room + SPARE and inside:
        spread = ceil((room - first / 2 - plain) * TWIPS / inside)
        return [Piece(row.text, face.usual + spread)]
    return [Piece(row.text, face.usual)]


def _own(letters: Sequence[_Letter], face: Face) -> float:
    """The width of a row before any letter spacing."""
    spaces = sum(_spaced(here.char, after.char) for here, after in pairwise(letters))
    return sum(letter.wide for letter in letters) + spaces * AUTOSPACE * face.size


def _lines(text: str) -> list[str]:
    """The parts of one script: within them letters are spaced, not between them."""
    return ["".join(part) for _, part in groupby(text, key=_script)]


def _script(char: str) -> int:
    """Quotes and dashes, which serve two scripts, are parts of their own."""
    return 2 if char in "“”‘’—…·" else int(kind(char) is Kind.LATIN)


def _first(row: Row, face: Face) -> float:
    """What of the next row could be drawn into this one at the least."""
    letters = [letter for run in row.runs for letter in _letters(run, face.size)]
    word = takewhile(lambda letter: kind(letter.char) is Kind.LATIN, letters)
    return sum(letter.wide for letter in word) or face.size


def _inside(text: str) -> int:
    """How many places between letters the letter spacing counts at."""
    return sum(len(line) - 1 for line in _lines(text))


def _narrowed(text: str, over: float, face: Face) -> Iterator[Piece]:
    """Marks narrower by what the row is too wide, and then all letters closer.

    A mark that hangs past the edge in print is drawn in, as not every program lets it hang.
    """
    parts = [(mark, "".join(own)) for mark, own in groupby(text, key=_is_mark)]
    marks = sum(len(own) for mark, own in parts if mark)
    inside = sum(_inside(own) for mark, own in parts if not mark)
    over += inside * face.usual / TWIPS
    share = 1 - over / (marks * face.size) if marks else 1.0
    scale = max(NARROWEST, min(100, floor(share * 100)))
    over -= marks * face.size * (1 - scale / 100)
    closer = ceil(max(over, 0.0) * TWIPS / inside) if inside else 0
    for mark, own in parts:
        yield Piece(own, 0, scale) if mark else Piece(own, face.usual - closer)


def _is_mark(char: str) -> bool:
    return kind(char) in (Kind.OPENING, Kind.CLOSING) and char not in "·—"


def _spaced(before: str, here: str) -> bool:
    """Whether a word processor puts space of its own between two characters."""
    mixed = (kind(before) is Kind.HANZI) is not (kind(here) is Kind.HANZI)
    return mixed and before.isalnum() and here.isalnum()


def _letters(run: Run, size: float) -> Iterator[_Letter]:
    x = run.x
    for char, glyph, step in zip(run.text, run.glyphs, run.advances, strict=True):
        wide = run.face.advance(glyph) * size / 1000 if run.face else size
        yield _Letter(x, char, size * DOT if char == "·" else wide)
        x += step


def _run(piece: Piece, face: Face) -> str:
    form = "" if piece.twips == face.usual else f'<w:spacing w:val="{piece.twips}"/>'
    form += "" if piece.scale == 100 else f'<w:w w:val="{piece.scale}"/>'
    properties = f"<w:rPr>{form}</w:rPr>" if form else ""
    shown = escape(printable(piece.text), quote=False)
    return f'<w:r>{properties}<w:t xml:space="preserve">{shown}</w:t></w:r>'
