"""Months and working days, so that the demo's dates look right whenever it is loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils import timezone

from windows.workdays import Exceptions, is_working


class Month(NamedTuple):
    year: int
    month: int

    @classmethod
    def of(cls, day: dt.date) -> Month:
        return cls(day.year, day.month)

    def plus(self, months: int) -> Month:
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def days(self) -> Iterator[dt.date]:
        day = dt.date(self.year, self.month, 1)
        while day.month == self.month:
            yield day
            day += dt.timedelta(days=1)


class Days:
    """Working days after the calendar in `data/places.toml`."""

    def __init__(self, exceptions: Exceptions) -> None:
        self.exceptions = exceptions

    def works(self, day: dt.date) -> bool:
        return is_working(day, self.exceptions)

    def nth(self, month: Month, number: int) -> dt.date:
        """The working day of that number, from 1; the last one where there are fewer."""
        days = [day for day in month.days() if self.works(day)]
        return days[min(number, len(days)) - 1]

    def shift(self, day: dt.date, steps: int) -> dt.date:
        """So many working days after `day`, before it for negative `steps`."""
        step = dt.timedelta(days=1 if steps > 0 else -1)
        left = abs(steps)
        while left:
            day += step
            left -= self.works(day)
        return day


def exceptions_in(holidays: dict[str, list[Any]]) -> dict[dt.date, tuple[bool, str]]:
    """[name, first MM-DD, last MM-DD, days worked instead] by year → day: (worked, name)."""
    found: dict[dt.date, tuple[bool, str]] = {}
    for year, rows in holidays.items():
        for name, first, last, instead in rows:
            day, end = (dt.date.fromisoformat(f"{year}-{text}") for text in (first, last))
            while day <= end:
                found[day] = (False, name)
                day += dt.timedelta(days=1)
            for text in instead:
                found[dt.date.fromisoformat(f"{year}-{text}")] = (True, f"{name}调休")
    return found


def clock(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment by the clock on the wall of the centre."""
    later = dt.timedelta(minutes=minute)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)) + later)
