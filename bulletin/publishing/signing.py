"""Sign-off of one digest, by somebody who did not edit it."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.assembly import EDITS, build_document
from bulletin.models import Edition, Issue, Submission, Trail
from bulletin.moves import MoveRefused, lock, make_move
from bulletin.proofs import end_proof
from windows.models import User

# What counts as having edited an item of the issue; of the issue itself, `assembly.EDITS`.
ITEM_EDITS: Final = ("accept", "edit")


class SignRefused(MoveRefused):
    """Why this proof cannot be signed by this person now."""


def edited_by(issue: Issue, user: User) -> bool:
    """Whether `user` had a hand in the issue or in an item that stands in it."""
    mine = Trail.objects.filter(actor_id=user.pk)
    if mine.filter(subject="issue", subject_id=issue.pk, action__in=EDITS).exists():
        return True
    placed = Submission.objects.filter(placement__entry__issue=issue).values("pk")
    return mine.filter(subject="submission", subject_id__in=placed, action__in=ITEM_EDITS).exists()


def sign(edition: Edition, *, by: User, digest: str, note: str = "") -> Edition:
    """Sign exactly the proof that was shown, named by its digest.

    Raises SignRefused when another digest was shown, when the proof is void or
    the issue has changed since, and when `by` edited the issue and gives no reason.
    """
    reason = ""
    with transaction.atomic():
        issue = lock(edition.issue)
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        _check_proof(row, digest)
        if build_document(issue).digest == row.digest:
            if edited_by(issue, by) and not note.strip():
                raise SignRefused(_("您编辑过本期，不能自己签发。确需签发请写明理由。"))
            make_move(issue, "sign", by=by, note=note, data={"digest": digest})
            row.signed_by, row.signed_at, row.sign_note = by, timezone.now(), note.strip()
            row.save(update_fields=["signed_by", "signed_at", "sign_note"])
            return row
        reason = _("送签之后数据或条目有变动，这份校样已作废，请编辑重新送签。")
        end_proof(issue, "void_proof", by=None, note=reason)
    raise SignRefused(reason)


def _check_proof(row: Edition, digest: str) -> None:
    if row.voided_at:
        raise SignRefused(_("这份校样已经作废：%(why)s") % {"why": row.void_reason})
    if row.digest != digest:
        raise SignRefused(_("您看到的不是现在这份校样，请刷新页面再看。"))


def revoke(issue: Issue, *, by: User, note: str) -> None:
    """Take a sign-off back before publication; the proof is void."""
    end_proof(issue, "revoke", by=by, note=note)
