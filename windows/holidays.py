"""The country's holidays and make-up days that come with the product, as rows of a centre.

A year whose schedule was not checked against the notice is marked 待核定 in the rows' names.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from windows.models import Centre, WorkDay

DATA: Final = Path(__file__).parent / "data" / "holidays.json"
UNCONFIRMED: Final = "（待核定）"

Exceptional = tuple[dt.date, bool, str]
"""(day, worked or not, name)."""


def default_days() -> list[Exceptional]:
    """Every day that differs from Monday to Friday, in order."""
    years: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return sorted(day for year in years.values() for day in _days(year))


def load_defaults(centre: Centre) -> int:
    """Adds the days the centre's calendar does not have; what it has, stays. How many."""
    known = set(WorkDay.objects.filter(centre=centre).values_list("date", flat=True))
    rows = [
        WorkDay(centre=centre, date=date, is_working=is_working, name=name)
        for date, is_working, name in default_days()
        if date not in known
    ]
    return len(WorkDay.objects.bulk_create(rows))


def _days(year: dict[str, Any]) -> Iterator[Exceptional]:
    mark = "" if year["confirmed"] else UNCONFIRMED
    for holiday in year["off"]:
        first, last = (dt.date.fromisoformat(holiday[end]) for end in ("from", "to"))
        for number in range((last - first).days + 1):
            date = first + dt.timedelta(days=number)
            if date.weekday() < 5:
                yield date, False, holiday["name"] + mark
    for day in year["worked"]:
        yield dt.date.fromisoformat(day["date"]), True, day["name"] + mark
