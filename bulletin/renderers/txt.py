"""Plain text: one paragraph a line, UTF-8, nothing escaped."""

from __future__ import annotations

from ..document import IssueDocument
from .limits import admit


def render(document: IssueDocument) -> bytes:
    admit(document)
    return f"{document.text}\n".encode("utf-8", "replace")
