"""What a document may hold before any format is made of it."""

from __future__ import annotations

from typing import Final

from ..document import IssueDocument

LONGEST: Final = {"title": 100, "number": 40, "issuer": 200, "heading": 400, "imprint": 2_000}
PARAGRAPH: Final = 20_000
"""Characters a paragraph may have; the longest printed so far has 258."""


def admit(document: IssueDocument) -> None:
    """Raises ValueError, naming the place, for a line too long to be set."""
    for line in document.lines():
        most = LONGEST.get(line.role, PARAGRAPH)
        if len(line.text) > most:
            start = line.text[:12]
            raise ValueError(f"“{start}…”一段共{len(line.text)}字，超过{most}字的上限，无法排版。")
