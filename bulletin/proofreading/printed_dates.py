"""Printed dates: 2025年3月26日, the 2月5日， and 2月， that items begin with, 2025年1—2月."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bulletin.proofreading.parsed import ParsedPeriod

FULL_DATE: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
PERIOD: Final = re.compile(r"(\d{4})年(\d{1,2})(?:月?[—–\-~～至、](\d{1,2}))?月")
_DAY: Final = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    r"(?:[—–\-~～至](?:\d{1,2}月)?\d{1,2}日)?(?:[上下]午)?[，,]?"
)
_MONTH: Final = re.compile(r"(?:\d{4}年)?(?P<month>\d{1,2})(?:—\d{1,2})?月(?:[上中下]旬)?[，,]")


@dataclass(frozen=True, slots=True)
class Opening:
    """How an item begins. `end` is where the sentence goes on; `wrong` an impossible date."""

    date: dt.date | None = None
    month: int | None = None
    end: int = 0
    wrong: str = ""


def full_date(match: re.Match[str]) -> dt.date | None:
    """The day of a `FULL_DATE` match; None when there is no such day."""
    return _day(int(match[1]), int(match[2]), int(match[3]))


def opening(text: str, period: ParsedPeriod) -> Opening:
    """The date an item begins with; without a year, the one nearest to the period."""
    if match := _DAY.match(text):
        day = _dated(match, period)
        return Opening(day, None, match.end(), "" if day else match[0].rstrip("，,"))
    if match := _MONTH.match(text):
        return Opening(None, int(match["month"]), match.end())
    return Opening()


def _dated(match: re.Match[str], period: ParsedPeriod) -> dt.date | None:
    month, number = int(match["month"]), int(match["day"])
    if match["year"]:
        return _day(int(match["year"]), month, number)
    middle = dt.date(period.year, period.month, 15)
    days = (_day(period.year + shift, month, number) for shift in (0, -1, 1))
    return min((day for day in days if day), key=lambda day: abs(day - middle), default=None)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
