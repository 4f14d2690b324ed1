"""A proof: the issue frozen with its digest, sent, returned or voided."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bulletin import outbox
from bulletin.assembly import build_document
from bulletin.document import dumps
from bulletin.equality import unlike
from bulletin.models import Edition, Issue
from bulletin.moves import MoveRefused, leave_trail, lock, make_move
from bulletin.proofs import end_proof, keep_sources
from bulletin.readiness import Problem, blocks, check_issue
from windows.models import User


class NotReady(MoveRefused):
    """The issue cannot be frozen yet; `problems` are those that block."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            _("还不能送签：") + "；".join(p.message.rstrip("。") for p in problems) + "。"
        )
        self.problems = tuple(problems)


def send_proof(issue: Issue, *, by: User) -> Edition:
    """Freeze the issue as its next proof and send it for sign-off. Raises NotReady.

    During a correction the proof carries the public notice, so that it is signed too.
    """
    with transaction.atomic():
        row = lock(issue)
        problems = blocks(check_issue(row))
        if problems:
            raise NotReady(problems)
        document = build_document(row)
        differing = unlike(document)
        if differing:
            raise NotReady([Problem("formats", "block", one.words) for one in differing])
        make_move(row, "send_proof", by=by)
        last = row.editions.aggregate(last=Max("proof_no"))["last"] or 0
        edition = Edition.objects.create(
            issue=row,
            proof_no=last + 1,
            content=dumps(document).decode(),
            digest=document.digest,
            year=row.year,
            number=row.number,
            sent_by=by,
            notice=row.correction_notice,
        )
        keep_sources(edition)
        leave_trail(edition, "freeze", by=by, data={"digest": edition.digest})
        outbox.enqueue("render", f"render:{edition.pk}", {"edition": edition.pk})
    return edition


def return_proof(edition: Edition, *, by: User, note: str) -> None:
    """The approver sends the proof back to the editors, with the reason."""
    end_proof(edition.issue, "return_proof", by=by, note=note)


def void_proof(issue: Issue, *, by: User, note: str) -> None:
    end_proof(issue, "void_proof", by=by, note=note)
