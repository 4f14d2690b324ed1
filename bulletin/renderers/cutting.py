"""Fonts cut by HarfBuzz to what a document shows, kept for the next one that shows the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
_DRAWN: Final = frozenset(
    ("CFF ", "glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep", "cmap")
)
"""What a PDF draws with; to cut the rest took longer than to cut the outlines."""
LIGHT: Final = 3


class Subset(NamedTuple):
    """A cut font, compressed, `length` bytes before that; `order` maps old glyphs to new."""

    data: bytes
    length: int
    order: Mapping[int, int]


@lru_cache(maxsize=64)
def cut(face: Face, chars: str) -> Subset:
    """The outlines of `chars` and nothing else, for a PDF.

    Asked for by characters: by glyphs HarfBuzz walks the whole table of characters, which of
    a large font costs ten times as much.
    """
    dropped = [tag for tag in face.face.table_tags if tag not in _DRAWN]
    plan = _plan(face, chars, _BY_GLYPH, dropped)
    small = plan.execute()
    whole = small.reference_table("CFF ") if face.compact else small.blob
    data = bytes(whole.data)
    order = dict(plan.old_to_new_glyph_mapping)
    return Subset(isal_zlib.compress(data, LIGHT), len(data), order)


@lru_cache(maxsize=16)
def font_file(face: Face, chars: str) -> bytes:
    """A whole font with the outlines of `chars` and the table that finds them, for an OFD."""
    return bytes(_plan(face, chars, _PLAIN, _LAYOUT).execute().blob.data)


def _plan(face: Face, chars: str, flags: Any, dropped: Iterable[str]) -> Any:
    wish: Any = hb.SubsetInput()
    wish.sets(hb.SubsetInputSets.UNICODE).set({ord(char) for char in chars})
    tags = {int.from_bytes(tag.encode(), "big") for tag in dropped}
    wish.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(tags)
    wish.flags = flags
    return hb.SubsetPlan(face.face, wish)
