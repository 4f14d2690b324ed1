"""Totals over windows and over months, exact, whichever way the windows are grouped.

A rate is a ratio of sums, never a mean of ratios (domain.md 3.2), so a `Value` keeps its
numerator and denominator. A figure that nobody gave is absent from the result: blank is
not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from stats import formulas
from stats.intervals import Interval, Number, quotient
from stats.specs import (
    CENTRE,
    Aggregation,
    IndicatorSpec,
    Totals,
    Value,
    amount,
    amount_interval,
    in_order,
)

__all__ = [
    "IndicatorSpec",
    "Totals",
    "Value",
    "aggregate_months",
    "aggregate_windows",
    "amount",
    "amount_interval",
    "idle_windows",
    "regroup",
]


def aggregate_windows(
    specs: Sequence[IndicatorSpec],
    values: Mapping[tuple[str, str], Value],
    extras: Mapping[str, Number] | None = None,
) -> dict[str, Value]:
    """(window, key) → value becomes key → total; `extras` as in EXTRA_NAMES.

    Raises AggregationError for formulas in a circle.
    """
    given = _leaves(specs, values)
    idle = [Value(0 if works else 1) for works in _windows(specs, values).values()]
    given |= {spec.key: idle for spec in specs if spec.over_windows == "idle"}
    return _total(specs, given, extras)


def idle_windows(
    specs: Sequence[IndicatorSpec], values: Mapping[tuple[str, str], Value]
) -> list[str]:
    """本月无业务窗口: those that gave zeros only, in the order they come."""
    return [place for place, works in _windows(specs, values).items() if not works]


def _windows(
    specs: Sequence[IndicatorSpec], values: Mapping[tuple[str, str], Value]
) -> dict[str, bool]:
    """The windows that answered → whether any number was above zero."""
    entered = {spec.key for spec in specs if spec.is_entered}
    found: dict[str, bool] = {}
    for (place, key), value in values.items():
        if key in entered and place != CENTRE:
            found[place] = found.get(place, False) or bool(value.value)
    return found


def _leaves(
    specs: Sequence[IndicatorSpec], values: Mapping[tuple[str, str], Value]
) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {spec.key: [] for spec in specs}
    for (_, key), value in values.items():
        if key in found:
            found[key].append(value)
    counted = [spec.key for spec in specs if spec.over_windows == "count"]
    return found | {key: [Value(1 if one.value else 0) for one in found[key]] for key in counted}


def regroup(
    specs: Sequence[IndicatorSpec],
    groups: Iterable[Totals],
    extras: Mapping[str, Number] | None = None,
) -> dict[str, Value]:
    """The whole from the totals of disjoint groups of windows."""
    parts = list(groups)
    given = {spec.key: [part[spec.key] for part in parts if spec.key in part] for spec in specs}
    return _total(specs, given, extras)


def _total(
    specs: Sequence[IndicatorSpec],
    given: Mapping[str, Sequence[Value]],
    extras: Mapping[str, Number] | None,
) -> dict[str, Value]:
    totals: dict[str, Value] = {}
    for spec in specs:
        merged = _MERGES[spec.over_windows](given[spec.key])
        if merged is not None:
            totals[spec.key] = merged
    derived = [spec for spec in specs if spec.over_windows == "derived"]
    return _derive(derived, specs, totals, extras or {})


def aggregate_months(
    specs: Sequence[IndicatorSpec],
    months: Sequence[Totals],
    extras: Mapping[str, Number] | None = None,
    *,
    partial: bool = False,
) -> dict[str, Value]:
    """The totals of several months: a combined issue (合刊) or 累计.

    A figure missing from any month is missing from the result, unless `partial`: then
    an indicator added in mid-year is summed from where it begins. `extras` are those
    of the whole span. Raises AggregationError for formulas in a circle.
    """
    totals: dict[str, Value] = {}
    for spec in specs:
        given = [month[spec.key] for month in months if spec.key in month]
        merged = _MERGES[spec.over_months](given)
        if merged is not None and (partial or len(given) == len(months)):
            totals[spec.key] = merged
    derived = [spec for spec in specs if spec.over_months == "derived"]
    return _derive(derived, specs, totals, extras or {})


def _sum(values: Sequence[Value]) -> Value | None:
    if not values:
        return None
    known = sum((value.interval for value in values), Interval.point(0))
    return _value(sum(value.value for value in values), known)


def _ratio(values: Sequence[Value]) -> Value | None:
    whole = [value for value in values if value.denominator is not None]
    top = _sum(whole)
    if top is None:
        return None
    return _value(top.value, top.interval, sum(value.denominator or 0 for value in whole))


def _weighted(values: Sequence[Value]) -> Value | None:
    """Mean of means by weight; the weight is kept, so that means of groups merge again."""
    given = [(value, value.denominator) for value in values if value.denominator is not None]
    if not given:
        return None
    weight = sum(its for _, its in given)
    if not weight:
        return Value(0, 0)
    known = sum((v.interval * Interval.point(its) for v, its in given), Interval.point(0))
    mean = quotient(sum(value.value * its for value, its in given), weight)
    return _value(mean, known * Interval.point(quotient(1, weight)), weight)


def _nothing(values: Sequence[Value]) -> Value | None:
    return None


_MERGES: Final[Mapping[Aggregation, Callable[[Sequence[Value]], Value | None]]] = {
    "sum": _sum,
    "count": _sum,  # each window is already a 0 or a 1
    "idle": _sum,
    "ratio": _ratio,
    "weighted": _weighted,
    "derived": _nothing,
    "none": _nothing,
}


def _value(number: Number, known: Interval, denominator: Number | None = None) -> Value:
    if known.exact:
        return Value(number, denominator)
    return Value(number, denominator, known.low, known.high)


def _derive(
    derived: Sequence[IndicatorSpec],
    specs: Sequence[IndicatorSpec],
    totals: dict[str, Value],
    extras: Mapping[str, Number],
) -> dict[str, Value]:
    """Add the derived figures; one whose operand is absent or divisor zero stays absent."""
    by_key = {spec.key: spec for spec in specs}
    known = {key: Interval.point(number) for key, number in extras.items()}
    numbers: dict[str, Number] = dict(extras)
    for key, value in totals.items():
        _learn(by_key[key], value, numbers, known)
    for spec in in_order(derived):
        result = _derived(spec.formula, numbers, known)
        if result is not None:
            totals[spec.key] = result
            _learn(spec, result, numbers, known)
    return totals


def _learn(
    spec: IndicatorSpec, value: Value, numbers: dict[str, Number], known: dict[str, Interval]
) -> None:
    number, interval = amount(spec, value), amount_interval(spec, value)
    if number is not None and interval is not None:
        numbers[spec.key], known[spec.key] = number, interval


def _derived(
    formula: str, numbers: Mapping[str, Number], known: Mapping[str, Interval]
) -> Value | None:
    if any(name not in numbers for name in formulas.names(formula)):
        return None
    try:
        number, interval = formulas.evaluate(formula, numbers), formulas.evaluate(formula, known)
    except formulas.DivisionByZeroError:
        return None
    if isinstance(number, Interval):
        raise TypeError("numbers alone never make an interval")
    return _value(number, interval if isinstance(interval, Interval) else Interval.point(interval))
