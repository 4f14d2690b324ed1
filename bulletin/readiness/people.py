"""Names, posts and departments against the directory (rules 28, 30 and 32)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from bulletin.models import Entry
from bulletin.proofreading.roster import (
    Mention,
    Mismatch,
    Person,
    Roster,
    mentions,
    mismatch,
    mismatches,
    out_of_order,
)
from windows.models import Centre, Department, Leader

from .case import Case
from .problems import Problem


def roster_of(centre: Centre, day: dt.date) -> Roster:
    """The directory; departments by their name on `day`, found by every name; three queries."""
    departments = list(Department.objects.filter(centre=centre).prefetch_related("former_names"))
    names = {one.pk: _names(one) for one in departments}
    today = {one.pk: one.name_on(day) for one in departments}
    people = tuple(
        Person(
            row.pk, row.name.strip(), row.post.strip(), today[row.department_id],
            names[row.department_id], row.rank, row.acting, row.valid_from, row.valid_to,
        )
        for row in Leader.objects.filter(centre=centre)
        if row.department_id in names
    )  # fmt: skip
    return Roster(people, tuple(dict.fromkeys(name for own in names.values() for name in own)))


def _names(department: Department) -> tuple[str, ...]:
    former = [
        n for row in department.former_names.all() for n in (row.short_name, row.official_name)
    ]
    own = (department.short_name, department.official_name, *former)
    return tuple(dict.fromkeys(name for name in own if name))


def people(case: Case) -> Iterator[Problem]:
    roster = roster_of(case.issue.centre, case.issue.last_day)
    if not roster.people:
        yield from _no_directory(case)
        return
    days = _days(case)
    told: set[tuple[int, str]] = set()
    for entry in case.entries:
        if entry.kind == Entry.Kind.NARRATIVE:
            continue
        day = case.day_of(entry)
        found = list(mismatches(entry.text, roster, day, days.get(entry.pk)))
        if entry.kind == Entry.Kind.VISIT:
            found += out_of_order(entry.text, roster, day)
        told.update((entry.pk, one.name) for one in found)
        yield from (_problem(one, entry.pk) for one in found)
    yield from _recorded(case, roster, told)
    yield from _twice(case, roster)


def _no_directory(case: Case) -> Iterator[Problem]:
    if case.visitors:
        yield Problem(
            "no-directory",
            "hint",
            _("领导名录是空的，姓名和职务没有核对。"),
            lead="leaders",
        )


def _days(case: Case) -> dict[int, dict[str, dt.date]]:
    """Entry → when each of its visitors came."""
    found: dict[int, dict[str, dt.date]] = defaultdict(dict)
    for row in case.visitors:
        if row.visit.date:
            found[row.visit.submission.placement.entry_id][row.name] = row.visit.date
    return found


def _problem(found: Mismatch, entry: int) -> Problem:
    return Problem(
        "person",
        found.severity,
        found.message,
        entry_id=entry,
        start=found.start,
        end=found.end,
        suggestion=found.suggestion,
        lead="leader" if found.person else "leaders",
        lead_id=found.person.pk if found.person else None,
    )


def _recorded(case: Case, roster: Roster, told: set[tuple[int, str]]) -> Iterator[Problem]:
    """The records of the visits, where the text has not said it already: what the public
    register of visits will show."""
    texts = {entry.pk: entry.text for entry in case.entries}
    for row in case.visitors:
        entry = row.visit.submission.placement.entry_id
        if (entry, row.name) in told:
            continue
        seen = Mention(0, 0, row.department_name, row.post, row.name)
        found = mismatch(seen, roster, row.visit.date or case.issue.last_day)
        if found is None:
            continue
        message = _("到访登记：%(what)s") % {"what": found.message}
        start = texts.get(entry, "").find(row.name)
        place = (start, start + len(row.name)) if start >= 0 else (None, None)
        yield Problem(
            "visitor",
            "warn",
            message,
            entry_id=entry,
            start=place[0],
            end=place[1],
            lead="submission",
            lead_id=row.visit.submission.pk,
        )


def _twice(case: Case, roster: Roster) -> Iterator[Problem]:
    """Rule 32: somebody stands in two items of the visits."""
    first: dict[str, Entry] = {}
    for entry in case.entries:
        if entry.kind not in {Entry.Kind.VISIT, Entry.Kind.DUTY}:
            continue
        for one in mentions(entry.text, roster):
            other = first.setdefault(one.name, entry)
            if other.pk != entry.pk and _same_day(other, entry):
                yield Problem(
                    "person-twice",
                    "warn",
                    _("“%(name)s”在两条到访里都有，请核对是不是同一次。") % {"name": one.name},
                    entry_id=entry.pk,
                    start=one.start,
                    end=one.end,
                )


def _same_day(one: Entry, other: Entry) -> bool:
    """Two visits of one person on two days are two; the merged sentence names no day."""
    return one.date is None or other.date is None or one.date == other.date
