"""Exact intervals: what a rounded figure says about the number behind it.

3.79万件 means at least 37850 and below 37950 件 (domain.md 2, rule 34). Everything
here is an int or a Fraction; a float never enters, so a check never fires on noise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction
_End = tuple[Number, bool]


def tidy(number: Number) -> Number:
    """The same number, as an int where it is whole."""
    return int(number) if number == int(number) else number


def quotient(dividend: Number, divisor: Number) -> Number:
    """Exact division. Raises ZeroDivisionError."""
    return tidy(Fraction(dividend) / Fraction(divisor))


@dataclass(frozen=True, slots=True)
class Interval:
    """[low, high) unless told otherwise; low == high is that one number.

    Raises ValueError when low stands above high.
    """

    low: Number
    high: Number
    low_closed: bool = True
    high_closed: bool = False

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval runs upwards, not from {self.low} to {self.high}")
        if self.low == self.high:
            object.__setattr__(self, "low_closed", True)
            object.__setattr__(self, "high_closed", True)

    @classmethod
    def point(cls, number: Number) -> Interval:
        return cls(number, number)

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_closed, self.low_closed)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        return _hull(_times(mine, its) for mine in self._ends() for its in other._ends())

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError when the divisor may be zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be zero")
        low, high = quotient(1, other.high), quotient(1, other.low)
        return self * Interval(low, high, other.high_closed, other.low_closed)

    def contains(self, number: Number) -> bool:
        return self.overlaps(Interval.point(number))

    def overlaps(self, other: Interval) -> bool:
        return not (self.below(other) or other.below(self))

    def below(self, other: Interval) -> bool:
        """Every number of this interval is smaller than every number of the other."""
        if self.high == other.low:
            return not (self.high_closed and other.low_closed)
        return self.high < other.low

    def compare(self, other: Interval) -> int | None:
        """-1 below, 1 above, 0 the same one number, None when it cannot be told."""
        if self.below(other):
            return -1
        if other.below(self):
            return 1
        return 0 if self.exact and other.exact else None

    def _ends(self) -> tuple[_End, _End]:
        return (self.low, self.low_closed), (self.high, self.high_closed)


def _times(left: _End, right: _End) -> _End:
    """A corner of a product; an attained zero makes it attained whatever the other is."""
    (x, x_closed), (y, y_closed) = left, right
    attained = (x_closed and y_closed) or (x == 0 and x_closed) or (y == 0 and y_closed)
    return x * y, attained


def _hull(corners: Iterable[_End]) -> Interval:
    ends = list(corners)
    low, high = min(end[0] for end in ends), max(end[0] for end in ends)
    return Interval(low, high, (low, True) in ends, (high, True) in ends)
