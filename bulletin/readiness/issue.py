"""Everything that stands between an issue and its sign-off, shown together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from bulletin.assembly import build_document, waiting
from bulletin.checking import proofreading_context
from bulletin.document import IssueDocument
from bulletin.models import Entry, Issue, Submission
from bulletin.models.publications import SectionKind
from bulletin.narrating import Narrative, narrative_of
from bulletin.proofreading.rules import check_text
from bulletin.proofreading.similarity import duplicates
from bulletin.renderers.limits import beyond
from bulletin.typeset.fonts import uncovered
from stats.models import MonthlyReport
from stats.narrative import altered, said_otherwise
from stats.totals import COUNTED
from windows.models import Leader, ServiceWindow, Visitor

from .problems import Problem, Severity

IN_REVIEW = ("submitted", "endorsed", "claimed")


def check_issue(issue: Issue) -> list[Problem]:
    """All problems at once, the blocking ones first."""
    entries = list(issue.entries.order_by("section__position", "position"))
    told = narrative_of(issue)
    problems = [
        *_masthead(issue),
        *_sections(issue, entries),
        *_figures(issue, told),
        *_narrative(entries, told),
        *_dates(issue, entries),
        *_visitors(issue),
        *_left_over(issue),
        *_printing(build_document(issue)),
        *_texts(issue, entries),
        *_alike(entries),
    ]
    rank = {"block": 0, "warn": 1, "hint": 2}
    return sorted(problems, key=lambda problem: rank[problem.severity])


def _masthead(issue: Issue) -> Iterator[Problem]:
    if issue.issued_on is None:
        yield Problem("no-date", "block", _("还没有填印发日期。"))
    elif issue.issued_on < issue.last_day:
        yield Problem("early-date", "warn", _("印发日期早于所报月份的最后一天。"))
    if issue.number != issue.month:
        yield Problem(
            "number",
            "warn",
            _("期号%(number)s与所报月份%(month)s不同。")
            % {"number": issue.number, "month": issue.month},
        )


def _sections(issue: Issue, entries: Sequence[Entry]) -> Iterator[Problem]:
    if not entries:
        yield Problem("empty", "block", _("本期还没有条目。先按“收集”。"))
        return
    filled = {entry.section_id for entry in entries}
    for section in issue.sections.all():
        if section.pk not in filled:
            words = _("标题照印") if section.print_when_empty else _("这个栏目不印")
            yield Problem(
                "empty-section",
                "warn",
                _("“%(heading)s”没有条目，%(what)s。")
                % {"heading": section.heading, "what": words},
                section_id=section.pk,
            )


def _figures(issue: Issue, told: Narrative) -> Iterator[Problem]:
    stats = next((s for s in issue.sections.all() if s.kind == SectionKind.STATS), None)
    if stats is None or not issue.narrative:
        return
    if told.reason:
        yield Problem("missing-figure", "block", told.reason, section_id=stats.pk)
    if _told_by_the_centre(told):
        return
    silent = _silent_windows(issue)
    for month in issue.months:
        names = [window.name for window, silent_month in silent if silent_month == month]
        if names:
            yield Problem(
                "missing-window",
                "block",
                _("%(month)s月数据还没有确认：%(windows)s。")
                % {"month": month, "windows": "、".join(names)},
                section_id=stats.pk,
            )


def _told_by_the_centre(told: Narrative) -> bool:
    """All figures stand in the centre's own report, as in an issue read from print."""
    return bool(told.figures) and all(f.report.window_id is None for f in told.figures)


def _silent_windows(issue: Issue) -> list[tuple[ServiceWindow, int]]:
    windows = list(ServiceWindow.objects.filter(centre=issue.centre, is_open=True))
    heard = set(
        MonthlyReport.objects.filter(
            centre=issue.centre, year=issue.year, month__in=issue.months, state__in=COUNTED
        ).values_list("window_id", "month")
    )
    return [(w, m) for m in issue.months for w in windows if (w.pk, m) not in heard]


def _narrative(entries: Sequence[Entry], told: Narrative) -> Iterator[Problem]:
    entry = next((e for e in entries if e.kind == Entry.Kind.NARRATIVE), None)
    if entry is None or told.sentence is None:
        return
    labels = {record.key: record.label for record in told.records}
    for span in altered(told.sentence, entry.text):
        words = {"label": labels[span.key], "printed": told.sentence.words(span)}
        code, message = "figure-altered", _("“%(label)s”与数据不符，数据是%(printed)s。")
        severity: Severity = "block"
        if other := said_otherwise(told.sentence, span, entry.text):
            code, severity = "figure-rewritten", "warn"
            message = _("“%(label)s”写作%(other)s，与数据相等，但刊出的写法是%(printed)s。")
            words["other"] = other
        yield Problem(code, severity, message % words, entry_id=entry.pk)
    if entry.composed and entry.composed != told.sentence.text:
        yield Problem(
            "figures-changed",
            "warn",
            _("数据有变动，运行情况一段还是旧的。请再按“收集”。"),
            entry_id=entry.pk,
        )


def _dates(issue: Issue, entries: Sequence[Entry]) -> Iterator[Problem]:
    months = {(issue.year, month) for month in issue.months}
    for entry in entries:
        if entry.date and (entry.date.year, entry.date.month) not in months:
            yield Problem(
                "other-month",
                "warn",
                _("“%(text)s”不是所报月份的事。") % {"text": entry.text[:20]},
                entry_id=entry.pk,
            )


def _visitors(issue: Issue) -> Iterator[Problem]:
    """Rule 28: each name and post as the directory has it on that day."""
    rows = Visitor.objects.filter(visit__submission__placement__entry__issue=issue).select_related(
        "visit__submission__placement"
    )
    leaders = list(Leader.objects.filter(centre=issue.centre).select_related("department"))
    for row in rows:
        if reason := _mismatch(row, leaders, row.visit.date or issue.last_day):
            yield Problem(
                "visitor",
                "warn",
                reason,
                entry_id=row.visit.submission.placement.entry_id,
            )


def _mismatch(visitor: Visitor, leaders: Sequence[Leader], day: dt.date) -> str:
    words = {"name": visitor.name, "post": visitor.post}
    named = [leader for leader in leaders if leader.name == visitor.name]
    if not named:
        return _("名录里没有“%(name)s”，请核对姓名。") % words
    valid = [
        leader for leader in named if (leader.valid_from or day) <= day <= (leader.valid_to or day)
    ]
    if any(leader.post == visitor.post for leader in valid):
        return ""
    posts = "、".join(f"“{leader.post}”" for leader in valid or named)
    return _("%(name)s的职务写作“%(post)s”，名录在当日是%(posts)s。") % {**words, "posts": posts}


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
        yield Problem("in-review", "hint", _("收件箱里还有%(n)s条没有处理。") % {"n": held})


def _printing(document: IssueDocument) -> Iterator[Problem]:
    """What cannot be set, and characters no font has, which would be lost (typesetting 2)."""
    for reason in beyond(document):
        yield Problem("limit", "block", reason)
    for char, where in uncovered(document):
        yield Problem(
            "glyph",
            "block",
            _("%(where)s的“%(char)s”没有字体能印，请换字或装字体。")
            % {"where": where, "char": char},
        )


def _texts(issue: Issue, entries: Sequence[Entry]) -> Iterator[Problem]:
    """The proofreading rules over every paragraph (domain.md section 2)."""
    context = proofreading_context(
        issue.centre, year=issue.year, month=issue.month, month_to=issue.month_to
    )
    for entry in entries:
        for found in check_text(entry.text, context):
            yield Problem(
                f"rule-{found.rule}",
                found.severity,
                found.message,
                entry_id=entry.pk,
                start=found.start,
                end=found.end,
                suggestion=found.suggestion,
                auto=found.auto,
            )


def _alike(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Rule 42: two items that tell much the same."""
    items = [entry for entry in entries if entry.kind == Entry.Kind.NEWS]
    for found in duplicates([entry.text for entry in items]):
        one, other = items[found.first], items[found.second]
        words = {
            "one": other.text[:20],
            "other": one.text[:20],
            "share": round(found.score * 100),
        }
        yield Problem(
            "alike",
            found.severity,
            _("“%(one)s”与“%(other)s”有%(share)s%%相同。") % words,
            entry_id=other.pk,
        )
