"""Chinese ordinals as numbers, the inverse of `document.numeral`."""

from __future__ import annotations

from typing import Final

CHARS: Final = "一二三四五六七八九十百〇零"
_ONES: Final = "〇一二三四五六七八九"


def ordinal(text: str) -> int:
    """二十一 → 21, 105 → 105; 0 for what is no number from 1 to 999."""
    if text.isdecimal():
        return int(text)
    hundreds, _, rest = text.replace("零", "〇").rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    number = _one(hundreds) * 100 + _one(ones.lstrip("〇"))
    return number + (_one(tens.lstrip("〇")) or 1) * 10 if ten else number


def _one(text: str) -> int:
    return max(_ONES.find(text), 0) if len(text) == 1 else 0
