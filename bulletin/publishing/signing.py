"""Sign-off of one digest by somebody who did not edit it, and the marked exception."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.assembly import build_document
from bulletin.models import Edition, Issue, SignLink, Submission, Trail
from bulletin.moves import MoveRefused, leave_trail, lock, make_move
from bulletin.proofs import end_proof
from bulletin.workflow import ISSUE
from windows.access import scope_of
from windows.models import User
from windows.roles import APPROVER

# What a person may do to an issue without having edited it; every other deed is an edit.
NO_EDITS: Final = frozenset(
    {move.name for move in ISSUE.moves}
    | {f"{deed}comment" for deed in ("", "resolve_", "reopen_", "pin_", "unpin_")}
    | {"acknowledge", "take_back_acknowledgement", "confirm_exception", "make_link", "revoke_link"}
)
ITEM_EDITS: Final = ("accept", "edit")


class SignRefused(MoveRefused):
    """Why this proof cannot be signed by this person now."""


def edited_by(issue: Issue, user: User) -> bool:
    """Whether `user` had a hand in the issue or in an item that stands in it."""
    mine = Trail.objects.filter(actor_id=user.pk)
    of_issue = mine.filter(subject="issue", subject_id=issue.pk)
    if of_issue.exclude(action__in=NO_EDITS).exists():
        return True
    placed = Submission.objects.filter(placement__entry__issue=issue).values("pk")
    return mine.filter(subject="submission", subject_id__in=placed, action__in=ITEM_EDITS).exists()


def sign(
    edition: Edition, *, by: User, digest: str, note: str = "", link: SignLink | None = None
) -> Edition:
    """Sign exactly the proof that was shown, named by its digest.

    Raises SignRefused when another digest was shown, when the proof is void or
    the issue has changed since, and when `by` edited the issue and gives no reason.
    `link` is the one-time link that led here; it is used up.
    """
    reason = ""
    with transaction.atomic():
        issue = lock(edition.issue)
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        _check_proof(row, digest)
        if build_document(issue).digest == row.digest:
            own = edited_by(issue, by)
            if own and not note.strip():
                raise SignRefused(_("您编辑过本期，不能自己签发。确需签发请写明理由。"))
            told: dict[str, Any] = {"digest": digest} | ({"exception": True} if own else {})
            if link:
                _use(link)
                told["link"] = link.pk
            make_move(issue, "sign", by=by, note=note, data=told)
            row.signed_by, row.signed_at = by, timezone.now()
            row.sign_note, row.is_exception = note.strip(), own
            row.save(update_fields=["signed_by", "signed_at", "sign_note", "is_exception"])
            return row
        reason = _("送签之后数据或条目有变动，这份校样已作废，请编辑重新送签。")
        end_proof(issue, "void_proof", by=None, note=reason)
    raise SignRefused(reason)


def _use(link: SignLink) -> None:
    """Once, also when two devices press at the same moment."""
    now = timezone.now()
    open_now = SignLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None)
    if not open_now.filter(expires_at__gt=now).update(used_at=now):
        raise SignRefused(_("这个签发链接已经用过、收回或到期，请从“校样与签发”里签发。"))


def _check_proof(row: Edition, digest: str) -> None:
    if row.voided_at:
        raise SignRefused(_("这份校样已经作废：%(why)s") % {"why": row.void_reason})
    if row.signed_at:
        words = {"who": row.signed_by}
        raise SignRefused(_("这份校样已经由%(who)s签发。") % words)
    if row.digest != digest:
        raise SignRefused(_("您看到的不是现在这份校样，请刷新页面再看。"))


def revoke(issue: Issue, *, by: User, note: str) -> None:
    """Take a sign-off back before publication; the proof is void."""
    end_proof(issue, "revoke", by=by, note=note)


# The exception: signed by somebody who edited it


def stays_marked(edition: Edition) -> bool:
    """Signed by one of its editors, and no other approver has confirmed it yet."""
    return edition.is_exception and edition.confirmed_at is None


def not_to_confirm(edition: Edition, user: User) -> str:
    """Why `user` may not confirm the exception; empty when they may."""
    scope = scope_of(user)
    if not stays_marked(edition) or edition.signed_at is None:
        return _("没有要复核的签发。")
    if edition.voided_at:
        return _("这份校样已经作废，不用复核。")
    if not scope.everything and edition.centre.pk not in scope.centres_as(APPROVER):
        return _("只有签发人能复核。")
    if edition.signed_by_id == user.pk:
        return _("自己签发的，要由另一位签发人复核。")
    if edited_by(edition.issue, user):
        return _("您编辑过本期，不能复核。请没有编辑过的签发人复核。")
    return ""


def confirm_exception(edition: Edition, *, by: User, digest: str, note: str = "") -> Edition:
    """A second approver, who did not edit either, stands by what was signed.

    Raises SignRefused. It may come after publication: the mark stays until then.
    """
    with transaction.atomic():
        issue = lock(edition.issue)
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        if reason := not_to_confirm(row, by):
            raise SignRefused(reason)
        if row.digest != digest:
            raise SignRefused(_("您看到的不是现在这份校样，请刷新页面再看。"))
        row.confirmed_by, row.confirmed_at = by, timezone.now()
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        told = {"digest": digest, "proof": row.proof_no}
        leave_trail(issue, "confirm_exception", by=by, note=note, data=told)
    return row
