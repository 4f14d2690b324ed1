"""Fonts cut by HarfBuzz to what a document shows, kept for the next one that shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import uharfbuzz as hb
from isal import isal_zlib

from ..typeset.fonts import Face

_PLAIN: Final = (
    hb.SubsetFlags.NO_LAYOUT_CLOSURE
    | hb.SubsetFlags.NOTDEF_OUTLINE
    | hb.SubsetFlags.NO_HINTING
    | hb.SubsetFlags.DESUBROUTINIZE
)
_BY_GLYPH: Final = _PLAIN | hb.SubsetFlags.CFF_IDENTITY_CHARSET
_LAYOUT: Final = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG")
LIGHT: Final = 3


class Subset(NamedTuple):
    """A cut font, compressed, `length` bytes before that; `order` maps old glyphs to new."""

    data: bytes
    length: int
    order: Mapping[int, int]


@lru_cache(maxsize=64)
def cut(face: Face, glyphs: tuple[int, ...]) -> Subset:
    """The outlines of `glyphs` and nothing else, for a PDF."""
    wish = hb.SubsetInput()
    wish.sets(hb.SubsetInputSets.GLYPH_INDEX).set(set(glyphs))
    wish.flags = _BY_GLYPH
    plan = hb.SubsetPlan(face.face, wish)
    small = plan.execute()
    whole = small.reference_table("CFF ") if face.compact else small.blob
    data = bytes(whole.data)
    order = dict(plan.old_to_new_glyph_mapping)
    return Subset(isal_zlib.compress(data, LIGHT), len(data), order)


@lru_cache(maxsize=16)
def font_file(face: Face, chars: str) -> bytes:
    """A whole font with the outlines of `chars` and the table that finds them, for an OFD."""
    wish: Any = hb.SubsetInput()
    wish.sets(hb.SubsetInputSets.UNICODE).set({ord(char) for char in chars})
    dropped = {int.from_bytes(tag.encode(), "big") for tag in _LAYOUT}
    wish.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(dropped)
    wish.flags = _PLAIN
    return bytes(hb.SubsetPlan(face.face, wish).execute().blob.data)
