"""A figure is frozen exactly, with what it counts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bulletin.document import Definition
from bulletin.figure_records import leaves, record_of
from stats.defaults import INDICATORS
from stats.specs import IndicatorSpec, Value

MAILED = IndicatorSpec("mailed", "邮寄", scale=10_000, decimals=2, group="办件", hint="在大厅的。")
RATE = IndicatorSpec("rate", "满意率", "%", 1, 1, over_windows="ratio", over_months="ratio")
DAYS = IndicatorSpec("days", "时限", "天", 1, 2, over_windows="weighted", over_months="weighted")
SPEED = IndicatorSpec("speed", "提速", "%", 1, 2, over_windows="derived", formula="a / b * 100")
DAILY = IndicatorSpec("daily", "日均", "人次", over_windows="derived", formula="a / working_days")


@pytest.mark.parametrize(
    ("spec", "value", "frozen"),
    [
        (MAILED, Value(612), (612, 612, 612, None, "0.06万件")),
        (MAILED, Value(600, None, 550, 650), (600, 550, 650, None, "0.06万件")),
        (RATE, Value(985, 1000), (985, 985, 985, 1000, "98.5%")),
        (DAYS, Value(Fraction(7, 3), 30), (70, 70, 70, 30, "2.33天")),
        (SPEED, Value(Fraction(250, 3)), (5, 5, 5, 6, "83.33%")),
        (DAILY, Value(Fraction(890, 21)), (890, 890, 890, 21, "42人次")),
        (DAILY, Value(42), (42, 42, 42, None, "42人次")),
    ],
)
def test_a_figure_is_frozen_in_whole_numbers(spec, value, frozen):
    record = record_of(spec, value, formula="", given_by=3)
    found = (record.value, record.low, record.high, record.denominator, record.printed)
    assert found == frozen
    assert record.given_by == 3


def test_what_it_counts_is_frozen_beside_it():
    record = record_of(MAILED, Value(612), formula="甲 + 乙", given_by=0)
    assert record.definition == Definition(
        10_000, 2, "", "sum", "sum", "甲 + 乙", "在大厅的。", "办件"
    )
    assert record.given_by is None


def test_a_derived_figure_leads_to_what_was_entered():
    specs = {spec.key: spec for spec in INDICATORS}
    assert leaves("total_handled", specs) == ["online_accepted", "counter_accepted"]
    assert leaves("mailed", specs) == ["mailed"]
    assert leaves("visitors", specs) == ["visits", "working_days"]
