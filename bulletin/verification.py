"""The code on the last page, by which a reader finds the frozen document again.

Twelve characters, 9F3K-0QZ7-M2XD: eleven stand for the first thirteen digits of the
document's SHA-256, the twelfth checks them. The alphabet has 31 characters, a prime, so
that the weighted sum finds every single wrong character and every two that changed
places; I, L, O, S and U are left out, and read as what they were mistaken for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
HEX_DIGITS: Final = 13
"""Of the digest: 52 bits, as much as eleven characters hold."""
LENGTH: Final = 12
_GROUP: Final = 4
_BASE: Final = len(ALPHABET)
_MISREAD: Final = str.maketrans("ILOSU", "1105V")
_BETWEEN: Final = re.compile(r"[\s\-–—_·.]+")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class BadCode(ValueError):
    """What was typed is no code. `seen` is how many characters there are, or the one that no
    code has."""

    def __init__(self, wrong: Literal["length", "character", "check"], seen: str = "") -> None:
        super().__init__(wrong, seen)
        self.wrong = wrong
        self.seen = seen


def code_of(digest: str) -> str:
    """The code of a document by its SHA-256 in hexadecimal, in groups of four."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"no SHA-256 in hexadecimal: {digest!r}")
    rest = int(digest[:HEX_DIGITS], 16)
    places: list[int] = []
    for _ in range(LENGTH - 1):
        rest, place = divmod(rest, _BASE)
        places.insert(0, place)
    code = "".join(ALPHABET[place] for place in (*places, _check(places)))
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def digest_prefix(typed: str) -> str:
    """The thirteen hexadecimal digits the digest of that document begins with.

    Read as people type: small letters, full width, with or without hyphens and spaces.
    Raises BadCode.
    """
    places = [_place(char) for char in _plain(typed)]
    if len(places) != LENGTH:
        raise BadCode("length", str(len(places)))
    *places, check = places
    number = 0
    for place in places:
        number = number * _BASE + place
    if check != _check(places) or number >> (4 * HEX_DIGITS):
        raise BadCode("check")
    return f"{number:0{HEX_DIGITS}x}"


def _plain(typed: str) -> str:
    wide = unicodedata.normalize("NFKC", typed[:200]).upper()
    return _BETWEEN.sub("", wide).translate(_MISREAD)


def _place(char: str) -> int:
    place = ALPHABET.find(char)
    if place < 0:
        raise BadCode("character", char)
    return place


def _check(places: list[int]) -> int:
    """Neighbours have different weights, none is a multiple of the prime."""
    return sum(weight * place for weight, place in enumerate(places, 2)) % _BASE
