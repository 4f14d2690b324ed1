"""A new issue: its number, and the masthead, sections and imprint that become its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from bulletin.models import Issue, Publication, Section
from bulletin.moves import leave_trail
from windows.models import User

from .editing import require_editor


def next_number(publication: Publication, year: int, month: int) -> int:
    """The number after the year's last one; numbers of a year have no gap, whatever the order
    in which months are opened. A publication's very first issue is numbered by its month: the
    numbers before it were printed elsewhere."""
    issues = Issue.objects.filter(publication=publication)
    last = issues.filter(year=year).order_by("-number").first()
    if last is not None:
        return (last.number_to or last.number) + 1
    return 1 if issues.exists() else month


def open_issue(
    publication: Publication,
    *,
    year: int,
    month: int,
    by: User | None,
    month_to: int | None = None,
    number: int | None = None,
    number_to: int | None = None,
    issued_on: dt.date | None = None,
) -> Issue:
    """A new issue with the publication's masthead, sections and imprint as its own.

    Without a number it gets the next one of the year; who opens another issue of the same
    publication meanwhile waits and gets the one after. Raises ValidationError.
    """
    with transaction.atomic():
        Publication.objects.select_for_update().get(pk=publication.pk)
        if number is None:
            number = next_number(publication, year, month)
            number_to = number_to or (number + month_to - month if month_to else None)
        issue = Issue(
            publication=publication,
            year=year,
            month=month,
            month_to=month_to,
            number=number,
            number_to=number_to,
            issued_on=issued_on,
            **_masthead(publication),
        )
        if by:
            require_editor(issue, by)
        issue.full_clean()
        issue.save()
        _copy_sections(issue)
        leave_trail(issue, "open_issue", by=by)
    return issue


def _masthead(publication: Publication) -> dict[str, Any]:
    return {
        "title": publication.title,
        "issuer": publication.issuer,
        "imprint": [[line.label, line.text] for line in publication.imprint.all()],
        "narrative": publication.narrative,
    }


def _copy_sections(issue: Issue) -> None:
    months = issue.period.months.removesuffix("月")
    for position, template in enumerate(issue.publication.section_templates.all(), 1):
        Section.objects.create(
            issue=issue,
            key=template.key,
            heading=template.heading.replace("{y}", str(issue.year)).replace("{m}", months),
            kind=template.kind,
            position=position,
            print_when_empty=template.print_when_empty,
        )
