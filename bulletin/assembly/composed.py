"""The paragraphs the system writes itself: the statistics and the merged 值守 sentence.

Written anew whenever their sources change, until somebody touches them; what was touched
keeps its words and only `composed` moves on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bulletin.composing import visitors
from bulletin.models import Aside, Entry, EntrySource, Issue, Section, Submission
from bulletin.models.publications import SectionKind
from bulletin.narrating import narrative_of
from windows.sentences import duty_sentence

from .placing import LAST, first_of_kind


@dataclass(slots=True)
class Collected:
    """What `collect` did: entries newly placed, entries composed anew, and what it could not."""

    placed: list[Entry] = field(default_factory=list)
    composed: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compose_duty(
    issue: Issue, sections: Sequence[Section], fresh: list[Submission], done: Collected
) -> None:
    """All 值守 visits in one last sentence, by date then department (rules 1.1.10–11).

    A visit that was taken back since leaves the sentence.
    """
    section = first_of_kind(sections, SectionKind.VISITS)
    if section is None:
        return
    entry = issue.entries.filter(kind=Entry.Kind.DUTY).select_related("section").first()
    placed = duties_of(entry) if entry else []
    text = duty_text(issue, [*(one for one in placed if one.state == "accepted"), *fresh])
    if not text:
        return
    if entry:
        entry.sources.exclude(submission__state="accepted").delete()
    entry = _write(issue, section, entry, Entry.Kind.DUTY, text, done)
    for submission in fresh:
        EntrySource.objects.create(entry=entry, submission=submission)
        if submission.window:
            entry.departments.add(submission.window.department)
    issue.asides.filter(kind=Entry.Kind.DUTY, deed=Aside.Deed.DROPPED).delete()


def duty_text(issue: Issue, submissions: Iterable[Submission]) -> str:
    """The sentence of these visits; "" where there is nobody to name."""
    people = [
        visitor
        for submission in sorted(submissions, key=_duty_order)
        if submission.visit
        for visitor in visitors(submission.visit)
    ]
    return duty_sentence(issue.period.months, people, issue.centre.hall_name) if people else ""


def duties_of(entry: Entry) -> list[Submission]:
    """The visits a 值守 sentence stands on, whatever has become of them; two queries."""
    rows = Submission.objects.filter(placement__entry=entry).select_related(
        "visit__centre", "visit__window__department", "window__department"
    )
    return list(rows.prefetch_related("visit__visitors"))


def _duty_order(submission: Submission) -> tuple[dt.date, int, int]:
    department = submission.window.department if submission.window else None
    date = submission.visit.date if submission.visit else None
    return (date or LAST, department.order if department else 0, submission.pk)


def compose_narrative(issue: Issue, sections: Sequence[Section], done: Collected) -> None:
    section = first_of_kind(sections, SectionKind.STATS)
    if section is None or not issue.narrative:
        return
    told = narrative_of(issue)
    if told.sentence is None:
        done.notes.append(told.reason)
        return
    entry = issue.entries.filter(kind=Entry.Kind.NARRATIVE).first()
    _write(issue, section, entry, Entry.Kind.NARRATIVE, told.sentence.text, done)
    issue.asides.filter(kind=Entry.Kind.NARRATIVE, deed=Aside.Deed.DROPPED).delete()


def _write(
    issue: Issue, section: Section, entry: Entry | None, kind: str, text: str, done: Collected
) -> Entry:
    if entry is None:
        position = section.entries.count() + 1
        entry = Entry.objects.create(
            issue=issue, section=section, kind=kind, position=position, text=text, composed=text
        )
        done.placed.append(entry)
        return entry
    if entry.composed != text:
        if not entry.touched:
            entry.text = text
        elif not entry.basis:
            entry.basis = entry.composed
        entry.composed = text
        entry.version += 1
        entry.save()
        done.composed.append(entry)
    return entry
