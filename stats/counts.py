"""One typed count: text or spreadsheet cell → whole number in the base unit.

Every refusal is a Chinese sentence that says what to do.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

# A window's month. Anything above is a number in 万件 multiplied once more.
CAP: Final = 10**9
MAX_TEXT: Final = 40

_WIDTHS: Final = str.maketrans("０１２３４５６７８９，．－＋−", "0123456789,.-+-")
_INVISIBLE: Final = "\u200b\u200c\u200d\ufeff"
_WHOLE: Final = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
_SCALED: Final = re.compile(r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?) ?([万亿])")
_SCALES: Final = {"万": 10_000, "亿": 100_000_000}
_DECIMAL: Final = re.compile(r"[0-9][0-9,]*\.[0-9]*|\.[0-9]+")
_SCIENTIFIC: Final = re.compile(r"[-+]?[0-9.]+[eEｅＥ][-+]?[0-9]+")


class CountError(ValueError):
    """What was typed is no count; the message is Chinese and complete."""


def parse_count(text: str, unit: str = "件") -> int | None:
    """ " ３,120 " → 3120, "3.79万件" → 37900; nothing typed is None, which is not 0.

    Takes full-width digits, thousands separators, surrounding spaces, 万 and 亿, and the unit
    itself behind the number; see `conversion`.
    Raises CountError for anything that is not a whole number from 0 to 10⁹.
    """
    clean = _clean(text, unit)
    if not clean:
        return None
    number = _number(clean) if len(clean) <= MAX_TEXT else None
    if number is None:
        raise CountError(_why(clean, unit))
    if number > CAP:
        raise CountError(f"{clean}太大了：单位是{unit}，不是万{unit}吗？")
    return number


def conversion(text: str, unit: str = "件") -> str:
    """What a number in 万 or 亿 was taken for, to be shown: “3.79万”按37900件计。"""
    clean = _clean(text, unit)
    number = _number(clean) if len(clean) <= MAX_TEXT and _SCALED.fullmatch(clean) else None
    return "" if number is None else f"“{clean}”按{number}{unit}计。"


def _clean(text: str, unit: str) -> str:
    clean = text.strip().strip(_INVISIBLE).strip().translate(_WIDTHS)
    return clean.removesuffix(unit).rstrip() if clean[:1].isdecimal() else clean


def _number(clean: str) -> int | None:
    """None when it is no whole number."""
    if _WHOLE.fullmatch(clean):
        return int(clean.replace(",", ""))
    scaled = _SCALED.fullmatch(clean)
    if scaled is None:
        return None
    number = Fraction(scaled[1].replace(",", "")) * _SCALES[scaled[2]]
    return int(number) if number.denominator == 1 else None


def parse_cell(raw: object, unit: str = "件") -> int | None:
    """A spreadsheet cell; readers give whole numbers as floats (12.0). Raises CountError."""
    if raw is None:
        return None
    if isinstance(raw, bool):
        raise CountError("请填写整数，不要填是或否。")
    if isinstance(raw, float) and raw.is_integer():
        return parse_count(format(raw, ".0f"), unit)
    if isinstance(raw, str | int | float):
        return parse_count(str(raw), unit)
    raise CountError("请填写整数，不要填日期或公式。")


def _why(clean: str, unit: str) -> str:
    shown = clean if len(clean) <= MAX_TEXT else clean[:MAX_TEXT] + "…"
    if clean.startswith("-"):
        return f"“{shown}”小于零；请填写0或大于0的整数。"
    if _SCIENTIFIC.fullmatch(clean):
        return f"“{shown}”是科学记数法；请写出全部数字，例如1000。"
    if "万" in clean or "亿" in clean:
        return f"“{shown}”不是整{unit}数；请按{unit}填写全部数字，例如37900。"
    if _DECIMAL.fullmatch(clean):
        return f"“{shown}”不是整数；单位是{unit}，请填写整数。"
    return f"“{shown}”不是整数；请只填数字，例如3120。"
