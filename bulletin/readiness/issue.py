"""The list of everything that stands between an issue and its sign-off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from bulletin.assembly import waiting
from bulletin.document import IssueDocument
from bulletin.models import Entry, EntrySource, Issue, Submission

from .case import Case, case_of
from .figures import duty, figures, narrative
from .people import people
from .problems import Problem
from .texts import alike, glyphs, texts

IN_REVIEW = ("submitted", "endorsed", "claimed")
RANK = {"block": 0, "warn": 1, "hint": 2}


def check_issue(issue: Issue, document: IssueDocument | None = None) -> list[Problem]:
    """All problems at once, the blocking ones first and each kind in the order of the print;
    a fixed number of queries. `document` where it is built already."""
    case = case_of(issue, document)
    problems = [
        *_masthead(issue),
        *_sections(case),
        *figures(case),
        *narrative(case),
        *duty(case),
        *_dates(case),
        *people(case),
        *_sources(case),
        *_left_over(issue),
        *glyphs(case),
        *texts(case),
        *alike(case),
    ]
    order = {entry.pk: place for place, entry in enumerate(case.entries, 1)}
    return sorted(
        problems,
        key=lambda one: (RANK[one.severity], order.get(one.entry_id or 0, 0), one.start or 0),
    )


def _masthead(issue: Issue) -> Iterator[Problem]:
    if issue.issued_on is None:
        yield Problem("no-date", "block", _("还没有填印发日期。"), lead="particulars")
    elif issue.issued_on < issue.last_day:
        yield Problem(
            "early-date", "warn", _("印发日期早于所报月份的最后一天。"), lead="particulars"
        )
    if issue.number != issue.month:
        yield Problem(
            "number",
            "warn",
            _("期号%(number)s与所报月份%(month)s不同。")
            % {"number": issue.number, "month": issue.month},
            lead="particulars",
        )


def _sections(case: Case) -> Iterator[Problem]:
    if not case.entries:
        yield Problem("empty", "block", _("本期还没有条目。先按“收集”。"))
        return
    filled = {entry.section_id for entry in case.entries}
    for section in case.sections:
        if section.pk not in filled:
            words = _("标题照印") if section.print_when_empty else _("这个栏目不印")
            yield Problem(
                "empty-section",
                "warn",
                _("“%(heading)s”没有条目，%(what)s。")
                % {"heading": section.heading, "what": words},
                section_id=section.pk,
            )


def _dates(case: Case) -> Iterator[Problem]:
    """Rule 19: what is not of the month needs a reason: one it was carried over with, or one
    given when the warning is acknowledged."""
    months = {(case.issue.year, month) for month in case.issue.months}
    for entry in case.entries:
        if entry.date is None or (entry.date.year, entry.date.month) in months:
            continue
        carried = case.carried.get(entry.pk)
        if carried and carried.reason:
            words = {"from": carried.issue.number_label, "why": carried.reason}
            message = _("从%(from)s移来：%(why)s") % words
            yield Problem("carried", "hint", message, entry_id=entry.pk)
        else:
            message = _("“%(text)s”不是所报月份的事。") % {"text": entry.text[:20]}
            end = entry.text.find("，")
            yield Problem(
                "other-month", "warn", message, entry_id=entry.pk, start=0, end=max(end, 1)
            )


def _sources(case: Case) -> Iterator[Problem]:
    """What was handed in has been taken back, or says something else than when it was placed."""
    by_entry: dict[int, list[EntrySource]] = defaultdict(list)
    for source in case.sources:
        by_entry[source.entry_id].append(source)
    duties = {entry.pk for entry in case.entries if entry.kind == Entry.Kind.DUTY}
    for entry, sources in by_entry.items():
        for source in sources:
            row = source.submission
            if row.state != "accepted" and entry not in duties:
                yield Problem(
                    "taken-back",
                    "block",
                    _("来稿现在是“%(state)s”，条目还在本期。请重新采用，或者取下这一条。")
                    % {"state": row.get_state_display()},
                    entry_id=entry,
                    lead="submission",
                    lead_id=row.pk,
                )
            elif source.text and source.text != row.text:
                yield Problem(
                    "source-changed",
                    "warn",
                    _("来稿编入之后又改过，这里还是编入时的文字。"),
                    entry_id=entry,
                    lead="submission",
                    lead_id=row.pk,
                )


def _left_over(issue: Issue) -> Iterator[Problem]:
    if count := waiting(issue).count():
        yield Problem("waiting", "warn", _("还有%(n)s条已采用的没有编入。") % {"n": count})
    held = Submission.objects.filter(
        publication=issue.publication_id,
        year=issue.year,
        month__in=issue.months,
        state__in=IN_REVIEW,
    ).count()
    if held:
        message = _("收件箱里还有%(n)s条没有处理。") % {"n": held}
        yield Problem("in-review", "hint", message, lead="inbox")
