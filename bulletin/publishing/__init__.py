"""Proof, sign-off, publication: what was signed is exactly what becomes public (law 4)."""

from .correcting import abandon_correction, correct, public_edition, withdraw
from .files import ensure_files
from .links import (
    LinkRefused,
    approvers,
    link_address,
    link_of,
    make_link,
    revoke_link,
    why_closed,
)
from .publication import (
    due_issues,
    publish,
    publish_if_due,
    reasons_not_to_publish,
    schedule,
    unschedule,
)
from .rehearsing import Rehearsal, rehearse
from .sending import NotReady, return_proof, send_proof, void_proof
from .signing import (
    SignRefused,
    confirm_exception,
    edited_by,
    not_to_confirm,
    revoke,
    sign,
    stays_marked,
)

__all__ = [
    "LinkRefused",
    "NotReady",
    "Rehearsal",
    "SignRefused",
    "abandon_correction",
    "approvers",
    "confirm_exception",
    "correct",
    "due_issues",
    "edited_by",
    "ensure_files",
    "link_address",
    "link_of",
    "make_link",
    "not_to_confirm",
    "public_edition",
    "publish",
    "publish_if_due",
    "reasons_not_to_publish",
    "rehearse",
    "return_proof",
    "revoke",
    "revoke_link",
    "schedule",
    "send_proof",
    "sign",
    "stays_marked",
    "unschedule",
    "void_proof",
    "why_closed",
    "withdraw",
]
