"""Totals as the issue freezes them: whole numbers with what they count (law 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from bulletin.document import Definition, FigureRecord
from stats import formulas
from stats.specs import IndicatorSpec, Totals, Value, amount
from stats.totals import Answers


def record_of(spec: IndicatorSpec, value: Value, *, formula: str, given_by: int) -> FigureRecord:
    """The frozen form of a figure, exact: whole numbers only, a fraction as value ÷ denominator."""
    number, known = amount(spec, value), value.interval
    top, low, high, under = value.value, known.low, known.high, value.denominator
    if spec.over_windows == "weighted" and under:
        top, low, high = (end * under for end in (top, low, high))
    elif under is None and number is not None and not isinstance(number, int):
        percent = 100 if spec.is_rate else 1
        under = Fraction(number / percent).denominator
        top, low, high = (Fraction(end * under, percent) for end in (top, low, high))
    return FigureRecord(
        key=spec.key,
        label=spec.label,
        unit=spec.unit,
        value=floor(top),
        low=floor(top if known.exact else low),
        high=floor(top) if known.exact else ceil(high),
        printed=spec.printed(number) if number is not None else "",
        denominator=None if under is None else int(under),
        definition=Definition(
            scale=spec.scale,
            decimals=spec.decimals,
            print_unit=spec.print_unit,
            over_windows=spec.over_windows,
            over_months=spec.over_months,
            formula=formula,
            note=spec.hint,
            group=spec.group,
        ),
        given_by=given_by or None,
    )


def records(
    specs: Sequence[IndicatorSpec], totals: Totals, answers: Answers, keys: Iterable[str]
) -> list[FigureRecord]:
    by_key = {spec.key: spec for spec in specs}
    labels = {spec.key: spec.label for spec in specs} | {"working_days": "工作日"}
    windows = _windows(specs, answers)
    return [
        record_of(
            by_key[key],
            totals[key],
            formula=formulas.describe(by_key[key].formula, labels) if by_key[key].formula else "",
            given_by=len(set().union(*(windows[part] for part in leaves(key, by_key)))),
        )
        for key in keys
    ]


def _windows(specs: Sequence[IndicatorSpec], answers: Answers) -> defaultdict[str, set[int | None]]:
    """Key → the windows that gave it. A nil return gives all that was asked for."""
    found: defaultdict[str, set[int | None]] = defaultdict(set)
    for figure in answers.figures:
        if figure.report.window_id:
            found[figure.indicator.key].add(figure.report.window_id)
    silent = {report.window_id for report in answers.nils if report.window_id}
    heard = silent.union(*found.values())
    for spec in specs:
        if spec.over_windows == "idle":
            found[spec.key] = heard
        elif spec.owner != "centre":
            found[spec.key] |= silent
    return found


def leaves(key: str, specs: Mapping[str, IndicatorSpec]) -> list[str]:
    """What a figure is made of in the end: itself, or the entered figures of its formula."""
    if key not in specs or not specs[key].formula:
        return [key]
    parts = [leaves(name, specs) for name in formulas.names(specs[key].formula)]
    return list(dict.fromkeys(leaf for part in parts for leaf in part))
