"""A mistake in print: put right by a new edition in the open, or withdrawn with the reason."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.assembly import build_document
from bulletin.changes import changed_lines
from bulletin.models import Edition, Issue
from bulletin.moves import MoveRefused, lock, make_move
from bulletin.proofs import active_proof, void_active
from windows.models import User

from . import public
from .telling import tell


def public_edition(issue: Issue) -> Edition | None:
    """The printed edition that holds now."""
    return Edition.objects.standing().filter(issue=issue).first()


def correct(issue: Issue, *, by: User, notice: str) -> Issue:
    """Open a published issue for a correction; `notice` is what the public will read of it.

    The public edition stays public until the corrected one is signed and published.
    """
    with transaction.atomic():
        row = make_move(issue, "correct", by=by, note=notice)
        row.correction_notice = notice.strip()
        row.save(update_fields=["correction_notice"])
    return row


def abandon_correction(issue: Issue, *, by: User) -> Issue:
    """Nothing is corrected after all. Raises MoveRefused while the issue differs from what is
    public: a change nobody signed would otherwise slip into the next correction."""
    with transaction.atomic():
        row = lock(issue)
        held = public_edition(row)
        if held and row.state == "open" and changed_lines(held.document, build_document(row)):
            raise MoveRefused(_("本期已经改过，与公开的一版不同。请先改回原样，再放弃更正。"))
        row = make_move(row, "abandon_correction", by=by)
        row.correction_notice = ""
        row.save(update_fields=["correction_notice"])
    return row


def withdraw(issue: Issue, *, by: User, reason: str) -> Edition:
    """Take every edition of the issue off the public pages; their addresses tell the reason.

    A proof of a correction under way is void. Raises MoveRefused.
    """

    def disappear(row: Issue) -> Edition:
        last = public_edition(row)
        if active_proof(row):
            void_active(row, _("本期已撤下。"))
        make_move(row, "withdraw", by=by, note=reason)
        assert last is not None  # noqa: S101  the move asks for it
        published = Edition.objects.filter(issue=row, published_at__isnull=False)
        published.filter(withdrawn_at=None).update(
            withdrawn_at=timezone.now(), withdrawn_by=by, withdraw_reason=reason.strip()
        )
        last.refresh_from_db()
        tell(last, "withdraw", reason=reason.strip())
        return last

    return public.change(issue, disappear, appearing=None)
