"""JSON: the document itself, in its canonical form."""

from __future__ import annotations

from ..document import IssueDocument, dumps
from .limits import admit


def render(document: IssueDocument) -> bytes:
    admit(document)
    return dumps(document)
