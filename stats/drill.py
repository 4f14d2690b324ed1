"""One indicator over many months: totals, changes and how many gave it, newest first.

The database adds the windows up: as many rows come back as there are months and entered
indicators, however many windows there are. Two queries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When

from stats.aggregation import regroup
from stats.formulas import names
from stats.heat import Month, months_back
from stats.intervals import Number, quotient
from stats.models import Figure
from stats.month_checks import indicators_in
from stats.specs import IndicatorSpec, amount
from stats.specs import Value as Total
from stats.totals import spec_of, working_days_of
from windows.models import Centre


@dataclass(frozen=True, slots=True)
class DrillRow:
    month: Month
    number: Number | None
    total: str
    before: str
    year_before: str
    givers: int


@dataclass(frozen=True, slots=True)
class Drill:
    spec: IndicatorSpec
    rows: Sequence[DrillRow]


def drill_of(centre: Centre, key: str, last: Month, count: int) -> Drill | None:
    """None where the centre has no such indicator in the last month."""
    specs = [spec_of(row) for row in indicators_in(centre, *last)]
    spec = next((one for one in specs if one.key == key), None)
    if spec is None:
        return None
    months = months_back(last, count + 12)
    groups, givers = _sums(centre, specs, spec, months)
    days = _working_days(centre, spec, months)
    totals = {m: regroup(specs, [groups[m]], days.get(m)) for m in groups}
    numbers = {m: amount(spec, of[key]) for m, of in totals.items() if key in of}
    rows = [_row(spec, at, months, numbers, givers) for at in range(count)]
    return Drill(spec, rows)


def _sums(
    centre: Centre, specs: Sequence[IndicatorSpec], spec: IndicatorSpec, months: Sequence[Month]
) -> tuple[dict[Month, dict[str, Total]], dict[Month, int]]:
    """Month → entered key → its sum; and month → how many windows gave the indicator."""
    by_key = {one.key: one for one in specs}
    wanted = _operands(spec, by_key)
    year, month_of = months[-1]
    since = Q(report__year__gt=year) | Q(report__year=year, report__month__gte=month_of)
    rows = (
        Figure.objects.filter(since, report__centre=centre, indicator__key__in=wanted)
        .order_by()
        .values("report__year", "report__month", "indicator__key")
        .annotate(
            top=Sum("value"),
            weighted=Sum(F("value") * F("denominator")),
            under=Sum("denominator"),
            some=Count(Case(When(value__gt=0, then=Value(1)), output_field=IntegerField())),
            givers=Count("report__window", distinct=True),
        )
    )
    groups: dict[Month, dict[str, Total]] = {}
    givers: dict[Month, int] = {}
    for row in rows:
        month, key = (row["report__year"], row["report__month"]), row["indicator__key"]
        groups.setdefault(month, {})[key] = _total(by_key[key], row)
        givers[month] = max(givers.get(month, 0), row["givers"])
    return groups, givers


def _working_days(
    centre: Centre, spec: IndicatorSpec, months: Sequence[Month]
) -> dict[Month, dict[str, Number]]:
    """One query a year, and only for what is divided by them."""
    if not spec.formula or "working_days" not in names(spec.formula):
        return {}
    return {
        (year, month): {"working_days": days}
        for year in {year for year, _month in months}
        for month, days in working_days_of(centre, year, range(1, 13)).items()
    }


def _operands(spec: IndicatorSpec, by_key: Mapping[str, IndicatorSpec]) -> list[str]:
    """The entered indicators behind it."""
    if not spec.formula:
        return [spec.key]
    parts = (by_key[name] for name in names(spec.formula) if name in by_key)
    return list(dict.fromkeys(key for part in parts for key in _operands(part, by_key)))


def _total(spec: IndicatorSpec, row: Mapping[str, Any]) -> Total:
    if spec.over_windows == "count":
        return Total(row["some"])
    if spec.over_windows == "weighted" and row["under"]:
        return Total(quotient(row["weighted"], row["under"]), row["under"])
    return Total(row["top"], row["under"] if spec.has_denominator else None)


def _row(
    spec: IndicatorSpec,
    at: int,
    months: Sequence[Month],
    numbers: Mapping[Month, Number | None],
    givers: Mapping[Month, int],
) -> DrillRow:
    now = numbers.get(months[at])

    def moved(back: int) -> str:
        then = numbers.get(months[at + back])
        return "—" if now is None or then is None else spec.signed(now, then)

    total = "—" if now is None else spec.printed(now)
    return DrillRow(months[at], now, total, moved(1), moved(12), givers.get(months[at], 0))
