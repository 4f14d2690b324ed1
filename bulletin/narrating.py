"""The statistics paragraph of an issue, with the figures it is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from bulletin.document import Definition, FigureRecord
from bulletin.models import Issue
from stats import formulas
from stats.models import Figure
from stats.narrative import MissingFigure, Sentence, TemplateError, compose
from stats.specs import IndicatorSpec, Totals, Value, amount
from stats.totals import counted_figures, specs_on, totals_of


@dataclass(frozen=True, slots=True)
class Narrative:
    """The sentence, or why there is none; the records of what it prints; its figures."""

    sentence: Sentence | None
    records: list[FigureRecord] = field(default_factory=list)
    reason: str = ""
    figures: Sequence[Figure] = ()


def narrative_of(issue: Issue) -> Narrative:
    """Compose from confirmed figures. The reason names every figure that is missing."""
    months = list(issue.months)
    specs = specs_on(issue.centre, issue.last_day)
    figures = counted_figures(issue.centre, issue.year, months)
    totals = totals_of(issue.centre, issue.year, specs, figures, months)
    try:
        sentence = _sentence(issue, specs, totals)
    except (MissingFigure, TemplateError) as error:
        return Narrative(None, reason=str(error), figures=figures)
    keys = dict.fromkeys(span.key for span in sentence.spans)
    records = _records(specs, totals, figures, keys)
    return Narrative(sentence, records, figures=figures)


def _sentence(issue: Issue, specs: Sequence[IndicatorSpec], totals: Totals) -> Sentence:
    """Other months are read only where the template compares with them."""
    template = issue.narrative
    return compose(
        template,
        specs,
        totals,
        issue.period.months,
        year=issue.year,
        previous=_earlier(issue, specs, len(issue.months)) if "环比" in template else None,
        last_year=_earlier(issue, specs, 12) if "同比" in template else None,
        cumulative=_since_january(issue, specs) if "累计" in template else None,
    )


def _earlier(issue: Issue, specs: Sequence[IndicatorSpec], back: int) -> Totals:
    """The totals of as many months, `back` months before."""
    year, month = divmod(issue.year * 12 + issue.month - 1 - back, 12)
    months = [month + 1 + step for step in range(len(issue.months))]
    figures = counted_figures(issue.centre, year, months)
    return totals_of(issue.centre, year, specs, figures, months)


def _since_january(issue: Issue, specs: Sequence[IndicatorSpec]) -> Totals:
    months = list(range(1, issue.months[-1] + 1))
    figures = counted_figures(issue.centre, issue.year, months)
    return totals_of(issue.centre, issue.year, specs, figures, months, partial=True)


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


def _records(
    specs: Sequence[IndicatorSpec], totals: Totals, figures: Sequence[Figure], keys: Iterable[str]
) -> list[FigureRecord]:
    by_key = {spec.key: spec for spec in specs}
    labels = {spec.key: spec.label for spec in specs} | {"working_days": "工作日"}
    windows = _windows(figures)
    return [
        record_of(
            by_key[key],
            totals[key],
            formula=formulas.describe(by_key[key].formula, labels) if by_key[key].formula else "",
            given_by=len(set().union(*(windows[part] for part in leaves(key, by_key)))),
        )
        for key in keys
    ]


def _windows(figures: Sequence[Figure]) -> defaultdict[str, set[int]]:
    """Key → the windows that gave it."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for figure in figures:
        if figure.report.window_id:
            found[figure.indicator.key].add(figure.report.window_id)
    return found


def leaves(key: str, specs: Mapping[str, IndicatorSpec]) -> list[str]:
    """What a figure is made of in the end: itself, or the entered figures of its formula."""
    if key not in specs or not specs[key].formula:
        return [key]
    parts = [leaves(name, specs) for name in formulas.names(specs[key].formula)]
    return list(dict.fromkeys(leaf for part in parts for leaf in part))
