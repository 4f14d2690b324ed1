"""What is looked at: an issue with its rows, read once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bulletin.assembly import build_document
from bulletin.document import IssueDocument
from bulletin.models import Aside, Entry, EntrySource, Issue, Section
from bulletin.narrating import Narrative, narrative_of
from windows.models import Visitor


@dataclass(frozen=True, slots=True)
class Case:
    issue: Issue
    document: IssueDocument
    sections: list[Section]
    entries: list[Entry]
    sources: list[EntrySource]
    visitors: list[Visitor]
    carried: dict[int, Aside]  # entry → how it came from an earlier issue
    told: Narrative

    def section(self, kind: str) -> Section | None:
        return next((one for one in self.sections if one.kind == kind), None)

    def day_of(self, entry: Entry) -> dt.date:
        return entry.date or self.issue.last_day


def case_of(issue: Issue, document: IssueDocument | None = None) -> Case:
    """`document` where the caller has built it already."""
    sources = EntrySource.objects.filter(entry__issue=issue)
    carried = Aside.objects.filter(into__issue=issue, deed=Aside.Deed.CARRIED)
    visitors = Visitor.objects.filter(visit__submission__placement__entry__issue=issue)
    return Case(
        issue=issue,
        document=document or build_document(issue),
        sections=list(issue.sections.all()),
        entries=list(
            issue.entries.order_by("section__position", "position").prefetch_related("departments")
        ),
        sources=list(
            sources.select_related(
                "submission__news", "submission__visit__centre", "submission__window__department"
            ).order_by("pk")
        ),
        visitors=list(visitors.select_related("visit__submission__placement").order_by("pk")),
        carried={one.into_id: one for one in carried.select_related("issue") if one.into_id},
        told=narrative_of(issue),
    )
