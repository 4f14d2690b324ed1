"""The statistics paragraph against the data, and the 值守 sentence against its visits."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from bulletin.assembly.composed import duty_text
from bulletin.models import Entry, Issue
from bulletin.models.publications import SectionKind
from bulletin.narrating import Narrative
from stats.models import MonthlyReport
from stats.narrative import Sentence, Span, altered, said_otherwise
from stats.totals import COUNTED
from windows.models import ServiceWindow

from .case import Case
from .month import check_figures
from .problems import Problem, Severity


def figures(case: Case) -> Iterator[Problem]:
    stats = case.section(SectionKind.STATS)
    if stats is None or not case.issue.narrative:
        return
    if case.told.reason:
        yield Problem(
            "missing-figure", "block", case.told.reason, section_id=stats.pk, lead="figures"
        )
    if _told_by_the_centre(case.told):
        return
    yield from check_figures(case.issue, stats.pk)
    silent = _silent_windows(case.issue)
    for month in case.issue.months:
        names = [window.name for window, silent_month in silent if silent_month == month]
        if names:
            yield Problem(
                "missing-window",
                "block",
                _("%(month)s月数据还没有确认：%(windows)s。")
                % {"month": month, "windows": "、".join(names)},
                section_id=stats.pk,
                lead="figures",
            )


def _told_by_the_centre(told: Narrative) -> bool:
    """No window answered, and all figures stand in the centre's own report, as in an issue
    read from print."""
    figures, nils = told.answers.figures, told.answers.nils
    return bool(figures) and all(row.report.window_id is None for row in figures) and not nils


def _silent_windows(issue: Issue) -> list[tuple[ServiceWindow, int]]:
    windows = list(ServiceWindow.objects.filter(centre=issue.centre, is_open=True))
    heard = set(
        MonthlyReport.objects.filter(
            centre=issue.centre, year=issue.year, month__in=issue.months, state__in=COUNTED
        ).values_list("window_id", "month")
    )
    return [(w, m) for m in issue.months for w in windows if (w.pk, m) not in heard]


def narrative(case: Case) -> Iterator[Problem]:
    """A number changed by hand, at its characters; data that moved on behind the text."""
    sentence = case.told.sentence
    entry = next((e for e in case.entries if e.kind == Entry.Kind.NARRATIVE), None)
    if entry is None or sentence is None:
        return
    labels = {record.key: record.label for record in case.told.records}
    for span in altered(sentence, entry.text):
        start, end = _now_at(sentence, span, entry.text)
        words = {"label": labels[span.key], "printed": sentence.words(span)}
        code, message = "figure-altered", _("“%(label)s”与数据不符，数据是%(printed)s。")
        severity: Severity = "block"
        if other := said_otherwise(sentence, span, entry.text):
            code, severity = "figure-rewritten", "warn"
            message = _("“%(label)s”写作%(other)s，与数据相等，但刊出的写法是%(printed)s。")
            words["other"] = other
        yield Problem(
            code,
            severity,
            message % words,
            entry_id=entry.pk,
            start=start,
            end=end,
            suggestion=sentence.words(span),
            lead="figures",
        )
    if entry.composed and entry.composed != sentence.text:
        yield Problem(
            "figures-changed",
            "warn",
            _("数据有变动，运行情况一段还是旧的。请再按“收集”。"),
            entry_id=entry.pk,
        )


def _now_at(sentence: Sentence, span: Span, edited: str) -> tuple[int, int]:
    """What stands now where the figure stood: what is the same before it and after it ends."""
    matcher = SequenceMatcher(None, sentence.text, edited, autojunk=False)
    start, end = 0, len(edited)
    for block in matcher.get_matching_blocks():
        if block.size and block.a <= span.start:
            start = block.b + min(span.start - block.a, block.size)
        if block.size and block.a + block.size > span.end:
            end = block.b + max(span.end - block.a, 0)
            break
    while start and edited[start - 1] in "0123456789.":
        start -= 1
    return min(start, end), end


def duty(case: Case) -> Iterator[Problem]:
    """Visits came, went or changed since the sentence was written."""
    entry = next((e for e in case.entries if e.kind == Entry.Kind.DUTY), None)
    if entry is None or not entry.composed:
        return
    own = [one.submission for one in case.sources if one.entry_id == entry.pk]
    text = duty_text(case.issue, [one for one in own if one.state == "accepted"])
    if text and text != entry.composed:
        yield Problem(
            "duty-changed",
            "warn",
            _("值守的来访有变动，合写的一句还是旧的。请再按“收集”。"),
            entry_id=entry.pk,
        )
    elif entry.outdated:
        yield Problem(
            "duty-outdated",
            "warn",
            _("值守一句手工改过，之后来访又有变动，请核对名单。"),
            entry_id=entry.pk,
        )
