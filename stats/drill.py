"""One indicator over many months: totals, changes and how many gave it, newest first.

The database adds the windows up: as many rows come back as there are months and entered
indicators, and nil returns. Three queries, two more for 无业务窗口.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Sum, Value, When

from stats.aggregation import regroup
from stats.figure_columns import COMPUTED
from stats.formulas import names
from stats.heat import Month, months_back
from stats.intervals import Number, quotient
from stats.models import Figure, MonthlyReport
from stats.month_checks import indicators_in
from stats.specs import IndicatorSpec, Totals, amount
from stats.specs import Value as Total
from stats.totals import asked_of, spec_of, working_days_of
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
    by_key = {one.key: one for one in specs}
    groups, givers = _sums(_reports(centre, months[-1]), by_key, _operands(spec, by_key))
    days = _working_days(centre, spec, months)
    totals = {m: regroup(specs, [groups[m]], days.get(m)) for m in groups}
    numbers = {m: amount(spec, of[key]) for m, of in totals.items() if key in of}
    rows = [_row(spec, at, months, numbers, givers) for at in range(count)]
    return Drill(spec, rows)


def totals_in(centre: Centre, month: Month, specs: Sequence[IndicatorSpec]) -> Totals:
    """All totals of one month, added by the database: what is only looked at beside another.

    Raises AggregationError for formulas in a circle.
    """
    reports = MonthlyReport.objects.filter(centre=centre, year=month[0], month=month[1]).order_by()
    by_key = {spec.key: spec for spec in specs}
    groups, _givers = _sums(reports, by_key, [s.key for s in specs if not s.formula])
    derived = (spec for spec in specs if "working_days" in (spec.formula or ""))
    days = next((_working_days(centre, spec, [month]) for spec in derived), {})
    return regroup(specs, [groups.get(month, {})], days.get(month))


def _sums(
    reports: QuerySet[MonthlyReport],
    by_key: Mapping[str, IndicatorSpec],
    wanted: Sequence[str],
) -> tuple[dict[Month, dict[str, Total]], dict[Month, int]]:
    """Month → entered key → its sum; and month → how many windows gave the indicator."""
    rows = (
        Figure.objects.filter(report__in=reports, indicator__key__in=wanted)
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
    groups: defaultdict[Month, dict[str, Total]] = defaultdict(dict)
    givers: Counter[Month] = Counter()
    for row in rows:
        month, key = (row["report__year"], row["report__month"]), row["indicator__key"]
        groups[month][key] = _total(by_key[key], row)
        givers[month] = max(givers[month], row["givers"])
    _answer_nil(reports, [by_key[key] for key in wanted], groups, givers)
    for key in wanted:
        if by_key[key].over_windows == "idle":
            _count_idle(reports, key, groups, givers)
    return groups, givers


def _reports(centre: Centre, since: Month) -> QuerySet[MonthlyReport]:
    later = Q(year__gt=since[0]) | Q(year=since[0], month__gte=since[1])
    return MonthlyReport.objects.filter(later, centre=centre).order_by()


def _answer_nil(
    reports: QuerySet[MonthlyReport],
    wanted: Sequence[IndicatorSpec],
    groups: defaultdict[Month, dict[str, Total]],
    givers: Counter[Month],
) -> None:
    """A nil return is zero of what was asked, also where nobody gave a figure."""
    nils = reports.filter(nil=True, figures=None, window__isnull=False)
    for month, count in Counter(nils.values_list("year", "month")).items():
        asked = [s for s in asked_of(wanted, "any window") if s.in_force(*month)]
        for spec in asked:
            groups[month].setdefault(spec.key, Total(0, 0 if spec.has_denominator else None))
        givers[month] += count if asked else 0


def _count_idle(
    reports: QuerySet[MonthlyReport],
    key: str,
    groups: defaultdict[Month, dict[str, Total]],
    givers: Counter[Month],
) -> None:
    """本月无业务窗口: of the windows that answered, those with nil or zeros only."""
    entered = ~Q(figures__indicator__over_windows__in=COMPUTED)
    answers = (
        reports.filter(window__isnull=False)
        .annotate(most=Max("figures__value", filter=entered))
        .filter(Q(nil=True) | Q(most__isnull=False))
    )
    heard = Counter(answers.values_list("year", "month"))
    idle = Counter(answers.filter(Q(most=None) | Q(most=0)).values_list("year", "month"))
    for month, count in heard.items():
        groups[month][key] = Total(idle[month])
        givers[month] = count


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
