"""Where a submission stands, in words and a mark: ring under way, dot done, diamond wants you."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin.models import Entry, Submission, Trail
from bulletin.views.desk.printed import source_of
from bulletin.workflow import REVIEW
from windows.models import Department, Staff
from windows.roles import CHIEF

_ALSO_TOLD: Final = {"attach": gettext_lazy("添附件"), "detach": gettext_lazy("删附件")}


@dataclass(frozen=True, slots=True)
class Status:
    mark: str
    tone: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trail, for the people of the window."""

    at: dt.datetime
    who: str
    what: str
    note: str


def chiefs_of(department: Department) -> str:
    """Who may endorse today, for “在……处”: chief representatives, and deputies while they are."""
    rows = Staff.objects.with_role(CHIEF, timezone.localdate()).filter(department=department)
    return "、".join(_with_term(row) for row in rows.select_related("user").order_by("pk"))


def _with_term(row: Staff) -> str:
    """A deputy stands in until a day, and it is said."""
    if row.valid_to is None:
        return str(row.user)
    words = {"who": row.user, "month": row.valid_to.month, "day": row.valid_to.day}
    return _("%(who)s（至%(month)d月%(day)d日）") % words


def status_of(row: Submission, chiefs: str = "") -> Status:
    match row.state:
        case "draft":
            return Status("ring", "blue", _("草稿"), _("在您这里，还没有交"))
        case "returned":
            return Status("diamond", "bad", _("退回修改"), _("在您这里"))
        case "submitted" if waits_for_chief(row):
            nobody = _("现在没有人能审核，请中心指定代理")
            return Status("ring", "blue", _("待首席代表审阅"), _at(chiefs) or nobody)
        case "submitted" | "endorsed":
            return Status("ring", "blue", _("待中心认领"), _("在中心收件箱"))
        case "claimed":
            return Status("ring", "blue", _("中心编辑中"), _at(row.holder))
        case "accepted":
            return _accepted(row)
        case "declined":
            return Status("diamond", "warn", _("不采用"))
    return Status("dot", "ink", _("已作废"))


def waits_for_chief(row: Submission) -> bool:
    return bool(row.window and row.window.needs_endorsement and row.endorsed_at is None)


def entry_of(row: Submission) -> Entry | None:
    """The paragraph a submission stands in, printed or not."""
    placement = getattr(row, "placement", None)
    return placement.entry if placement else None


def steps_of(row: Submission) -> list[Step]:
    """The moves in words, oldest first. The submission has passed its gate already.

    What the newsroom did besides (its comments, its copy, 约稿) is its own business.
    """
    labels = {move.name: move.label for move in REVIEW.moves} | _ALSO_TOLD
    trail = Trail.objects.of("submission", row.pk).filter(action__in=labels).order_by("serial")
    return [Step(t.at, t.actor_name, str(labels[t.action]), t.note) for t in trail]


def last_reasons(rows: Iterable[Submission]) -> dict[int, Trail]:
    """Why each was last returned or declined: submission → that line of its trail."""
    keys = [row.pk for row in rows]
    trail = Trail.objects.filter(subject="submission", subject_id__in=keys) if keys else ()
    found = [t for t in trail if t.action in {"return", "decline"}]
    return {t.subject_id: t for t in sorted(found, key=lambda t: t.serial)}


def _accepted(row: Submission) -> Status:
    source, entry = source_of(row), entry_of(row)
    if source:
        return Status("dot", "ok", _("已刊出"), source.edition.document.number_line)
    if entry is None:
        words = _("数据已收齐") if row.kind == "report" else _("待编入")
        return Status("dot", "ok", _("已采用"), words)
    return Status("dot", "ok", _("已编入"), entry.issue.number_label)


def _at(who: Any) -> str:
    return _("在%(who)s处") % {"who": who} if who else ""
