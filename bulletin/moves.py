"""The only code that writes a state (law 2), and the trail it leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin import outbox
from bulletin.chaining import add_link
from bulletin.models import Edition, Issue, Submission, Trail
from bulletin.workflow import FIGURES, ISSUE, REVIEW, SYSTEM, Move, Workflow
from stats.models import MonthlyReport
from windows.access import scope_of
from windows.models import Staff, User
from windows.roles import APPROVER, CHIEF, DATA_CLERK, EDITOR, PUBLISHER

Subject = TypeVar("Subject", Submission, Issue, MonthlyReport)
AnySubject = Submission | Issue | MonthlyReport

TABLES: Final[dict[type, Workflow]] = {
    Submission: REVIEW,
    Issue: ISSUE,
    MonthlyReport: FIGURES,
}


class MoveRefused(Exception):
    """Why a move cannot be made now, in words for the person who pressed the button."""


def make_move(
    subject: Subject,
    name: str,
    *,
    by: User | None,
    note: str = "",
    data: dict[str, Any] | None = None,
) -> Subject:
    """Lock the row, check the table, write state and trail; returns the fresh row.

    `by` is None for the system itself. Raises MoveRefused with the reason, and
    KeyError for a move the table does not have.
    """
    table = TABLES[type(subject)]
    move = table.move(name)
    with transaction.atomic():
        row = lock(subject)
        _check(table, move, row, by, note)
        source = row.state
        row.state = move.target
        _stamp(row, move, by)
        row.version += 1
        row.save()
        leave_trail(row, move.name, by=by, note=note, source=source, target=move.target, data=data)
        _tell(row, move, by, note)
    return row


def lock(subject: Subject) -> Subject:
    """The same row, read again under a row lock."""
    return type(subject)._base_manager.select_for_update().get(pk=subject.pk)


def refusal(subject: AnySubject, move: Move, by: User | None) -> str:
    """Why `by` may not make the move on `subject` as it stands; empty when they may."""
    table = TABLES[type(subject)]
    if subject.state not in move.sources:
        return _("现在是“%(state)s”，不能%(move)s。请刷新页面看最新状态。") % {
            "state": table.states[subject.state],
            "move": move.label,
        }
    if not _role_allows(table, move, subject, by):
        return _("您的角色不能%(move)s。") % {"move": move.label}
    return next((reason for name in move.requires if (reason := CONDITIONS[name](subject, by))), "")


def possible_moves(subject: AnySubject, by: User) -> tuple[Move, ...]:
    """The moves to show as buttons, in table order."""
    table = TABLES[type(subject)]
    return tuple(m for m in table.moves_from(subject.state) if not refusal(subject, m, by))


def _check(table: Workflow, move: Move, row: AnySubject, by: User | None, note: str) -> None:
    if reason := refusal(row, move, by):
        raise MoveRefused(reason)
    if move.needs_note and not note.strip():
        raise MoveRefused(_("请写明%(move)s的理由。") % {"move": move.label})


def _role_allows(table: Workflow, move: Move, subject: AnySubject, by: User | None) -> bool:
    if by is None:
        return SYSTEM in move.roles
    if not by.has_perm(f"bulletin.{table.codename(move)}"):
        return False
    scope = scope_of(by)
    return scope.everything or subject.centre.pk in scope.centres_as(*move.roles)


# Conditions: (subject, by) → why not, or an empty string. `by` is None for the system.


def _own_centre(subject: AnySubject, by: User | None) -> str:
    if by is None or scope_of(by).everything or subject.centre.pk in scope_of(by).all_centres:
        return ""
    return _("这不是本中心的。")


def _own_window(subject: AnySubject, by: User | None) -> str:
    scope = scope_of(by) if by else None
    window = subject.window if isinstance(subject, Submission) else None
    if scope is None or scope.everything or window is None:
        return ""
    if window.pk in scope.windows or window.department_id in scope.departments:
        return ""
    return _("这不是您窗口的报送。")


def _own_department(subject: AnySubject, by: User | None) -> str:
    scope = scope_of(by) if by else None
    window = subject.window if isinstance(subject, Submission) else None
    if scope is None or scope.everything:
        return ""
    if window and window.department_id in scope.departments:
        return ""
    return _("这不是您部门的报送。")


def _own_department_or_centre(subject: AnySubject, by: User | None) -> str:
    scope = scope_of(by) if by else None
    if scope is None or scope.everything:
        return ""
    if subject.centre.pk in scope.centres_as(EDITOR, DATA_CLERK):
        return ""
    if subject.state != "submitted":
        return _("已经在中心编辑手里，请与编辑联系。")
    return _own_department(subject, by)


def _own_kind(subject: AnySubject, by: User | None) -> str:
    scope = scope_of(by) if by else None
    if scope is None or scope.everything or not isinstance(subject, Submission):
        return ""
    if subject.centre.pk in scope.centres_as(EDITOR, CHIEF) or subject.kind == "report":
        return ""
    return _("数据员只处理月度数据。")


def _endorsed_if_asked(subject: AnySubject, by: User | None) -> str:
    if not isinstance(subject, Submission) or subject.window is None:
        return ""
    if subject.window.needs_endorsement and subject.endorsed_at is None:
        return _("要等首席代表审核。")
    return ""


def _holder_if_claimed(subject: AnySubject, by: User | None) -> str:
    if not isinstance(subject, Submission) or subject.state != "claimed" or by is None:
        return ""
    if subject.holder_id == by.pk:
        return ""
    return _("在%(holder)s手里，请对方放回后再认领。") % {"holder": subject.holder}


def _complete(subject: AnySubject, by: User | None) -> str:
    if not isinstance(subject, Submission) or subject.kind == "report" or subject.handed_in:
        return ""
    return _("还没有内容，请写好再提交。")


def _not_counts(subject: AnySubject, by: User | None) -> str:
    if isinstance(subject, Submission) and subject.kind == "report":
        return _("月度数据每月一份，不能不采用；有问题请退回修改。")
    return ""


def _month_unpublished(subject: AnySubject, by: User | None) -> str:
    """What comes after publication is told as a restatement (bulletin.restating.take_late)."""
    if by is None or not isinstance(subject, MonthlyReport):
        return ""
    month = MonthlyReport.objects.filter(
        centre=subject.centre_id, year=subject.year, month=subject.month, state="locked"
    )
    if not month.exists():
        return ""
    return _("这个月已随刊物发布。请在“全部窗口”里作为订正补报。")


def _not_in_print(subject: AnySubject, by: User | None) -> str:
    entry = getattr(getattr(subject, "placement", None), "entry", None)
    if entry is None or entry.issue.state == "open":
        return ""
    return _("本期已经送签或发布，不能取回。")


def _has_public_edition(subject: AnySubject, by: User | None) -> str:
    if isinstance(subject, Issue) and Edition.objects.standing().filter(issue=subject).exists():
        return ""
    return _("本期没有公开的版次。")


CONDITIONS: Final[dict[str, Callable[[AnySubject, User | None], str]]] = {
    "own_centre": _own_centre,
    "own_window": _own_window,
    "own_department": _own_department,
    "own_department_or_centre": _own_department_or_centre,
    "own_kind": _own_kind,
    "endorsed_if_asked": _endorsed_if_asked,
    "holder_if_claimed": _holder_if_claimed,
    "complete": _complete,
    "not_counts": _not_counts,
    "not_in_print": _not_in_print,
    "month_unpublished": _month_unpublished,
    "has_public_edition": _has_public_edition,
}


def _stamp(row: AnySubject, move: Move, by: User | None) -> None:
    """Who holds it and since when; the facts a move records besides the state."""
    if not isinstance(row, Submission):
        return
    row.moved_at = timezone.now()
    if move.holder != "keep":
        row.holder = by if move.holder == "take" else None
    if move.name == "submit":
        # What the window now says stands; the editor's earlier copy is in the trail.
        row.submitted_by, row.submitted_at, row.endorsed_at = by, row.moved_at, None
        row.edited = ""
    if move.name == "endorse":
        row.endorsed_at = row.moved_at


def leave_trail(
    subject: Any,
    action: str,
    *,
    by: User | None,
    note: str = "",
    source: str = "",
    target: str = "",
    data: dict[str, Any] | None = None,
) -> Trail:
    """Say in the centre's chain what was done to `subject`; inside the caller's transaction."""
    table = TABLES.get(type(subject))
    return add_link(
        subject.centre,
        by=by,
        subject=table.subject if table else subject._meta.model_name,
        subject_id=subject.pk,
        label=str(subject),
        action=action,
        source=source,
        target=target,
        note=note,
        data=data or {},
    )


# Mails: (workflow, move) → the roles told, or the submitter.
_TOLD: Final[dict[tuple[str, str], str]] = {
    ("submission", "return"): "submitter",
    ("submission", "decline"): "submitter",
    ("issue", "send_proof"): APPROVER,
    ("issue", "return_proof"): EDITOR,
    ("issue", "void_proof"): APPROVER,
    ("issue", "sign"): PUBLISHER,
    ("issue", "revoke"): EDITOR,
    ("issue", "correct"): APPROVER,
    ("issue", "withdraw"): EDITOR,
}

# What leaves nothing to do is told only to those who want to hear of it.
_NEWS: Final = frozenset({("submission", "decline"), ("issue", "void_proof"), ("issue", "correct")})


def _tell(row: AnySubject, move: Move, by: User | None, note: str) -> None:
    """Write the mails of a move to the outbox, in the same transaction."""
    what = (TABLES[type(row)].subject, move.name)
    told = _TOLD.get(what)
    if told is None:
        return
    words = {"who": by or _("系统"), "move": move.label, "what": row, "note": note}
    subject = _("%(move)s：%(what)s") % words
    body = _("%(who)s%(move)s了“%(what)s”。") % words
    if note:
        body += "\n\n" + _("理由：%(note)s") % words
    for person in _people(row, told):
        key = f"{TABLES[type(row)].subject}:{row.pk}:{move.name}:{row.version}"
        outbox.post(row.centre, person, subject[:120], body, key=key, task=what not in _NEWS)


def _people(row: AnySubject, told: str) -> list[User]:
    if told == "submitter":
        person = row.submitted_by if isinstance(row, Submission) else None
        return [person] if person else []
    rows = Staff.objects.with_role(told, timezone.localdate()).filter(centre=row.centre)
    return list(User.objects.filter(staff__in=rows).distinct())
