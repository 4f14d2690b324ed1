"""The lines above the first heading: title, number, issuer, date; and the period they imply."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bulletin.proofreading.ordinals import CHARS, ordinal
from bulletin.proofreading.parsed import Note, ParsedPeriod, ParseError
from bulletin.proofreading.printed_dates import FULL_DATE, PERIOD, full_date

_NUMBER: Final = re.compile(
    rf"(?:(\d{{4}})年)?(?<!总)第([{CHARS}\d]+)(?:[—–\-~～至、]([{CHARS}\d]+))?期"
)
_SERIAL: Final = re.compile("总第|期）|准印|内部")
_EMPTY_BRACKETS: Final = re.compile(r"（）|^[，、 ]+|[，、 ]+$")
_WHERE: Final = "刊头"


@dataclass(slots=True)
class Masthead:
    """`year` is the one before the number, if any; `rest` are lines that fit nowhere."""

    title: str = ""
    number: int = 0
    number_to: int | None = None
    year: int | None = None
    issuer: str = ""
    issued_on: dt.date | None = None
    rest: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_masthead(lines: Sequence[str]) -> Masthead:
    """Raises ParseError for a date of issue that does not exist."""
    head = Masthead()
    names = [name for line in lines if (name := _without_date(_without_number(line, head), head))]
    other = [name for name in names if _SERIAL.search(name)]
    head.title, head.issuer, *head.rest = [name for name in names if name not in other] + ["", ""]
    head.rest = [name for name in (*other, *head.rest) if name]
    head.notes = list(_notes(head))
    return head


def _without_number(line: str, head: Masthead) -> str:
    match = _NUMBER.search(line)
    if not match or head.number:
        return line
    head.year = int(match[1]) if match[1] else None
    head.number = ordinal(match[2])
    head.number_to = ordinal(match[3]) if match[3] else None
    return _EMPTY_BRACKETS.sub("", line[: match.start()] + line[match.end() :])


def _without_date(line: str, head: Masthead) -> str:
    match = FULL_DATE.search(line)
    if not match or head.issued_on:
        return line
    head.issued_on = full_date(match)
    if head.issued_on is None:
        raise ParseError(f"刊头的日期“{match[0]}”不存在，请改正后再导入。")
    return _EMPTY_BRACKETS.sub("", line[: match.start()] + line[match.end() :])


def _notes(head: Masthead) -> list[Note]:
    missing = (
        (head.title, "没有找到刊名（第一行），请补上。"),
        (head.issuer, "没有找到编印单位，请补上。"),
        (head.issued_on, "没有找到印发日期（应像“2025年3月26日”），请补上。"),
    )
    notes = [Note(_WHERE, "", reason) for found, reason in missing if not found]
    reason = "刊头里认不出的一行，已放到第一部分开头，请核对。"
    return notes + [Note(_WHERE, line, reason) for line in head.rest]


def read_period(heading: str, head: Masthead) -> ParsedPeriod:
    """The months of the first heading, else of the number and the date of issue.

    An issue is printed after the month it covers, so number 12 of January belongs to
    the year before. Raises ParseError when neither tells the year, and for a month 13.
    """
    match = PERIOD.search(heading)
    if match:
        period = ParsedPeriod(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    elif head.year:
        period = ParsedPeriod(head.year, head.number, head.number_to)
    elif head.issued_on:
        earlier = head.number > head.issued_on.month
        period = ParsedPeriod(head.issued_on.year - earlier, head.number, head.number_to)
    else:
        raise ParseError(
            "看不出这一期是哪年哪月：第一部分标题里应有“2025年2月”，或刊头应有印发日期。"
        )
    _check_months(period)
    _compare(period, head)
    return period


def _check_months(period: ParsedPeriod) -> None:
    last = period.month_to or period.month
    if not 1 <= period.month <= last <= 12 or (period.month_to and period.month == last):
        raise ParseError(f"没有“{period.year}年{period.months}月”这样的月份，请改正标题或期号。")


def _compare(period: ParsedPeriod, head: Masthead) -> None:
    if (head.number, head.number_to) != (period.month, period.month_to):
        reason = f"期号与月份不一致（这一期写的是{period.year}年{period.months}月），请核对。"
        span = f"—{head.number_to}" if head.number_to else ""
        head.notes.append(Note(_WHERE, f"第{head.number}{span}期", reason))
