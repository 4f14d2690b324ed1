"""Working days: Monday to Friday, but for the holidays and make-up days (调休) of a centre."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from windows.models import Centre, WorkDay

WEEKDAYS = "一二三四五六日"

Exceptions = Mapping[dt.date, bool]


def exceptions_of(centre: Centre, first: dt.date, last: dt.date) -> dict[dt.date, bool]:
    """The days from `first` to `last` that differ from the week: day → worked or not."""
    rows = WorkDay.objects.filter(centre=centre, date__range=(first, last))
    return dict(rows.values_list("date", "is_working"))


def is_working(day: dt.date, exceptions: Exceptions) -> bool:
    return exceptions.get(day, day.weekday() < 5)


def working_days_until(today: dt.date, last: dt.date, exceptions: Exceptions) -> int:
    """Working days after `today` up to and with `last`; 0 on the last day, never negative."""
    days = (today + dt.timedelta(days=n) for n in range(1, (last - today).days + 1))
    return sum(is_working(day, exceptions) for day in days)


def workdays_between(first: dt.date, last: dt.date, exceptions: Exceptions) -> int:
    """Working days from `first` to `last`, both counted."""
    return working_days_until(first - dt.timedelta(days=1), last, exceptions)


def add_workdays(day: dt.date, count: int, exceptions: Exceptions) -> dt.date:
    """The working day `count` working days after `day`, before it when negative."""
    step = dt.timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working(day, exceptions)
    return day


def weekday(day: dt.date) -> str:
    return WEEKDAYS[day.weekday()]
