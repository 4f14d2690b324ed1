"""Every check of `stats.checks` on a centre's month, window by window, for entry and readiness.

Queries are the same few for one window and for sixty.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.db.models import Q

from stats.checks import (
    CENTRE,
    Finding,
    check_blank,
    check_double,
    check_rate,
    check_relations,
    check_swing,
)
from stats.defaults import PARTS, SHARES
from stats.intervals import Number
from stats.models import Figure, Indicator, MonthlyReport
from stats.specs import IndicatorSpec, Totals, Value, amount
from stats.totals import asked_of as asked_of
from stats.totals import place_of as place_of
from stats.totals import spec_of, value_of
from windows.models import Centre, ServiceWindow

HISTORY: Final = 12  # months, as the query of `history_of` has it
History = Mapping[tuple[str, str], Sequence[Number]]
"""(window, indicator key) → the numbers of the months before, latest first."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one place gave in the month; `explained` are keys with a 口径说明."""

    values: Totals = field(default_factory=dict)
    nil: bool = False
    explained: frozenset[str] = frozenset()


def check_place(
    specs: Sequence[IndicatorSpec], place: str, given: Given, history: History
) -> list[Finding]:
    """Everything that may be wrong with what one place gave. Pure."""
    asked = asked_of(specs, place)
    by_key = {spec.key: spec for spec in specs}
    found = check_blank(asked, given.values, nil=given.nil, window=place)
    for key, value in given.values.items():
        if key not in by_key:
            continue
        spec = by_key[key]
        found += check_rate(spec, value, place)
        found += check_swing(
            spec,
            value,
            history.get((place, key), ()),
            explained=key in given.explained,
            window=place,
        )
    return found + check_relations(by_key, given.values, PARTS, SHARES, place)


def check_centre(
    specs: Sequence[IndicatorSpec],
    month: Mapping[str, Given],
    history: History,
    names: Mapping[str, str],
) -> list[Finding]:
    """All places of a month, and what is counted twice between them. Pure."""
    found = [
        finding
        for place, given in month.items()
        for finding in check_place(specs, place, given, history)
    ]
    for spec in specs:
        values = {place: g.values[spec.key] for place, g in month.items() if spec.key in g.values}
        found += check_double(spec, values, names=names)
    return found


def findings_of(
    centre: Centre,
    year: int,
    month: int,
    reports: Iterable[MonthlyReport] | None = None,
) -> list[Finding]:
    """Of a stored month; `reports` where they are at hand, with their figures prefetched."""
    rows = list(indicators_in(centre, year, month))
    specs = [spec_of(row) for row in rows]
    if reports is None:
        reports = MonthlyReport.objects.filter(
            centre=centre, year=year, month=month
        ).prefetch_related("figures__indicator")
    names = {str(w.pk): w.name for w in ServiceWindow.objects.filter(centre=centre)}
    given = {place_of(report): given_by(report) for report in reports}
    return check_centre(specs, given, history_of(centre, year, month, specs), names)


def indicators_in(centre: Centre, year: int, month: int) -> Iterable[Indicator]:
    """In force on the last day of the month, in order."""
    following = (dt.date(year, month, 1) + dt.timedelta(days=31)).replace(day=1)
    last_day = following - dt.timedelta(days=1)
    return Indicator.objects.filter(centre=centre).valid_on(last_day)


def given_by(report: MonthlyReport) -> Given:
    figures = list(report.figures.all())
    return Given(
        {figure.indicator.key: value_of(figure) for figure in figures},
        report.nil and not (report.state == MonthlyReport.State.LOCKED and figures),  # restated
        frozenset(figure.indicator.key for figure in figures if figure.note.strip()),
    )


def history_of(
    centre: Centre, year: int, month: int, specs: Sequence[IndicatorSpec]
) -> dict[tuple[str, str], list[Number]]:
    """The twelve months before, of every place and indicator, in one query."""
    by_key = {spec.key: spec for spec in specs if not spec.is_rate}  # a rate has no swings
    rows = (
        Figure.objects.filter(
            Q(report__year=year, report__month__lt=month)
            | Q(report__year=year - 1, report__month__gte=month),
            report__centre=centre,
            indicator__key__in=by_key,
        )
        .order_by("-report__year", "-report__month")
        .values_list("report__window", "indicator__key", "value", "denominator")
    )
    parted = {key for key, spec in by_key.items() if spec.has_denominator}
    past: defaultdict[tuple[int | None, str], list[Number]] = defaultdict(list)
    for window, key, value, denominator in rows:
        number = amount(by_key[key], Value(value, denominator)) if key in parted else value
        if number is not None:
            past[window, key].append(number)
    return {(str(window or CENTRE), key): numbers for (window, key), numbers in past.items()}


def in_the_way(findings: Iterable[Finding]) -> list[Finding]:
    """What keeps a report from being confirmed in one press: all but hints, and blanks, which
    a person must look at as well."""
    return [finding for finding in findings if finding.severity != "hint"]


def named(finding: Finding, names: Mapping[str, str]) -> Finding:
    """With the window's name in front, for a list of many windows."""
    name = names.get(finding.window or "", "")
    return replace(finding, message=f"{name}：{finding.message}" if name else finding.message)
