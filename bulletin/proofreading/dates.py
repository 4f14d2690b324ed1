"""Rules of dates: what cannot be, what contradicts the calendar or the issue, what is vague.

Numbers are rows of `domain.md` section 2.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from bulletin.proofreading.printed_dates import PERIOD
from bulletin.proofreading.problems import Context, Finding, from_matches

_SHORT_YEAR: Final = re.compile(r"(?<![\d.])[’']?(\d{2})年(?=\d{1,2}月|度)")
_DATE: Final = re.compile(r"(?<!\d)(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_MONTH: Final = re.compile(r"(?<![\d.])(?:0{1,2}|1[3-9]|[2-9]\d)月(?!\d|龄)")
_WEEKDAY: Final = re.compile(
    r"(?<!\d)(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日[，（(]?(?:星期|周|礼拜)([一二三四五六日天])"
)
_DAYS: Final = "一二三四五六日"
_VISIT: Final = re.compile(r"到[^。]*?(?:大厅|窗口)[^，。]*?(?:调研|值守)")
_VAGUE: Final = re.compile(r"(?:^|(?<=[。；，\n]))(?:近日|日前|不久前|前不久|近期(?=，))")
_PADDED_MONTH: Final = re.compile(r"(?<!\d)0(\d)月")
_PADDED_DAY: Final = re.compile(r"(?<=月)0(\d)日")


def two_digit_year(text: str, context: Context) -> Iterator[Finding]:
    """Rule 17 (GB/T 15835 5.2.2)."""
    message = "年份请写四位数：{new}。"
    return from_matches(text, _SHORT_YEAR, message, lambda match: f"20{match[1]}年")


def impossible(text: str, context: Context) -> Iterator[Finding]:
    """Rule 18: 2月30日 and 13月; a day without a year is taken in the issue's year."""
    for match in _DATE.finditer(text):
        year = int(match[1] or context.year)
        month, day = int(match[2]), int(match[3])
        if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
            message = f"没有“{match[0]}”这一天，请改正日期。"
            yield Finding(match.start(), match.end(), message)
    yield from from_matches(text, _MONTH, "没有“{old}”，请改正月份。")


def other_period(text: str, context: Context) -> Iterator[Finding]:
    """Rule 20: the months a heading names are those of the issue."""
    match = PERIOD.search(text) if context.heading else None
    if match:
        named = (int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
        if named != (context.year, context.month, context.month_to):
            label = _label(context)
            message = f"标题里的月份和这一期不一致，请改为“{label}”。"
            yield Finding(match.start(), match.end(), message, label)


def _label(context: Context) -> str:
    to = f"—{context.month_to}" if context.month_to else ""
    return f"{context.year}年{context.month}{to}月"


def wrong_weekday(text: str, context: Context) -> Iterator[Finding]:
    """Rule 21."""
    for match in _WEEKDAY.finditer(text):
        day = _day(match, context)
        named = match[4].replace("天", "日")
        if day and _DAYS[day.weekday()] != named:
            right = _DAYS[day.weekday()]
            message = f"{day.year}年{day.month}月{day.day}日是星期{right}，请核对日期和星期。"
            yield Finding(match.start(4), match.end(4), message, right)


def _day(match: re.Match[str], context: Context) -> dt.date | None:
    try:
        return dt.date(int(match[1] or context.year), int(match[2]), int(match[3]))
    except ValueError:
        return None


def visit_on_day_off(text: str, context: Context) -> Iterator[Finding]:
    """Rule 22: needs the calendar of holidays and make-up working days."""
    match = _DATE.match(text)
    day = _day(match, context) if match and _VISIT.search(text) else None
    if match and day and context.is_day_off(day):
        yield Finding(0, match.end(), f"{match[0]}不是工作日，请核对调研日期。")


def vague(text: str, context: Context) -> Iterator[Finding]:
    """Rule 23."""
    return from_matches(text, _VAGUE, "“{old}”不明确，请写出“几月几日”。")


def padded(text: str, context: Context) -> Iterator[Finding]:
    """Rule 24: 02月05日 → 2月5日."""
    message = "月、日前面不加0，请改为“{new}”。"
    yield from from_matches(text, _PADDED_MONTH, message, lambda match: f"{match[1]}月")
    yield from from_matches(text, _PADDED_DAY, message, lambda match: f"{match[1]}日")
