"""Proof, sign-off, publication: what was signed is exactly what becomes public (law 4)."""

from .correcting import abandon_correction, correct, public_edition, withdraw
from .files import ensure_files
from .publication import publish, publish_if_due, reasons_not_to_publish, schedule, unschedule
from .sending import NotReady, return_proof, send_proof, void_proof
from .signing import SignRefused, edited_by, revoke, sign

__all__ = [
    "NotReady",
    "SignRefused",
    "abandon_correction",
    "correct",
    "edited_by",
    "ensure_files",
    "public_edition",
    "publish",
    "publish_if_due",
    "reasons_not_to_publish",
    "return_proof",
    "revoke",
    "schedule",
    "send_proof",
    "sign",
    "unschedule",
    "void_proof",
    "withdraw",
]
