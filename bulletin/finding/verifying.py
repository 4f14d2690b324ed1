"""Whether what somebody holds is ours: by the code on its last page, by a digest, by a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import QuerySet

from bulletin.models import Edition, EditionFile
from bulletin.verification import BadCode, digest_prefix

Verdict = Literal["genuine", "superseded", "withdrawn", "unknown"]
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Found:
    """`file` where a file's digest was given; `bad` says why a code cannot be one."""

    verdict: Verdict
    edition: Edition | None = None
    file: EditionFile | None = None
    bad: BadCode | None = None


UNKNOWN: Final = Found("unknown")


def look_up(typed: str) -> Found:
    """A code of twelve characters, or a SHA-256 of a file or of a content, as typed."""
    digest = re.sub(r"\s", "", typed).lower()
    if _DIGEST.fullmatch(digest):
        return by_digest(digest)
    try:
        prefix = digest_prefix(typed)
    except BadCode as bad:
        return Found("unknown", bad=bad)
    return _found(_once_public().filter(digest__startswith=prefix))


def by_digest(digest: str) -> Found:
    """Of a file as it was published, stamped copies too, or of the signed content."""
    files = EditionFile.objects.filter(sha256=digest, edition__in=_once_public().values("pk"))
    file = files.select_related("edition__issue__publication").first()
    if file is not None:
        return Found(_verdict(file.edition), file.edition, file)
    return _found(_once_public().filter(digest=digest))


def _once_public() -> QuerySet[Edition]:
    """Published at any time: what was withdrawn is still known as ours."""
    return Edition.objects.filter(published_at__isnull=False, issue__publication__is_public=True)


def _found(rows: QuerySet[Edition]) -> Found:
    """The newest edition of that content: an older one may print alike."""
    edition = rows.select_related("issue__publication").order_by("-published_at").first()
    return Found(_verdict(edition), edition) if edition else UNKNOWN


def _verdict(edition: Edition) -> Verdict:
    if edition.withdrawn_at:
        return "withdrawn"
    replaced = Edition.objects.filter(supersedes=edition, published_at__isnull=False)
    return "superseded" if replaced.exists() else "genuine"
