"""Figures of earlier issues put right (订正), as the issue that tells of them freezes them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence

from bulletin.document import Period, RestatementRecord
from bulletin.figure_records import records
from bulletin.models import Edition, Issue
from bulletin.restating import restated_in
from stats.narrative import Span
from stats.restated import RestatedTotal
from stats.totals import counted_answers, specs_on, totals_of


def put_right(issue: Issue, keys: Sequence[str]) -> list[RestatementRecord]:
    """Of the indicators that the issue prints, oldest month first.

    Nothing more is asked of the database than what was restated, where nothing was.
    """
    wanted = [told for told in restated_in(issue) if told.key in set(keys)]
    found: dict[tuple[Period, str], RestatementRecord] = {}
    for told in wanted:
        period = _period(issue, told)
        found.setdefault((period, told.key), _record(issue, period, told))
    return list(found.values())


def _period(issue: Issue, told: RestatedTotal) -> Period:
    """The months of the issue that printed it: two where that was a combined one."""
    covering = Issue.objects.filter(
        publication=issue.publication_id, year=told.year, month__lte=told.month
    ).order_by("-month")
    printed = covering.first()
    if printed is not None and told.month in printed.months:
        return printed.period
    return Period(told.year, told.month)


def _record(issue: Issue, period: Period, told: RestatedTotal) -> RestatementRecord:
    months = list(range(period.month, (period.month_to or period.month) + 1))
    end = dt.date(period.year, months[-1], calendar.monthrange(period.year, months[-1])[1])
    specs = specs_on(issue.centre, end)
    answers = counted_answers(issue.centre, period.year, months)
    totals = totals_of(issue.centre, period.year, specs, answers, months)
    [figure] = records(specs, totals, answers, [told.key])
    before = told.before if len(months) == 1 else _as_printed(issue, period, told)
    return RestatementRecord(period, before, figure, "；".join(told.reasons))


def _as_printed(issue: Issue, period: Period, told: RestatedTotal) -> str:
    """What the combined issue printed of its months together."""
    edition = (
        Edition.objects.current()
        .filter(issue__publication=issue.publication_id, year=period.year)
        .filter(issue__month=period.month)
        .first()
    )
    printed = edition.document.figures if edition else ()
    return next((figure.printed for figure in printed if figure.key == told.key), told.before)


def sentences(told: Sequence[RestatementRecord]) -> Iterator[tuple[str, Span]]:
    """2026年1月现场邮寄量由0.06万件订正为0.07万件（补报）。 with the place of the new figure."""
    for record in told:
        why = f"（{record.reason}）" if record.reason else ""
        head = f"{record.period.label}{record.figure.label}由{record.before}订正为"
        after = record.figure.printed
        span = Span(len(head), len(head) + len(after), record.figure.key, "订正")
        yield f"{head}{after}{why}。", span
