"""The statistics paragraph of an issue, with the figures it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bulletin.document import FigureRecord, RestatementRecord
from bulletin.figure_records import records
from bulletin.models import Issue
from bulletin.putting_right import put_right, sentences
from stats.aggregation import aggregate_months
from stats.narrative import NAMES, MissingFigure, Sentence, TemplateError, compose
from stats.specs import AggregationError, IndicatorSpec, Totals
from stats.totals import Answers, counted_answers, idle_of, specs_on, totals_of


@dataclass(frozen=True, slots=True)
class Narrative:
    """The sentence, or why there is none; the records of what it prints; what the windows
    answered; and what it says of earlier months put right (订正)."""

    sentence: Sentence | None
    records: list[FigureRecord] = field(default_factory=list)
    reason: str = ""
    answers: Answers = field(default_factory=Answers)
    restatements: Sequence[RestatementRecord] = ()


def narrative_of(issue: Issue, template: str | None = None) -> Narrative:
    """Compose from confirmed figures. The reason names every figure that is missing.

    A `template` given stands for the issue's own, to see what it would say.
    """
    months, answers = list(issue.months), Answers()
    try:
        specs = specs_on(issue.centre, issue.last_day)
        answers = counted_answers(issue.centre, issue.year, months)
        totals = totals_of(issue.centre, issue.year, specs, answers, months)
        sentence = _sentence(issue, specs, totals, answers, template or issue.narrative)
    except (MissingFigure, TemplateError, AggregationError) as error:
        return Narrative(None, reason=str(error), answers=answers)
    keys = list(dict.fromkeys(span.key for span in sentence.spans))
    told = put_right(issue, keys)
    for text, span in sentences(told):
        sentence = sentence.followed_by(text, [span])
    return Narrative(
        sentence, records(specs, totals, answers, keys), answers=answers, restatements=told
    )


def _sentence(
    issue: Issue,
    specs: Sequence[IndicatorSpec],
    totals: Totals,
    answers: Answers,
    template: str,
) -> Sentence:
    """Other months are read only where the template compares with them, names where it lists."""
    return compose(
        template,
        specs,
        totals,
        issue.period.months,
        year=issue.year,
        previous=earlier(issue, specs, len(issue.months)) if "环比" in template else None,
        last_year=earlier(issue, specs, 12) if "同比" in template else None,
        cumulative=since_january(issue, specs) if "累计" in template else None,
        idle=idle_names(issue, specs, answers) if NAMES in template else (),
    )


def idle_names(issue: Issue, specs: Sequence[IndicatorSpec], answers: Answers) -> list[str]:
    return [window.name for window in idle_of(specs, answers, issue.months)]


def earlier(issue: Issue, specs: Sequence[IndicatorSpec], back: int) -> Totals:
    """The totals of as many months, `back` months before."""
    first = issue.year * 12 + issue.month - 1 - back
    months = [divmod(first + step, 12) for step in range(len(issue.months))]
    found = [
        totals_of(
            issue.centre,
            year,
            specs,
            counted_answers(issue.centre, year, [month + 1]),
            [month + 1],
        )
        for year, month in months
    ]
    return found[0] if len(found) == 1 else aggregate_months(specs, found)


def since_january(issue: Issue, specs: Sequence[IndicatorSpec]) -> Totals:
    months = list(range(1, issue.months[-1] + 1))
    answers = counted_answers(issue.centre, issue.year, months)
    return totals_of(issue.centre, issue.year, specs, answers, months, partial=True)
