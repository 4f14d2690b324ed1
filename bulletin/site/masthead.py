"""The head of the paper: title, number, issuer and date over the red rule."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.document import IssueDocument, chinese_date


@dataclass(frozen=True, slots=True)
class Mast:
    title: str
    number: str
    issuer: str
    date: str

    @property
    def css(self) -> str:
        """The title fills the line of a phone whatever its length: `of-6` has six characters."""
        return f"of-{min(max(len(self.title), 4), 12)}"


def masthead(document: IssueDocument) -> Mast:
    date = chinese_date(document.issued_on) if document.issued_on else ""
    return Mast(document.masthead, document.number_line, document.issuer, date)
