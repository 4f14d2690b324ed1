"""What a copy of an edition carries that nobody signed (docs/decisions, 26).

Words in print: the same whatever language a screen is set to.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from bulletin.document import chinese_date
from bulletin.models import Edition
from bulletin.typeset import Marks
from bulletin.verification import code_of

UNFINISHED = Marks(draft="未定稿")
"""Of an issue that was never frozen."""


def public_marks(digest: str) -> Marks:
    """Of the files that are published: by what the site knows the document again."""
    return Marks(code=code_of(digest), digest=digest)


def copy_marks(edition: Edition) -> Marks:
    """Of a copy made now: a proof says so, what holds no more says why."""
    known = public_marks(edition.digest)
    if edition.withdrawn_at:
        day = chinese_date(timezone.localdate(edition.withdrawn_at))
        return _stamped(known, f"本版已于{day}撤下：{edition.withdraw_reason}")
    if edition.voided_at:
        proof = Marks(draft=_proof(edition), digest=edition.digest)
        return _stamped(proof, f"本校样已作废：{edition.void_reason}")
    if edition.signed_at is None:
        return Marks(draft=_proof(edition), digest=edition.digest)
    successor = Edition.objects.filter(supersedes=edition).first()
    return replaced_marks(edition, successor) if successor else known


def replaced_marks(edition: Edition, successor: Edition) -> Marks:
    """Of an edition that `successor` takes the place of, published or about to be."""
    place = _place(edition) + 1
    reason = (
        f"本版（第{place - 1}版）已由第{place}版取代，请以第{place}版为准。"
        f"第{place}版验证码：{code_of(successor.digest)}"
    )
    return replace(public_marks(edition.digest), stamp="已更正", reason=reason)


def _stamped(marks: Marks, reason: str) -> Marks:
    return replace(marks, stamp="作废", reason=reason)


def _proof(edition: Edition) -> str:
    return f"校样{edition.proof_no}"


def _place(edition: Edition) -> int:
    """Which published edition of its issue it is, from 1: editions follow in order of proofs."""
    published = Edition.objects.filter(issue=edition.issue_id, published_at__isnull=False)
    return published.filter(proof_no__lte=edition.proof_no).count()
