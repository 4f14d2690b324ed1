"""Repairs of single characters: what cannot be seen, and what has the wrong width.

GB/T 15835 5.1.7 asks for half-width digits; the rest are traces that Word,
WeChat and PDF readers leave in pasted text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bulletin.proofreading.edits import Edit, substitute

_BREAKS: Final = re.compile("\r\n|[\r\v\x1c\x1d\x1e\x85\u2028\u2029]")
BLANKS: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_WIDE: Final = re.compile("[０-９Ａ-Ｚａ-ｚ％]")
_WIDE_POINT: Final = re.compile(r"(?<=[0-9０-９])．(?=[0-9０-９])")
_RADICAL: Final = re.compile("[\u2e80-\u2fd5]")


def line_breaks(text: str) -> Iterator[Edit]:
    r"""Every kind of line break becomes \n; \f stays, it marks the end of a page."""
    return substitute(_BREAKS, text, "\n")


def invisible(text: str) -> Iterator[Edit]:
    """Zero-width and control characters go. U+FFFD and private use stay, to be reported."""
    return substitute(_INVISIBLE, text, "")


def blanks(text: str) -> Iterator[Edit]:
    """Tabs, no-break and ideographic spaces become plain ones."""
    return substitute(BLANKS, text, " ")


def wide_letters(text: str) -> Iterator[Edit]:
    """２０２５ → 2025, Ａ → A, ％ → %, ３．５ → 3.5."""
    yield from substitute(_WIDE, text, lambda match: chr(ord(match[0]) - 0xFEE0))


def wide_points(text: str) -> Iterator[Edit]:
    return substitute(_WIDE_POINT, text, ".")


def radicals(text: str) -> Iterator[Edit]:
    """Radical forms that PDF readers give for whole characters: ⼯ (U+2F2F) → 工."""
    return substitute(_RADICAL, text, lambda match: unicodedata.normalize("NFKC", match[0]))
