"""From characters to widths, gaps and bonds.

Everything is counted in thousandths of a cell (a cell is the width of one hanzi,
GB/T 9704 3.1), in whole numbers, so that no rounding decides where a line ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress
from operator import add, attrgetter
from typing import Any, Final, NamedTuple

from .characters import (
    LATIN_CLOSING,
    LATIN_OPENING,
    PAIRED,
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


class Joint(NamedTuple):
    """What lies between two neighbours.

    `cut`: they are drawn by different faces or at different sizes; `rough`: they do not
    stand in equal steps.
    """

    gap: int = 0
    bond: int = FREE
    stretch: bool = True
    cut: bool = False
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A paragraph ready for breaking; the tuples have one entry a character.

    `bonds[i]` belongs to the place before character i. `ends[i]` is the right edge of character
    i on one endless line; `rooms`, `stretched` and `rough` count what stands before i, `cuts`
    are the places where another run of glyphs begins.
    """

    text: str
    glyphs: tuple[Glyph, ...]
    numbers: tuple[int, ...]
    widths: tuple[int, ...]
    bonds: tuple[int, ...]
    ends: list[int]
    rooms: list[int]
    stretched: list[int]
    rough: list[int]
    cuts: list[int]


_FIRST: Final = Joint()
_WIDTH: Final = attrgetter("width")
_ROOM: Final = attrgetter("room")
_NUMBER: Final = attrgetter("number")


class Ruler:
    """Measures text of one role with the fonts of one machine."""

    def __init__(self, fonts: Fonts, role: Role, settings: Settings) -> None:
        self.fonts = fonts
        self.role = role
        self.autospace = settings.autospace
        self._glyphs = _Kept(self._measure)
        self._joints = _Kept(self._join)

    def measure(self, text: str) -> Measured:
        glyphs = tuple(map(self._glyphs.__getitem__, text))
        joints = [_FIRST, *map(self._joints.__getitem__, map(add, text, text[1:]))]
        if PAIRED.intersection(text):
            _join_pairs(text, joints)
        gaps, bonds, stretches, cuts, rough = zip(*joints, strict=True)
        bonds = _bound(text, glyphs, bonds)
        widths = tuple(map(_WIDTH, glyphs))
        return Measured(
            text,
            glyphs,
            tuple(map(_NUMBER, glyphs)),
            widths,
            bonds,
            list(accumulate(map(add, gaps, widths))),
            list(accumulate(map(_ROOM, glyphs), initial=0)),
            list(accumulate(stretches, initial=0)),
            list(accumulate(rough, initial=0)),
            list(compress(range(len(text)), cuts)),
        )

    def _join(self, pair: str) -> Joint:
        before, here = self._glyphs[pair[0]], self._glyphs[pair[1]]
        gap = self.autospace if _spaced(before, here) else 0
        return Joint(
            gap,
            _bond(before, here),
            not (here.kind is Kind.ZERO or _same_word(before, here)),
            before.face is not here.face or before.proportional is not here.proportional,
            bool(gap or before.width != here.width or before.advance != here.advance),
        )

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
        return glyph


class _Kept(dict[str, Any]):
    """What was made for a key is kept."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: str) -> Any:
        self[key] = made = self.make(key)
        return made


@lru_cache(maxsize=64)
def ruler(fonts: Fonts, role: Role, settings: Settings) -> Ruler:
    """The ruler of a role, kept: measured characters serve every later document."""
    return Ruler(fonts, role, settings)


def _width(char: str, sort: Kind, face: Face | None, advance: float) -> int:
    """Cells for hanzi and marks, half a cell for · (GB/T 15834 5.1.7), else as drawn.

    A mark drawn wider than a cell, as ‰ is in some faces, has the room it needs.
    """
    if sort is Kind.ZERO:
        return 0
    if char == "·":
        return HALF
    if sort in (Kind.LATIN, Kind.SPACE) and char != "\u3000":
        return round(advance) if face else HALF
    return max(CELL, round(advance))


def _room(glyph: Glyph) -> int:
    """What may be taken from a mark: at most half a cell, and only where it is blank."""
    if glyph.face is None or glyph.width < CELL:
        return 0
    left, right = glyph.face.ink(glyph.number)
    beside = (glyph.width - glyph.advance) / 2  # glyphs stand in the middle of their cells
    blank = beside + (left if glyph.kind is Kind.OPENING else glyph.advance - right)
    return max(0, min(HALF, int(blank) - 20))


def _join_pairs(text: str, joints: list[Joint]) -> None:
    """—— and …… are one sign; a single — joins what stands around it (5.1.6)."""
    paired = False
    for place, char in enumerate(text):
        if char not in PAIRED or not place:
            paired = False
            continue
        paired = text[place - 1] == char and not paired
        if paired:
            joints[place] = joints[place]._replace(bond=NEVER, stretch=False, gap=0)
        elif char == "—" and text[place + 1 : place + 2] != char:
            joints[place] = joints[place]._replace(bond=NEVER)


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


_SCALED: Final = re.compile(rf"\d[万亿](?=[{''.join(sorted(UNITS))}])")
_LONG: Final = re.compile(r"[^\u3001-\u303e\u4e00-\u9fff\uff01-\uff5e]{8}")
"""Eight cells of Latin need eight characters that are none of these."""


def _bound(text: str, glyphs: tuple[Glyph, ...], bonds: tuple[int, ...]) -> tuple[int, ...]:
    """The bonds of what is longer than two characters: 3.79万件, very long words."""
    scaled = [found.end() for found in _SCALED.finditer(text)]
    long = _LONG.search(text)
    if not scaled and not long:
        return bonds
    own = list(bonds)
    for place in scaled:
        # The scale belongs to the number, so the unit stays too.
        if own[place - 1] == WITH_UNIT and own[place] == FREE:
            own[place] = WITH_UNIT
    if long:
        _loosen_long_words(glyphs, own)
    return tuple(own)


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
