"""A number with its unit and precision ⇄ the words the bulletin prints.

The unit 件 or 万件 belongs to the indicator, not to the size of the number: 1400 件
is printed 0.14万件 and 3990 人（次） is never 0.40万 (domain.md 1.1, rule 12). Rounding
is half-up, there are no thousands separators, and every number is an int or a Fraction.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from stats.intervals import Interval, Number, quotient, tidy

__all__ = [
    "Change",
    "Interval",
    "Number",
    "Quantity",
    "QuantityError",
    "SCALE_WORDS",
    "change",
    "change_words",
    "parse_quantity",
    "print_quantity",
    "rounded_interval",
]

# GB/T 15835 5.3: beside Arabic digits only 万 and 亿 may stand.
SCALE_WORDS: Final = {1: "", 10_000: "万", 100_000_000: "亿"}
MAX_DECIMALS: Final = 6
# Measured or divided, never counted: also without decimals such a figure is rounded.
MEASURED_UNITS: Final = frozenset({"%", "天", "个百分点"})

_SCALES: Final = {word: scale for scale, word in SCALE_WORDS.items()}
_WIDTHS: Final = str.maketrans("０１２３４５６７８９．％()−", "0123456789.%（）-")
_PRINTED: Final = re.compile(
    r"(?P<whole>-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15}))"
    r"(?:\.(?P<part>[0-9]{1,6}))?(?P<scale>[万亿]?)"
    r"(?P<unit>[^0-9\s.,，。、；：万亿\-]{1,12})"
)


class QuantityError(ValueError):
    """A text is no printed quantity; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed figure. value, low, high in the base unit; [low, high) unless equal."""

    value: Number
    low: Number
    high: Number
    unit: str
    decimals: int
    scale: int

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.high)

    @property
    def printed(self) -> str:
        return print_quantity(self.value, self.unit, self.scale, self.decimals)


def print_quantity(value: Number, unit: str = "件", scale: int = 10_000, decimals: int = 2) -> str:
    """37900 → "3.79万件". `value` in the base unit (rates in per cent: 98.5 → "98.5%").

    Raises ValueError for a scale other than 1, 万, 亿 or for more than six decimals.
    """
    if scale not in SCALE_WORDS or not 0 <= decimals <= MAX_DECIMALS:
        raise ValueError(f"cannot print at scale {scale} with {decimals} decimals")
    return _rounded(quotient(value, scale), decimals) + SCALE_WORDS[scale] + unit


def _rounded(number: Number, decimals: int) -> str:
    """Half goes up, so that every printed figure stands for one half-open interval."""
    units = math.floor(number * 10**decimals + Fraction(1, 2))
    sign, digits = "-" if units < 0 else "", str(abs(units)).rjust(decimals + 1, "0")
    if not decimals:
        return sign + digits
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def parse_quantity(text: str) -> Quantity:
    """ "3.79万件" → Quantity(37900, 37850, 37950, "件", 2, 10000).

    Reads full-width digits, half-width brackets and well-placed thousands separators.
    Raises QuantityError when the text is anything else.
    """
    match = _PRINTED.fullmatch(text.strip().translate(_WIDTHS))
    if match is None:
        raise QuantityError(f"“{text[:40]}”不是带单位的数字，例如“3.79万件”“822人（次）”。")
    decimals, scale = len(match["part"] or ""), _SCALES[match["scale"]]
    digits = int(match["whole"].replace(",", "") + (match["part"] or ""))
    value = quotient(digits * scale, 10**decimals)
    if not isinstance(value, int) and match["unit"] not in MEASURED_UNITS:
        raise QuantityError(f"“{text[:40]}”不是整{match['unit']}数。")
    return _quantity(value, match["unit"], scale, decimals)


def _quantity(value: Number, unit: str, scale: int, decimals: int) -> Quantity:
    known = rounded_interval(value, unit, scale, decimals)
    return Quantity(value, known.low, known.high, unit, decimals, scale)


def rounded_interval(value: Number, unit: str, scale: int, decimals: int) -> Interval:
    """The numbers printed as `value` is: a whole count is exact, and no count is negative."""
    step = Fraction(scale, 10**decimals)
    counted = unit not in MEASURED_UNITS
    if counted and step <= 1:
        return Interval.point(value)
    low, high = tidy(value - step / 2), tidy(value + step / 2)
    return Interval(max(low, 0) if counted and value >= 0 else low, high)


Direction = Literal["up", "down", "flat"]


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved. `amount` ≥ 0 in per cent, in points, or in the base unit.

    `difference` is the only measure left when the earlier figure is zero.
    """

    direction: Direction
    amount: Number
    measure: Literal["percent", "points", "difference"]


def change(current: Number, previous: Number, *, rate: bool = False) -> Change:
    """From `previous` to `current`. Rates move by 百分点, never by % (domain.md 2, rule 36)."""
    moved: Number = current - previous
    direction, size = _direction(moved), max(moved, -moved)
    if rate:
        return Change(direction, size, "points")
    if previous == 0:
        return Change(direction, size, "difference")
    return Change(direction, quotient(size * 100, max(previous, -previous)), "percent")


def _direction(moved: Number) -> Direction:
    if not moved:
        return "flat"
    return "up" if moved > 0 else "down"


def change_words(
    current: Number,
    previous: Number,
    *,
    rate: bool = False,
    decimals: int = 1,
    unit: str = "件",
    scale: int = 1,
    unit_decimals: int = 0,
) -> str:
    """增长5.3%, 下降5.3%, 提高0.6个百分点, 持平; from zero 增加120件.

    A movement that rounds to nothing is 基本持平: “增长0.0%” says nothing. Nothing falls by
    倍 and rates move by 百分点 (domain.md 2, rule 36).
    """
    moved = change(current, previous, rate=rate)
    amount = _moved_by(moved, decimals, (unit, scale, unit_decimals))
    return amount if amount in STILL else _VERBS[moved.measure][moved.direction == "down"] + amount


def signed_change(
    current: Number,
    previous: Number,
    *,
    rate: bool = False,
    decimals: int = 1,
    unit: str = "件",
    scale: int = 1,
    unit_decimals: int = 0,
) -> str:
    """The same for a table's cell: +5.3%, −0.6个百分点, +120件, 持平."""
    moved = change(current, previous, rate=rate)
    amount = _moved_by(moved, decimals, (unit, scale, unit_decimals))
    return amount if amount in STILL else "+−"[moved.direction == "down"] + amount


STILL: Final = frozenset({"持平", "基本持平"})
_VERBS: Final = {
    "percent": ("增长", "下降"),
    "points": ("提高", "下降"),
    "difference": ("增加", "减少"),
}


def _moved_by(moved: Change, decimals: int, counted: tuple[str, int, int]) -> str:
    """The size of a movement with its measure, or one of STILL."""
    if moved.direction == "flat":
        return "持平"
    measures = {
        "percent": ("%", 1, decimals),
        "points": ("个百分点", 1, decimals),
        "difference": counted,
    }
    amount = print_quantity(moved.amount, *measures[moved.measure])
    return amount if re.search("[1-9]", amount) else "基本持平"
