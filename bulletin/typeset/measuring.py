"""From characters to widths, gaps and bonds.

Everything is counted in thousandths of a cell (a cell is the width of one hanzi,
GB/T 9704 3.1), in whole numbers, so that no rounding decides where a line ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from .characters import (
    LATIN_CLOSING,
    LATIN_OPENING,
    SEPARATORS,
    TIGHT,
    UNITS,
    Kind,
    kind,
)
from .fonts import Face, Fonts, Role

CELL: Final = 1000
HALF: Final = CELL // 2
LONG_WORD: Final = 8 * CELL
"""A Latin word at least this wide may be broken when nothing else helps."""

FREE, WITH_UNIT, AFTER_SEPARATOR, INSIDE_LONG_WORD, NEVER = range(5)
"""Bonds between two neighbours, from the loosest; a line ends at the loosest it can."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a publication sets its lines.

    `hang`: 、，。；： may stand past the right edge. `autospace`: the space between
    hanzi and Latin letters or digits, in thousandths of a cell; the February 2025 issue
    has 200.
    """

    hang: bool = True
    autospace: int = 200


class Glyph(NamedTuple):
    """One character in one role, measured.

    `width` and `room` in thousandths of a cell; `advance` in thousandths of an em.
    `room` is what a squeeze may take, on the left of opening marks, on the right of
    closing ones. `face` is None when no font has the character. `proportional` glyphs
    (Latin, spaces, what has no width) are not centred in cells.
    """

    char: str
    kind: Kind
    face: Face | None
    number: int
    advance: float
    width: int
    room: int
    proportional: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A paragraph ready for breaking; every tuple has one entry a character.

    `gaps[i]`, `bonds[i]` and `stretches[i]` belong to the place before character i.
    """

    glyphs: tuple[Glyph, ...]
    widths: tuple[int, ...]
    gaps: tuple[int, ...]
    bonds: tuple[int, ...]
    stretches: tuple[bool, ...]


class Ruler:
    """Measures text of one role with the fonts of one machine."""

    def __init__(self, fonts: Fonts, role: Role, settings: Settings) -> None:
        self.fonts = fonts
        self.role = role
        self.settings = settings
        self.autospace = settings.autospace
        self._glyphs: dict[str, Glyph] = {}

    def measure(self, text: str) -> Measured:
        known = self._glyphs
        glyphs = tuple([known.get(char) or self._measure(char) for char in text])
        gaps, bonds, stretches = _join(glyphs, self.autospace)
        _loosen_long_words(glyphs, bonds)
        widths = tuple([glyph.width for glyph in glyphs])
        return Measured(glyphs, widths, tuple(gaps), tuple(bonds), tuple(stretches))

    def _measure(self, char: str) -> Glyph:
        face = self.fonts.choose(self.role, char)
        number = face.glyph(char) if face else 0
        advance = face.advance(number) if face else float(CELL)
        sort = kind(char)
        width = _width(char, sort, face, advance)
        proportional = sort in (Kind.LATIN, Kind.SPACE, Kind.ZERO)
        glyph = Glyph(char, sort, face, number, advance, width, 0, proportional)
        if sort in (Kind.OPENING, Kind.CLOSING):
            glyph = glyph._replace(room=_room(glyph))
        self._glyphs[char] = glyph
        return glyph


@lru_cache(maxsize=64)
def ruler(fonts: Fonts, role: Role, settings: Settings) -> Ruler:
    """The ruler of a role, kept: measured characters serve every later document."""
    return Ruler(fonts, role, settings)


def _width(char: str, sort: Kind, face: Face | None, advance: float) -> int:
    """Cells for hanzi and marks, half a cell for · (GB/T 15834 5.1.7), else as drawn."""
    if sort is Kind.ZERO:
        return 0
    if char == "·":
        return HALF
    if sort in (Kind.LATIN, Kind.SPACE) and char != "\u3000":
        return round(advance) if face else HALF
    return CELL


def _room(glyph: Glyph) -> int:
    """What may be taken from a mark: at most half a cell, and only where it is blank."""
    if glyph.face is None or glyph.width < CELL:
        return 0
    left, right = glyph.face.ink(glyph.number)
    blank = left if glyph.kind is Kind.OPENING else CELL - right
    return max(0, min(HALF, int(blank) - 20))


def _join(glyphs: tuple[Glyph, ...], autospace: int) -> tuple[list[int], list[int], list[bool]]:
    """Gap, bond and stretch before each character; the first has none."""
    gaps = [0] * len(glyphs)
    bonds = [FREE] * len(glyphs)
    stretches = [True] * len(glyphs)
    hanzi = Kind.HANZI
    paired = False
    for place in range(1, len(glyphs)):
        before, here = glyphs[place - 1], glyphs[place]
        if before.kind is hanzi and here.kind is hanzi:
            continue
        paired = here.kind is Kind.PAIRED and before.char == here.char and not paired
        if paired:
            bonds[place], stretches[place] = NEVER, False
            continue
        gaps[place] = autospace if _spaced(before, here) else 0
        bonds[place] = _bond(before, here)
        if here.char == "—" and glyphs[place + 1 : place + 2] != (here,):
            bonds[place] = NEVER  # alone it joins (5.1.6); doubled it may begin a line
        stretches[place] = not (here.kind is Kind.ZERO or _same_word(before, here))
    _keep_scaled_units(glyphs, bonds)
    return gaps, bonds, stretches


def _spaced(before: Glyph, here: Glyph) -> bool:
    if before.kind is Kind.HANZI:
        return here.kind is Kind.LATIN
    return here.kind is Kind.HANZI and before.kind is Kind.LATIN


def _same_word(before: Glyph, here: Glyph) -> bool:
    return before.kind is Kind.LATIN and here.kind is Kind.LATIN


_NEVER_BEFORE: Final = (Kind.CLOSING, Kind.SPACE, Kind.ZERO)


def _bond(before: Glyph, here: Glyph) -> int:
    if here.kind in _NEVER_BEFORE or before.kind is Kind.OPENING or before.char == "\u00a0":
        return NEVER
    if _same_word(before, here):
        return NEVER
    if here.char in LATIN_CLOSING or before.char in LATIN_OPENING:
        return NEVER
    if before.char.isdecimal() and here.char in UNITS:
        return WITH_UNIT
    return FREE


def _keep_scaled_units(glyphs: tuple[Glyph, ...], bonds: list[int]) -> None:
    """3.79万件: the scale belongs to the number, so the unit stays too."""
    for place in range(2, len(glyphs)):
        if bonds[place - 1] == WITH_UNIT and bonds[place] == FREE:
            scaled = glyphs[place - 1].char in "万亿" and glyphs[place].char in UNITS
            if scaled:
                bonds[place] = WITH_UNIT


def _loosen_long_words(glyphs: tuple[Glyph, ...], bonds: list[int]) -> None:
    """Lets a break into words of `LONG_WORD` or more, after a separator if it has one."""
    width = 0
    for place, glyph in enumerate(glyphs):
        if glyph.kind is Kind.LATIN:
            width += glyph.width
        elif width:
            _loosen(glyphs, bonds, place, width)
            width = 0
    _loosen(glyphs, bonds, len(glyphs), width)


def _loosen(glyphs: tuple[Glyph, ...], bonds: list[int], end: int, width: int) -> None:
    """The word of `width` before `end`, if it is long."""
    if width < LONG_WORD:
        return
    place = end - 1
    while place > 0 and glyphs[place - 1].kind is Kind.LATIN:
        separated = glyphs[place - 1].char in SEPARATORS
        bonds[place] = AFTER_SEPARATOR if separated else INSIDE_LONG_WORD
        place -= 1


def hangs(glyph: Glyph) -> bool:
    return glyph.char in TIGHT
