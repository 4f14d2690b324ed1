"""From accepted submissions to entries; the paragraphs the system writes itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bulletin.composing import submission_text, visitors
from bulletin.models import Entry, EntrySource, Issue, Section, Submission
from bulletin.models.publications import SectionKind
from bulletin.moves import leave_trail
from bulletin.narrating import narrative_of
from bulletin.proofs import open_for_editing
from windows.models import LeaderVisit, User
from windows.sentences import duty_sentence

from .editing import make_room, require_editor

LAST = dt.date.max


@dataclass(slots=True)
class Collected:
    """What `collect` did: entries newly placed, entries composed anew, and what it could not."""

    placed: list[Entry] = field(default_factory=list)
    composed: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def waiting(issue: Issue) -> QuerySet[Submission]:
    """Accepted news and visits up to the issue's month that stand in no issue yet."""
    last = issue.months[-1]
    return (
        Submission.objects.filter(
            Q(year__lt=issue.year) | Q(year=issue.year, month__lte=last),
            publication=issue.publication_id,
            state="accepted",
            placement=None,
            kind__in=["news", "visit"],
        )
        .select_related("news", "visit__window__department", "visit__centre", "window__department")
        .prefetch_related("visit__visitors", "news__departments")
        .order_by("pk")
    )


def collect(issue: Issue, *, by: User | None) -> Collected:
    """Place what is accepted and compose what the system writes; running it again adds nothing."""
    if by:
        require_editor(issue, by)
    done = Collected()
    with transaction.atomic():
        row = open_for_editing(issue, by=by, what=_("重新收集了条目"))
        sections = list(row.sections.all())
        duties = []
        for submission in waiting(row):
            if submission.visit and submission.visit.kind == LeaderVisit.Kind.DUTY:
                duties.append(submission)
            elif section := _section_for(submission, sections):
                done.placed.append(_place_new(row, section, submission))
            else:
                done.notes.append(_("没有合适的栏目：%(what)s") % {"what": submission.headline})
        _compose_duty(row, sections, duties, done)
        _compose_narrative(row, sections, done)
        leave_trail(
            row,
            "collect",
            by=by,
            data={"placed": [entry.pk for entry in done.placed]},
        )
    return done


def _section_for(submission: Submission, sections: Sequence[Section]) -> Section | None:
    if submission.visit:
        return _first_of_kind(sections, SectionKind.VISITS)
    assert submission.news is not None  # noqa: S101  the CHECK constraint says so
    wanted = submission.news.section_key
    named = next((s for s in sections if s.key == wanted), None)
    return named or _first_of_kind(sections, SectionKind.NEWS)


def _first_of_kind(sections: Sequence[Section], kind: str) -> Section | None:
    return next((section for section in sections if section.kind == kind), None)


def _place_new(issue: Issue, section: Section, submission: Submission) -> Entry:
    date = submission.news.date if submission.news else submission.visit.date  # type: ignore[union-attr]
    entry = Entry(
        issue=issue,
        section=section,
        kind=Entry.Kind.VISIT if submission.visit else Entry.Kind.NEWS,
        date=date,
        text=submission.text or submission_text(submission),
    )
    department = submission.window.department if submission.window else None
    order = department.order if department else 0
    entry.position = _sorted_position(section, date, order)
    make_room(section, entry.position)
    entry.save()
    joint = list(submission.news.departments.all()) if submission.news else []
    entry.departments.set([*([department] if department else []), *joint])
    EntrySource.objects.create(entry=entry, submission=submission)
    return entry


def _sorted_position(section: Section, date: dt.date | None, order: int) -> int:
    """After every entry of an earlier date or, on the same day, an earlier department
    (rule 1.1.7); progress sections keep the editor's order, so new ones go last."""
    entries = list(section.entries.prefetch_related("departments").order_by("position"))
    if section.kind == SectionKind.PROGRESS:
        return len(entries) + 1
    for entry in entries:
        first = min((d.order for d in entry.departments.all()), default=0)
        if entry.kind == Entry.Kind.DUTY or (entry.date or LAST, first) > (date or LAST, order):
            return entry.position
    return len(entries) + 1


def _compose_duty(
    issue: Issue, sections: Sequence[Section], fresh: list[Submission], done: Collected
) -> None:
    """All 值守 visits in one last sentence, by date then department (rules 1.1.10–11)."""
    section = _first_of_kind(sections, SectionKind.VISITS)
    if section is None:
        return
    entry = section.entries.filter(kind=Entry.Kind.DUTY).first()
    placed = _placed_duties(entry) if entry else []
    people = [
        visitor
        for submission in sorted([*placed, *fresh], key=_duty_order)
        for visitor in visitors(submission.visit)  # type: ignore[arg-type]
    ]
    if not people:
        return
    text = duty_sentence(issue.period.months, people, issue.centre.hall_name)
    entry = _write_composed(issue, section, entry, Entry.Kind.DUTY, text, done)
    for submission in fresh:
        EntrySource.objects.create(entry=entry, submission=submission)
        if submission.window:
            entry.departments.add(submission.window.department)


def _placed_duties(entry: Entry) -> list[Submission]:
    rows = Submission.objects.filter(placement__entry=entry).select_related(
        "visit__centre", "visit__window__department", "window__department"
    )
    return list(rows.prefetch_related("visit__visitors"))


def _duty_order(submission: Submission) -> tuple[dt.date, int, int]:
    department = submission.window.department if submission.window else None
    date = submission.visit.date if submission.visit else None
    return (date or LAST, department.order if department else 0, submission.pk)


def _compose_narrative(issue: Issue, sections: Sequence[Section], done: Collected) -> None:
    section = _first_of_kind(sections, SectionKind.STATS)
    if section is None or not issue.narrative:
        return
    told = narrative_of(issue)
    if told.sentence is None:
        done.notes.append(told.reason)
        return
    entry = section.entries.filter(kind=Entry.Kind.NARRATIVE).first()
    _write_composed(issue, section, entry, Entry.Kind.NARRATIVE, told.sentence.text, done)


def _write_composed(
    issue: Issue, section: Section, entry: Entry | None, kind: str, text: str, done: Collected
) -> Entry:
    """Write the system's paragraph; one touched by hand keeps its words (only `composed` moves)."""
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
        entry.composed = text
        entry.version += 1
        entry.save()
        done.composed.append(entry)
    return entry
