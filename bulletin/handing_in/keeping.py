"""Rows from what was written, and what was written back from rows."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Final

from django.utils.translation import gettext as _

from bulletin.handing_in.written import Count, Counts, News, Person, Place, Target, Visit, Written
from bulletin.models import NewsItem, Submission
from bulletin.moves import MoveRefused
from stats.models import Figure, MonthlyReport
from windows.models import LeaderVisit, User, Visitor

EDITABLE: Final = frozenset({"draft", "returned"})


def find(place: Place, written: Written, target: Target) -> Submission | None:
    """The locked row that is meant, or None for a new one. A month has one report a window."""
    rows = Submission._base_manager.select_for_update()
    if target.pk:
        return rows.get(pk=target.pk)
    if isinstance(written, Counts):
        month = {"window": place.window, "year": place.year, "month": place.month}
        return rows.filter(kind="report", **month).first()
    return rows.filter(key=target.key).first() if target.key else None


def read_back(row: Submission) -> Written:
    """The form's values of a kept submission."""
    if row.news:
        return _read_news(row.news)
    if row.visit:
        return _read_visit(row.visit)
    return _read_counts(row.report)


def _wrap(place: Place, by: User, target: Target, kind: str) -> Submission:
    return Submission(
        centre_id=place.window.centre_id,
        publication=place.publication,
        call=place.call,
        window=place.window,
        year=place.year,
        month=place.month,
        kind=kind,
        submitted_by=by,
        key=target.key or uuid.uuid4(),
        version=0,
    )


def _write_news(
    place: Place, written: News, found: Submission | None, by: User, target: Target
) -> Submission:
    row = found or _wrap(place, by, target, "news")
    item = row.news or NewsItem(centre_id=place.window.centre_id, window=place.window)
    item.section_key, item.date = written.section_key, written.date
    item.subject, item.text = written.subject, written.text
    item.save()
    row.news = item
    return row


def _read_news(item: NewsItem) -> News:
    return News(item.section_key, item.date, item.subject, item.text)


def _write_visit(
    place: Place, written: Visit, found: Submission | None, by: User, target: Target
) -> Submission:
    row = found or _wrap(place, by, target, "visit")
    visit = row.visit or LeaderVisit(centre_id=place.window.centre_id)
    visit.window, visit.date, visit.kind = written.window, written.date, written.kind
    visit.year = written.date.year if written.date else place.year
    visit.month = written.date.month if written.date else place.month
    visit.opening, visit.remarks = written.opening, written.remarks
    visit.save()
    visit.visitors.all().delete()
    Visitor.objects.bulk_create(_visitors(visit, written.people))
    row.visit = visit
    return row


def _visitors(visit: LeaderVisit, people: Iterable[Person]) -> list[Visitor]:
    return [
        Visitor(
            visit=visit,
            position=position,
            leader=person.leader,
            department_name=person.department,
            post=person.post,
            name=person.name,
        )
        for position, person in enumerate(people, 1)
    ]


def _read_visit(visit: LeaderVisit) -> Visit:
    people = tuple(
        Person(row.department_name, row.post, row.name, row.leader)
        for row in visit.visitors.select_related("leader")
    )
    return Visit(visit.date, visit.window, visit.kind, visit.opening, visit.remarks, people)


def _write_counts(
    place: Place, written: Counts, found: Submission | None, by: User, target: Target
) -> Submission:
    report, _made = MonthlyReport.objects.get_or_create(
        centre_id=place.window.centre_id, window=place.window, year=place.year, month=place.month
    )
    if report.state != MonthlyReport.State.ENTERED:
        raise MoveRefused(_("这个月的数据中心已经确认，不能再改；要改请与中心数据员联系。"))
    report.nil = written.nil
    report.save(update_fields=["nil"])
    report.figures.exclude(indicator__in=[count.indicator for count in written.rows]).delete()
    stored = {figure.indicator_id: figure for figure in report.figures.all()}
    for count in written.rows:
        _write_count(report, count, stored.get(count.indicator.pk), by)
    row = found or _wrap(place, by, target, "report")
    row.report = report
    return row


def _write_count(report: MonthlyReport, count: Count, figure: Figure | None, by: User) -> None:
    """What is unchanged keeps its author and time: sent again, it is not late."""
    now = (count.value, count.denominator, count.note)
    if figure and (figure.value, figure.denominator, figure.note) == now:
        return
    figure = figure or Figure(report=report, indicator=count.indicator)
    figure.value, figure.denominator, figure.note = now
    figure.precision, figure.source, figure.entered_by = 1, "desk", by
    figure.save()


def _read_counts(report: MonthlyReport | None) -> Counts:
    if report is None:
        return Counts()
    figures = report.figures.select_related("indicator").order_by("indicator__order", "indicator")
    rows = (Count(row.indicator, row.value, row.denominator, row.note) for row in figures)
    return Counts(tuple(rows), report.nil)


WRITERS: Final[dict[type, Callable[..., Submission]]] = {
    News: _write_news,
    Visit: _write_visit,
    Counts: _write_counts,
}
