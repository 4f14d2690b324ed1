"""What speaks against the month's confirmed figures, and how the windows explain them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bulletin.models import Issue
from stats.models import MonthlyReport
from stats.month_checks import findings_of, named, place_of
from stats.totals import COUNTED

from .problems import Problem

# A blank cell was pointed out where it was entered; a window that gave nothing is told by name.
_SAID_ELSEWHERE = frozenset({"blank", "all_zero"})


def check_figures(issue: Issue, section_id: int) -> Iterator[Problem]:
    """Of each month the issue is about. Queries are the same few however many windows."""
    for month in issue.months:
        reports = list(
            MonthlyReport.objects.filter(
                centre=issue.centre, year=issue.year, month=month, state__in=COUNTED
            )
            .select_related("window", "centre")
            .prefetch_related("figures__indicator")
        )
        names = {place_of(row): row.window.name for row in reports if row.window}
        for finding in findings_of(issue.centre, issue.year, month, reports):
            if finding.code not in _SAID_ELSEWHERE:
                words = named(finding, names).message
                yield Problem(
                    f"figure-{finding.code}",
                    finding.severity,
                    words,
                    section_id=section_id,
                    lead="figures",
                )
        yield from _explained(reports, names, section_id)


def _explained(
    reports: list[MonthlyReport], names: dict[str, str], section_id: int
) -> Iterator[Problem]:
    """口径说明, as the windows wrote them, for the editors to read."""
    for report in reports:
        for figure in report.figures.all():
            if figure.note.strip():
                words = {
                    "name": names.get(place_of(report), report.centre.self_name),
                    "label": figure.indicator.label,
                    "note": figure.note.strip(),
                }
                yield Problem(
                    "figure-explained",
                    "hint",
                    _("%(name)s的%(label)s有口径说明：%(note)s") % words,
                    section_id=section_id,
                    lead="figures",
                )
