"""Dates, months and numbers of issues as the labels of a page say them, in its language.

What is printed keeps its own words; these are for what the site says about it.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bulletin.document import IssueDocument, Period, numeral

_SHORT: Final = 3  # letters of an English month; no Chinese one has more


def whole(day: dt.date | None) -> str:
    """2026年10月27日, 27 October 2026; empty without a day."""
    return written(day, _("Y年n月j日")) if day else ""


def moment(at: dt.datetime) -> str:
    """The day of a moment, by the clock of the centre."""
    return whole(timezone.localdate(at))


def in_year(day: dt.date) -> str:
    """9月2日, 2 Sep."""
    return written(day, _("n月j日"))


def month(number: int) -> str:
    """9月, September."""
    return written(dt.date(2000, number, 1), _("n月"))


def months(first: int, last: int | None = None) -> str:
    """9月, 1—2月; September, January–February."""
    return _span(month(first), month(last or first))


def short(first: int, last: int | None = None) -> str:
    """Where there is little room: 9月, 1—2月; Sep, Jan–Feb."""
    return _span(month(first)[:_SHORT], month(last or first)[:_SHORT])


def _span(first: str, last: str) -> str:
    if first == last:
        return first
    return _("%(first)s—%(last)s") % {"first": first.removesuffix("月"), "last": last}


def period(of: Period) -> str:
    """2026年9月, September 2026."""
    return _("%(year)s年%(months)s") % {"year": of.year, "months": months(of.month, of.month_to)}


def ordinal(number: int) -> str:
    """一, 1."""
    return str(number) if is_english() else numeral(number)


def is_english() -> bool:
    return str(get_language()).startswith("en")


def number(document: IssueDocument) -> str:
    """第9期, 第1—2期; No. 9, No. 1—2."""
    return numbers(document.number, document.number_to)


def numbers(first: int, last: int | None) -> str:
    return _("第%s期") % (f"{first}—{last}" if last else first)
