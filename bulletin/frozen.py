"""What the database itself refuses: changes of trail rows and of edition content (law 4).

On PostgreSQL migrations made the triggers (0002, 0008 and later).
"""

from __future__ import annotations

from typing import Final

from windows.triggers import Guard

FROZEN: Final = (
    "issue_id",
    "publication_id",
    "proof_no",
    "content",
    "digest",
    "year",
    "number",
    "sent_by_id",
    "sent_at",
    "notice",
)
# Written once: empty until set, never set again.
ONCE: Final = (
    "voided_at",
    "signed_by_id",
    "signed_at",
    "confirmed_by_id",
    "confirmed_at",
    "published_at",
    "supersedes_id",
    "trail_count",
    "withdrawn_at",
    "withdrawn_by_id",
)
ONCE_TEXT: Final = ("void_reason", "sign_note", "trail_digest", "withdraw_reason")


def changed(differs: str) -> str:
    """The condition, in SQL, that something changes which must not; `differs` is the engine's
    comparison that takes NULL for a value."""
    frozen = [f"NEW.{c} {differs} OLD.{c}" for c in FROZEN]
    once = [f"(OLD.{c} IS NOT NULL AND NEW.{c} {differs} OLD.{c})" for c in ONCE]
    texts = [f"(OLD.{c} <> '' AND NEW.{c} {differs} OLD.{c})" for c in ONCE_TEXT]
    # Who signed an own edit is marked with the signature, and never unmarked.
    signed = f"(OLD.signed_at IS NOT NULL AND NEW.is_exception {differs} OLD.is_exception)"
    return " OR ".join([*frozen, *once, *texts, signed])


GUARD: Final = Guard(
    {
        "trail_no_update": "UPDATE ON bulletin_trail",
        "trail_no_delete": "DELETE ON bulletin_trail",
        "edition_no_delete": "DELETE ON bulletin_edition",
        "edition_frozen": f"UPDATE ON bulletin_edition WHEN {changed('IS NOT')}",
    },
    "what was signed and what was done are frozen",
)
