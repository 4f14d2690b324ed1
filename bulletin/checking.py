"""What the proofreading rules are told of a centre: its names and its calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bulletin.proofreading.problems import Context
from windows.models import Centre, Department, FormerName, Leader, WorkDay


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off: weekends, unless an exception says otherwise; two of the same days are equal."""

    exceptions: frozenset[tuple[dt.date, bool]]

    def __call__(self, day: dt.date) -> bool:
        if (day, True) in self.exceptions:
            return False
        return (day, False) in self.exceptions or day.weekday() >= 5


def proofreading_context(
    centre: Centre, *, year: int, month: int, month_to: int | None = None
) -> Context:
    """The context of an item's paragraph in an issue of those months; four queries."""
    departments = Department.objects.filter(centre=centre).values_list(
        "short_name", "official_name"
    )
    names = tuple(dict.fromkeys(name for pair in departments for name in pair if name))
    aliases = FormerName.objects.filter(department__centre=centre).values_list(
        "short_name", "department__short_name"
    )
    leaders = Leader.objects.filter(centre=centre).values_list("name", flat=True)
    exceptions = WorkDay.objects.filter(centre=centre, date__year__gte=year - 1)
    calendar = Calendar(frozenset(exceptions.values_list("date", "is_working")))
    return Context(
        year,
        month,
        month_to,
        days_off=calendar,
        departments=names,
        aliases={old: new for old, new in aliases if old not in names},
        leaders=frozenset(leaders),
    )
