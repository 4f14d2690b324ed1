"""The published figures of one indicator, month by month, read from frozen editions alone.

The newest edition of each issue counts. A figure put right in a later issue (订正) stands
with its new value and says so; one changed by a new edition (更正) is marked as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from bulletin.document import Definition, FigureRecord, IssueDocument, RestatementRecord
from stats.aggregation import aggregate_months
from stats.figures import QuantityError, parse_quantity
from stats.intervals import Number, quotient
from stats.specs import Aggregation, IndicatorSpec, Value, amount

from ..shelf import Volume

# Months since the year 0: December 2025 and January 2026 are neighbours.
Serial = int
_DIVIDED: Final = frozenset({"ratio", "weighted"})


@dataclass(frozen=True, slots=True)
class Point:
    """What one issue printed of the indicator; `restated` is how a later one put it right.

    Keeps the document it stands in: more issues are drawn from than the shelf keeps read.
    """

    volume: Volume
    document: IssueDocument
    figure: FigureRecord
    restated: RestatementRecord | None = None
    told_in: Volume | None = None

    @property
    def first(self) -> Serial:
        return serial(self.document.period.year, self.document.period.month)

    @property
    def last(self) -> Serial:
        period = self.document.period
        return serial(period.year, period.month_to or period.month)

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def corrected(self) -> bool:
        return self.volume.replaced is not None


def serial(year: int, month: int) -> Serial:
    return year * 12 + month - 1


@dataclass(frozen=True, slots=True)
class Series:
    """Oldest first, all in the unit of the newest."""

    key: str
    spec: IndicatorSpec
    points: tuple[Point, ...]

    @property
    def newest(self) -> FigureRecord:
        return self.points[-1].figure

    def of_year(self, year: int) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.first // 12 == year)

    def number(self, point: Point) -> Number | None:
        return amount(self.spec, value_of(point.figure))

    def total(self, first: Serial, last: Serial) -> Number | None:
        """Over whole issues that cover the months exactly; None where any is missing."""
        inside = [point for point in self.points if first <= point.first and point.last <= last]
        if sum(point.length for point in inside) != last - first + 1:
            return None
        added = aggregate_months(
            [self.spec], [{self.key: value_of(point.figure)} for point in inside]
        )
        if len(inside) == 1:
            return self.number(inside[0])
        return amount(self.spec, added[self.key]) if self.key in added else None

    def before(self, point: Point) -> Number | None:
        """As many months right before: what 环比 compares with."""
        return self.total(point.first - point.length, point.first - 1)

    def year_before(self, point: Point) -> Number | None:
        return self.total(point.first - 12, point.last - 12)

    def since_january(self, point: Point) -> Number | None:
        return self.total(point.first // 12 * 12, point.last)


def series_of(volumes: Sequence[Volume], until: int | None = None) -> list[Series]:
    """In the order of the newest issue that prints them; volumes are newest first.

    Issues later than the year `until` only tell what they put right in earlier ones.
    """
    return [_series(points) for points in points_of(volumes, until)]


def points_of(volumes: Sequence[Volume], until: int | None = None) -> list[list[Point]]:
    """Everything published of each indicator, oldest first, whatever its unit was."""
    read = [(volume, volume.text) for volume in volumes if volume.content]
    told = _restatements(read)
    found: dict[str, list[Point]] = {}
    for volume, document in read:
        for figure in document.figures if until is None or volume.year <= until else ():
            point = _restated(Point(volume, document, figure), told)
            found.setdefault(figure.key, []).insert(0, point)
    return list(found.values())


_Told = dict[tuple[Serial, str], tuple[RestatementRecord, Volume]]


def _restatements(read: Sequence[tuple[Volume, IssueDocument]]) -> _Told:
    """(first month, key) → the newest word on it and the issue that says so."""
    found: _Told = {}
    for volume, document in read:
        for told in document.restatements:
            place = (serial(told.period.year, told.period.month), told.figure.key)
            found.setdefault(place, (told, volume))
    return found


def _series(points: Sequence[Point]) -> Series:
    newest = points[-1].figure
    kept = [point for point in points if point.figure.unit == newest.unit]
    return Series(newest.key, spec_of(newest), tuple(kept))


def _restated(point: Point, told: _Told) -> Point:
    found = told.get((point.first, point.figure.key))
    if found is None:
        return point
    record, volume = found
    return replace(point, figure=record.figure, restated=record, told_in=volume)


def spec_of(figure: FigureRecord) -> IndicatorSpec:
    """How the figure is printed and added up, for the arithmetic of totals."""
    known = definition_of(figure)
    ratio = figure.denominator is not None or known.over_windows in _DIVIDED
    return IndicatorSpec(
        key=figure.key,
        label=figure.label,
        unit=figure.unit,
        scale=known.scale,
        decimals=known.decimals,
        print_unit=known.print_unit,
        over_windows="ratio" if ratio else "sum",
        over_months=_over_months(known, ratio=ratio),
        group=known.group,
        hint=known.note,
    )


def _over_months(known: Definition, *, ratio: bool) -> Aggregation:
    """Frozen figures are added or divided; nothing is worked out again from a formula."""
    if known.over_months in _DIVIDED and ratio:
        return "ratio"
    return "sum" if known.over_months in {"sum", "count"} and not ratio else "none"


def definition_of(figure: FigureRecord) -> Definition:
    """What was frozen with the figure; of an edition older than that, what its print tells."""
    if figure.definition:
        return figure.definition
    try:
        quantity = parse_quantity(figure.printed)
    except QuantityError:
        return Definition()
    months = "none" if figure.unit in {"%", "天"} and figure.denominator is None else "sum"
    months = "ratio" if figure.denominator is not None else months
    return Definition(quantity.scale, quantity.decimals, quantity.unit, over_months=months)


def value_of(figure: FigureRecord) -> Value:
    if figure.low == figure.high:
        return Value(figure.value, figure.denominator)
    return Value(figure.value, figure.denominator, figure.low, figure.high)


def is_exact(points: Sequence[Point]) -> bool:
    return all(point.figure.low == point.figure.high for point in points)


def average(number: Number, point: Point, spec: IndicatorSpec) -> Number:
    """What a chart shows of a combined issue: a count by the month, a rate as it is."""
    if spec.over_months != "sum":
        return number
    return quotient(Fraction(number), point.length)
