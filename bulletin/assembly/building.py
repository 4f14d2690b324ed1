"""From the rows of an issue to the one value that is printed (law 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bulletin.document import (
    ImprintLine,
    IssueDocument,
    Item,
    Layout,
    VisitRecord,
)
from bulletin.document import Section as PrintedSection
from bulletin.models import Entry, Issue, Publication
from bulletin.models.publications import SectionKind
from bulletin.narrating import Narrative, narrative_of
from windows.models import LeaderVisit


def build_document(issue: Issue) -> IssueDocument:
    """The frozen value of the issue as it stands, in a fixed number of queries."""
    entries = list(
        issue.entries.order_by("section__position", "position").prefetch_related(
            "departments__former_names"
        )
    )
    told = _told(issue, entries)
    return IssueDocument(
        masthead=issue.title,
        number=issue.number,
        number_to=issue.number_to,
        period=issue.period,
        issuer=issue.issuer,
        issued_on=issue.issued_on,
        sections=tuple(_printed_sections(issue, entries)),
        imprint=tuple(ImprintLine(label, text) for label, text in issue.imprint),
        visits=tuple(_visit_records(issue)),
        figures=tuple(told.records),
        layout=layout_of(issue.publication),
        restatements=tuple(told.restatements),
    )


def layout_of(publication: Publication) -> Layout:
    """How an issue of the publication is set."""
    return Layout(
        rows=publication.rows_per_page,
        cells=publication.cells_per_row,
        hang=publication.hang_punctuation,
        autospace=publication.autospace,
    )


def _printed_sections(issue: Issue, entries: Sequence[Entry]) -> list[PrintedSection]:
    sections = []
    end = issue.last_day
    for section in issue.sections.all():
        items = tuple(_item(e, end) for e in entries if e.section_id == section.pk)
        if items or section.print_when_empty:
            numbered = section.kind != SectionKind.STATS
            sections.append(PrintedSection(section.key, section.heading, items, numbered))
    return sections


def _item(entry: Entry, end: dt.date) -> Item:
    names = tuple(d.name_on(entry.date or end) for d in entry.departments.all())
    return Item(entry.text, entry.kind, entry.date, names)


def _visit_records(issue: Issue) -> list[VisitRecord]:
    """Who came, from the visits whose entries stand in the issue, in printed order."""
    visits = (
        LeaderVisit.objects.filter(submission__placement__entry__issue=issue)
        .order_by("submission__placement__entry__position", "date", "pk")
        .prefetch_related("visitors")
    )
    return [
        VisitRecord(row.name, row.post, row.department_name, visit.date, visit.kind)
        for visit in visits
        for row in visit.visitors.all()
    ]


def _told(issue: Issue, entries: Sequence[Entry]) -> Narrative:
    """The statistics paragraph's figures, where the issue prints one."""
    if not any(entry.kind == Entry.Kind.NARRATIVE for entry in entries):
        return Narrative(None)
    return narrative_of(issue)
