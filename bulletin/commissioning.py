"""约稿 and what came in for it, joined by an editor's hand; undone the same way."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bulletin.models import Commission, Submission
from bulletin.moves import MoveRefused, leave_trail, lock
from windows.access import scope_of
from windows.models import User
from windows.roles import EDITOR


def unanswered(submission: Submission) -> QuerySet[Commission]:
    """Commissions of the same department that the submission could answer, the next due first."""
    if submission.window is None or submission.kind == Submission.Kind.REPORT:
        return Commission.objects.none()
    rows = Commission.objects.waiting().filter(
        call__publication=submission.publication_id,
        window__department=submission.window.department_id,
    )
    return rows.select_related("call", "window").order_by("due", "pk")


def answers(commission: Commission, user: User) -> QuerySet[Submission]:
    """What the commission's department handed in and nobody has joined to another."""
    rows = Submission.objects.visible_to(user).for_inbox()
    return rows.filter(
        commission=None,
        publication=commission.call.publication_id,
        window__department=commission.window.department_id,
        kind__in=[Submission.Kind.NEWS, Submission.Kind.VISIT],
    ).exclude(state__in=Commission.GONE)


def link(commission: Commission, submission: Submission, *, by: User) -> None:
    """Raises MoveRefused when either has been joined meanwhile, or is none of the other's."""
    _require_editor(commission, by)
    with transaction.atomic():
        # The submission first, as moves do; then the commission.
        row = lock(submission)
        asked = Commission.objects.select_for_update(of=("self",)).get(pk=commission.pk)
        if asked.submission_id == row.pk:
            return
        if getattr(row, "commission", None) is not None:
            raise MoveRefused(_("这篇来稿已经关联了别的约稿，请先取消。"))
        if not unanswered(row).filter(pk=asked.pk).exists():
            raise MoveRefused(_("这个约稿已经有来稿，或者不是约这个单位的。请刷新页面再选。"))
        asked.submission = row
        asked.save(update_fields=["submission"])
        _tell("link_commission", asked, row, by)


def unlink(commission: Commission, *, by: User) -> None:
    """The commission waits again; the item stays as it is. What is undone already is left."""
    _require_editor(commission, by)
    with transaction.atomic():
        asked = Commission.objects.select_for_update(of=("self",)).get(pk=commission.pk)
        row, asked.submission = asked.submission, None
        if row is None:
            return
        if row.state == "draft":
            raise MoveRefused(_("窗口正在写这一篇，不能取消。"))
        asked.save(update_fields=["submission"])
        _tell("unlink_commission", asked, row, by)


def _tell(action: str, commission: Commission, row: Submission, by: User) -> None:
    """On both: whoever looks at the one or the other finds it."""
    data = {"commission": commission.pk, "submission": row.pk}
    leave_trail(row, action, by=by, note=commission.topic, data=data)
    leave_trail(commission.call, action, by=by, note=f"{commission.topic}：{row}", data=data)


def _require_editor(commission: Commission, by: User) -> None:
    scope = scope_of(by)
    if not scope.everything and commission.call.centre.pk not in scope.centres_as(EDITOR):
        raise MoveRefused(_("您的角色不能关联约稿。"))
