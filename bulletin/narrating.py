"""The statistics paragraph of an issue, with the figures it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor

from bulletin.document import FigureRecord
from bulletin.models import Issue
from stats.models import Figure
from stats.narrative import MissingFigure, Sentence, TemplateError, compose
from stats.specs import IndicatorSpec, Totals, Value, amount, amount_interval
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
    by_key = {spec.key: spec for spec in specs}
    keys = dict.fromkeys(span.key for span in sentence.spans)
    records = [_record(by_key[key], totals[key]) for key in keys]
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


def _record(spec: IndicatorSpec, value: Value) -> FigureRecord:
    number, known = amount(spec, value), amount_interval(spec, value)
    exact = known is None or known.exact
    whole = floor(value.value)
    return FigureRecord(
        key=spec.key,
        label=spec.label,
        unit=spec.unit,
        value=whole,
        low=whole if exact or known is None else floor(known.low),
        high=whole if exact or known is None else floor(known.high),
        printed=spec.printed(number) if number is not None else "",
        denominator=None if value.denominator is None else floor(value.denominator),
    )
