"""What is counted, and one figure of it: the definitions that totals, words and checks share."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final, Literal, TypedDict

from stats import formulas
from stats.figures import (
    MAX_DECIMALS,
    SCALE_WORDS,
    change_words,
    print_quantity,
    signed_change,
)
from stats.intervals import Interval, Number, quotient

Owner = Literal["window", "centre", "both"]
Aggregation = Literal["sum", "ratio", "weighted", "count", "idle", "derived", "none"]

# Names a formula may use beside indicator keys; the caller gives their numbers.
EXTRA_NAMES: Final = frozenset({"working_days"})
CENTRE: Final = "centre"  # the place of what the centre gives itself, beside the windows


class AggregationError(ValueError):
    """The definitions contradict each other; the message says how, in Chinese."""


class Measure(TypedDict):
    """What `change_words` is told of an indicator."""

    rate: bool
    unit: str
    scale: int
    unit_decimals: int


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """What is counted. `unit` is entered, `print_unit` printed (人次, 人（次））.

    ratio: value over denominator, per cent where the unit is %. weighted: value is a
    mean, denominator its weight. count: how many windows gave anything but zero.
    idle: how many windows answered 零报告 or gave zeros only; nobody enters it.
    derived: `formula`. none: has no total over that dimension.
    """

    key: str
    label: str
    unit: str = "件"
    scale: int = 1
    decimals: int = 0
    print_unit: str = ""
    owner: Owner = "window"
    over_windows: Aggregation = "sum"
    over_months: Aggregation = "sum"
    formula: str = ""
    group: str = ""
    hint: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    @property
    def is_entered(self) -> bool:
        return self.over_windows not in {"derived", "idle"}

    def in_force(self, year: int, month: int) -> bool:
        """On the last day of the month, as `month_checks.indicators_in` asks the database."""
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        return (self.valid_from or last) <= last <= (self.valid_to or last)

    @property
    def is_rate(self) -> bool:
        return self.unit == "%"

    @property
    def has_denominator(self) -> bool:
        return self.over_windows in {"ratio", "weighted"}

    def printed(self, number: Number) -> str:
        """37900 → 3.79万件, in this indicator's own scale and precision."""
        return print_quantity(number, self.print_unit or self.unit, self.scale, self.decimals)

    def changed(self, current: Number, previous: Number) -> str:
        """增长5.3%, 提高0.6个百分点, 持平: how this indicator moved, in words."""
        return change_words(current, previous, **self._measure)

    def signed(self, current: Number, previous: Number) -> str:
        """The same for a table: +5.3%, −0.6个百分点, 持平."""
        return signed_change(current, previous, **self._measure)

    @property
    def _measure(self) -> Measure:
        return {
            "rate": self.is_rate,
            "unit": self.print_unit or self.unit,
            "scale": self.scale,
            "unit_decimals": self.decimals,
        }


@dataclass(frozen=True, slots=True)
class Value:
    """One figure in its base unit; [low, high) where only a rounded figure is known."""

    value: Number
    denominator: Number | None = None
    low: Number | None = None
    high: Number | None = None

    @property
    def interval(self) -> Interval:
        if self.low is None or self.high is None:
            return Interval.point(self.value)
        return Interval(self.low, self.high)


Totals = Mapping[str, Value]


def amount(spec: IndicatorSpec, value: Value) -> Number | None:
    """The number to print: ratios divided, in per cent for %. None over a zero denominator."""
    if spec.over_windows != "ratio":
        return value.value if spec.over_windows != "weighted" or value.denominator else None
    if not value.denominator:
        return None
    return quotient(value.value * (100 if spec.is_rate else 1), value.denominator)


def amount_interval(spec: IndicatorSpec, value: Value) -> Interval | None:
    """What is known of `amount`; the denominator of a ratio is always known exactly."""
    if amount(spec, value) is None:
        return None
    if spec.over_windows != "ratio":
        return value.interval
    factor = quotient(100 if spec.is_rate else 1, value.denominator or 1)
    return value.interval * Interval.point(factor)


def in_order(derived: Iterable[IndicatorSpec]) -> list[IndicatorSpec]:
    """Each formula after those it uses. Raises AggregationError when they go in a circle."""
    by_key = {spec.key: spec for spec in derived}
    graph = {key: formulas.names(spec.formula) for key, spec in by_key.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        labels = "、".join(by_key[key].label for key in dict.fromkeys(error.args[1]))
        raise AggregationError(f"公式互相引用，无法计算：{labels}。") from None
    return [by_key[key] for key in order if key in by_key]


def check_specs(specs: Sequence[IndicatorSpec]) -> list[str]:
    """What is wrong with a set of definitions, all at once, in Chinese; empty when sound."""
    keys = {spec.key for spec in specs} | EXTRA_NAMES
    wrong = [f"“{spec.label}”：{text}" for spec in specs for text in _check_spec(spec, keys)]
    if wrong:
        return wrong
    try:
        in_order(spec for spec in specs if spec.formula)
    except AggregationError as error:
        return [str(error)]
    return []


def _check_spec(spec: IndicatorSpec, keys: Set[str]) -> list[str]:
    wrong = []
    if spec.scale not in SCALE_WORDS:
        wrong.append("打印单位只能是个、万、亿。")
    if not 0 <= spec.decimals <= MAX_DECIMALS:
        wrong.append(f"小数位数应在0到{MAX_DECIMALS}之间。")
    if spec.has_denominator and spec.over_months not in {spec.over_windows, "none"}:
        wrong.append("比率和平均数按月合计时，方式须与按窗口合计相同。")
    if spec.over_months == "idle":
        wrong.append("无业务窗口数不能按月合计，“各月”请选“不合计”。")
    return wrong + _check_formula(spec, keys)


def _check_formula(spec: IndicatorSpec, keys: Set[str]) -> list[str]:
    if (spec.over_windows == "derived") != bool(spec.formula):
        return ["按公式计算的指标须填公式，其他指标不填公式。"]
    if not spec.formula:
        return []
    try:
        used = formulas.names(spec.formula)
    except formulas.FormulaError as error:
        return [str(error)]
    return [f"公式用到的“{name}”不是指标代码。" for name in used if name not in keys]
