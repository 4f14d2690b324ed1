"""Where a submission belongs in an issue: its section, and its place among the entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bulletin.models import Entry, Section, Submission
from bulletin.models.publications import SectionKind

LAST = dt.date.max


def section_for(submission: Submission, sections: Sequence[Section]) -> Section | None:
    """The section a news item was written for, else the first of its kind."""
    if submission.visit:
        return first_of_kind(sections, SectionKind.VISITS)
    wanted = submission.news.section_key if submission.news else ""
    named = next((s for s in sections if s.key == wanted), None)
    return named or first_of_kind(sections, SectionKind.NEWS)


def first_of_kind(sections: Sequence[Section], kind: str) -> Section | None:
    return next((section for section in sections if section.kind == kind), None)


def sorted_position(section: Section, date: dt.date | None, order: int) -> int:
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
