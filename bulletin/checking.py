"""What the proofreading rules are told of a centre: its names and its calendar."""

from __future__ import annotations

from bulletin.proofreading.problems import Context
from windows.models import Centre, Department, FormerName, Leader, WorkDay


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
    calendar = dict(exceptions.values_list("date", "is_working"))
    return Context(
        year,
        month,
        month_to,
        days_off=lambda day: not calendar.get(day, day.weekday() < 5),
        departments=names,
        aliases={old: new for old, new in aliases if old not in names},
        leaders=frozenset(leaders),
    )
