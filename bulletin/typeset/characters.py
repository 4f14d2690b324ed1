"""What a character is to the line breaker.

Forbidden line starts and ends are those of GB/T 15834-2011, 5.1, not the longer
Japanese lists: a dash or an ellipsis may begin a line there, small kana do not occur.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache
from typing import Final

OPENING: Final = frozenset("“‘（《〈【〔「『［｛〖")
CLOSING: Final = frozenset("。？！，、；：”’）》〉】〕」』］｝〗～·—％‰℃°")
TIGHT: Final = frozenset("，。、；：")
"""Marks that may hang past the right edge when hanging is on."""
PAIRED: Final = frozenset("—…")
"""Doubled they are one sign of two cells that never parts (5.1.4, 5.1.5)."""
LATIN_OPENING: Final = frozenset("([{<")
LATIN_CLOSING: Final = frozenset(")]}>,.;:!?%/")
UNITS: Final = frozenset("年月日号时分秒万亿件个家人项次元条名户天期届章类批场岁周倍％‰℃°")
"""What stays on the line of its number."""
SEPARATORS: Final = frozenset("/-_.,:;?&=+#@%")
"""After these a very long Latin word is broken first."""

_ZERO: Final = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Zl", "Zp"})
_SIGNS: Final = frozenset({"So", "Sm", "Sc", "Sk", "No", "Po", "Pd", "Ps", "Pe", "Pi", "Pf"})


class Kind(IntEnum):
    HANZI = 0
    LATIN = 1
    OPENING = 2
    CLOSING = 3
    PAIRED = 4
    SPACE = 5
    ZERO = 6


@cache
def kind(char: str) -> Kind:
    """The class of one character.

    HANZI is everything that fills a cell and breaks freely, kana, signs and emoji
    too; LATIN sets at its own width in words, whatever its script.
    """
    if char in PAIRED:
        return Kind.PAIRED
    if char in OPENING:
        return Kind.OPENING
    if char in CLOSING:
        return Kind.CLOSING
    category = unicodedata.category(char)
    if category in _ZERO:
        return Kind.ZERO
    if category == "Zs":
        return Kind.SPACE
    return Kind.HANZI if _wide(char, category) else Kind.LATIN


def _wide(char: str, category: str) -> bool:
    if char < "\x80":
        return False
    width = unicodedata.east_asian_width(char)
    return width in "WF" or (width == "A" and category in _SIGNS) or category in {"Co", "Cn"}


@cache
def suspicious(char: str) -> bool:
    """Whether a character has no place in print: control, private use, unassigned."""
    return unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
