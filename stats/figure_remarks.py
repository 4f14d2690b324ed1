"""What the checks say of figures on their way in, before anything is written.

Each place is judged as it will stand: what is stored with the file laid over it, beside the
twelve months before. Two queries, whatever the number of windows and months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from stats.checks import CENTRE, Finding, check_double
from stats.intervals import Number
from stats.models import Figure, Indicator
from stats.month_checks import HISTORY, Given, check_place
from stats.specs import IndicatorSpec, Value, amount
from stats.totals import spec_of
from windows.models import Centre

# A sheet may hold a part of the month: what it leaves out is no fault of it.
_OF_THE_WHOLE: Final = frozenset({"blank", "all_zero"})
Numbers = tuple[int, int | None, bool]
"""(value, denominator, whether it has a 口径说明)."""
At = tuple[int, str]
"""(year × 12 + month − 1, place): a window's key or CENTRE."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One new or changed figure of the file."""

    year: int
    month: int
    place: str
    key: str
    numbers: Numbers

    @property
    def at(self) -> At:
        return self.year * 12 + self.month - 1, self.place


Figures = Mapping[At, Mapping[str, Numbers]]


def remarks_on(
    centre: Centre, incoming: Sequence[Incoming], names: Mapping[str, str]
) -> dict[int, list[Finding]]:
    """By the index in `incoming`: each finding once, at the first figure that it is about."""
    if not incoming:
        return {}
    specs = {row.pk: spec_of(row) for row in Indicator.objects.filter(centre=centre)}
    figures = _stored(centre, specs, incoming)
    place: dict[tuple[At, str], int] = {}
    for n, one in enumerate(incoming):
        figures[one.at][one.key] = one.numbers
        place[one.at, one.key] = n
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for at, finding in _findings(list(specs.values()), figures, place, names):
        about = [place[at, key] for key in finding.keys if (at, key) in place]
        if about and finding.code not in _OF_THE_WHOLE:
            found[min(about)].append(finding)
    return dict(found)


def _stored(
    centre: Centre, specs: Mapping[int, IndicatorSpec], incoming: Sequence[Incoming]
) -> defaultdict[At, dict[str, Numbers]]:
    """From a year before the first month of the file to its last."""
    months = {one.at[0] for one in incoming}
    first, last = divmod(min(months) - HISTORY, 12), divmod(max(months), 12)
    rows = Figure.objects.filter(
        Q(report__year__gt=first[0]) | Q(report__year=first[0], report__month__gt=first[1]),
        report__centre=centre,
        report__year__lte=last[0],
    ).values_list(
        "report__year", "report__month", "report__window", "indicator", "value", "denominator",
        "note",
    )  # fmt: skip
    figures: defaultdict[At, dict[str, Numbers]] = defaultdict(dict)
    keys = {pk: spec.key for pk, spec in specs.items()}
    for year, month, window, indicator, value, denominator, note in rows.order_by():
        at = year * 12 + month - 1, str(window or CENTRE)
        figures[at][keys[indicator]] = value, denominator, bool(note.strip())
    return figures


def _findings(
    specs: Sequence[IndicatorSpec],
    figures: Figures,
    places: Mapping[tuple[At, str], int],
    names: Mapping[str, str],
) -> Iterator[tuple[At, Finding]]:
    touched: defaultdict[int, dict[str, set[str]]] = defaultdict(dict)  # month → place → keys
    for (month, place), key in places:
        touched[month].setdefault(place, set()).add(key)
    for month, by_place in touched.items():
        asked = [spec for spec in specs if spec.in_force(month // 12, month % 12 + 1)]
        for place, keys in by_place.items():
            history = _history(asked, figures, (month, place), keys)
            given = _given(figures[month, place])
            for finding in check_place(asked, place, given, history):
                yield (month, place), finding
        for finding in _doubles(asked, figures, month, by_place, names):
            yield (month, finding.window or CENTRE), finding


def _given(figures: Mapping[str, Numbers]) -> Given:
    values = {key: Value(value, under) for key, (value, under, _said) in figures.items()}
    explained = frozenset(key for key, (_value, _under, said) in figures.items() if said)
    return Given(values, explained=explained)


def _history(
    specs: Sequence[IndicatorSpec], figures: Figures, at: At, keys: set[str]
) -> dict[tuple[str, str], list[Number]]:
    """The incoming figures' numbers of the twelve months before, latest first."""
    month, place = at
    before = [figures.get((month - back, place), {}) for back in range(1, HISTORY + 1)]
    found: dict[tuple[str, str], list[Number]] = {}
    for spec in specs:
        if spec.key in keys and not spec.is_rate:
            given = [then[spec.key] for then in before if spec.key in then]
            found[place, spec.key] = _amounts(spec, given)
    return found


def _amounts(spec: IndicatorSpec, given: Sequence[Numbers]) -> list[Number]:
    if not spec.has_denominator:
        return [value for value, _under, _said in given]
    numbers = (amount(spec, Value(value, under)) for value, under, _said in given)
    return [number for number in numbers if number is not None]


def _doubles(
    specs: Sequence[IndicatorSpec],
    figures: Figures,
    month: int,
    by_place: Mapping[str, set[str]],
    names: Mapping[str, str],
) -> Iterator[Finding]:
    """What is counted by the centre and by windows too, of what the file brings."""
    brought = set().union(*by_place.values())
    places = [place for at, place in figures if at == month]
    for spec in specs:
        if spec.key in brought and (spec.owner == "centre" or (month, CENTRE) in figures):
            given = ((place, figures[month, place].get(spec.key)) for place in places)
            values = {place: Value(numbers[0]) for place, numbers in given if numbers}
            yield from check_double(spec, values, names=names)


def objections(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What must not be written; the others are shown, and may be."""
    return tuple(finding.message for finding in findings if finding.severity == "block")


def remarks(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(finding.message for finding in findings if finding.severity == "warn")
