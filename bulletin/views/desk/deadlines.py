"""When something is due, in working days of the centre."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from windows.models import Centre
from windows.workdays import exceptions_of, is_working, weekday, working_days_until


@dataclass(frozen=True, slots=True)
class Deadline:
    """`label` is 3月5日（周四）17:00; `note` says how long that is."""

    at: dt.datetime | None
    label: str
    note: str
    late: bool = False


def deadline(centre: Centre, at: dt.datetime | None) -> Deadline:
    if at is None:
        return Deadline(None, _("没有定截止时间"), _("随时可以报"))
    at = timezone.localtime(at)
    now = timezone.localtime()
    label = f"{at.month}月{at.day}日（周{weekday(at.date())}）{at:%H:%M}"
    if at < now:
        return Deadline(at, label, _("已截止，还可以补报"), late=True)
    if at.date() == now.date():
        return Deadline(at, label, _("今天截止"))
    off = exceptions_of(centre, now.date(), at.date())
    days = working_days_until(now.date(), at.date(), off)
    return Deadline(at, label, _("还有%(days)d个工作日") % {"days": days})


def day_words(centre: Centre, day: dt.date) -> str:
    """星期二，工作日."""
    working = is_working(day, exceptions_of(centre, day, day))
    return f"{_('星期')}{weekday(day)}，{_('工作日') if working else _('休息日，请核对')}"
