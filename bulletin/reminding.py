"""催报: a text to paste, and one mail a person for all that is due from their windows.

Nobody is written to twice for one step (before the cut-off, after it) on one working day,
however often and from however many browsers the button is pressed: the mail's key says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin import outbox
from bulletin.models import Call
from bulletin.moves import MoveRefused, leave_trail
from bulletin.progress import Wall, wall
from windows.models import Staff, User
from windows.roles import WINDOW
from windows.workdays import exceptions_of, is_working

_LINE: Final = "{department}：{lacking}"


@dataclass(slots=True)
class Reminded:
    """How many were written to now, had been today, or have no address."""

    sent: int = 0
    already: int = 0
    unreachable: list[str] = field(default_factory=list)


def reminder_text(shown: Wall) -> str:
    """What an editor pastes into the group: who lacks what, until when."""
    now = timezone.localtime()
    head = _("%(month)s月报送催报：截至%(m)s月%(d)s日%(clock)s，下列%(n)s个单位还有缺项。") % {
        "month": shown.month,
        "m": now.month,
        "d": now.day,
        "clock": f"{now:%H:%M}",
        "n": len(shown.lacking),
    }
    lines = [_LINE.format(department=row.department, lacking=row.lacking) for row in shown.lacking]
    return "\n".join([head, *lines, _until(shown) + _("本月没有的，请报“零报告”。")])


def remind(call: Call, *, by: User) -> Reminded:
    """Write the mails of this step and working day. Raises MoveRefused on a day off."""
    today = timezone.localdate()
    if not is_working(today, exceptions_of(call.centre, today, today)):
        raise MoveRefused(_("今天不是工作日，不发催报邮件。可以复制催报文字。"))
    shown = wall(call.publication, call)
    step = "late" if shown.days_late else "before"
    done = Reminded()
    with transaction.atomic():
        for person, lines in _digests(shown):
            key = f"remind:{call.pk}:{step}:{today:%Y%m%d}"
            _write(call, person, lines, shown, key, done)
        if done.sent:
            leave_trail(call, "remind", by=by, data={"step": step, "sent": done.sent})
    return done


def _write(
    call: Call, person: User, lines: list[str], shown: Wall, key: str, done: Reminded
) -> None:
    if not person.email:
        done.unreachable.append(str(person))
        return
    subject = _("催报：%(month)s月报送还有缺项") % {"month": shown.month}
    end = _("请到“我的本月”补报；本月没有的，一按“零报告”就行。")
    body = "\n".join([f"{person}：", "", *lines, "", _until(shown) + end])
    made = outbox.post(call.centre, person, subject, body, key=key)
    done.sent += made
    done.already += not made


def _digests(shown: Wall) -> list[tuple[User, list[str]]]:
    """Each person at a window that lacks something, with a line a window."""
    due = {window: words for row in shown.lacking for window, words in row.due}
    rows = Staff.objects.with_role(WINDOW, timezone.localdate()).filter(window__in=due)
    found: dict[User, list[str]] = {}
    for staff in rows.select_related("user", "window").order_by("window__department__order", "pk"):
        words = due[staff.window_id or 0]
        found.setdefault(staff.user, []).append(
            _LINE.format(department=staff.window, lacking=words)
        )
    return list(found.items())


def _until(shown: Wall) -> str:
    if shown.cutoff is None:
        return ""
    at = timezone.localtime(shown.cutoff)
    words = {"m": at.month, "d": at.day, "clock": f"{at:%H:%M}", "n": shown.days_late}
    if shown.days_late:
        return _("%(m)s月%(d)s日%(clock)s已经截止，逾期%(n)s天，请尽快补报。") % words
    return _("请在%(m)s月%(d)s日%(clock)s前报齐。") % words
