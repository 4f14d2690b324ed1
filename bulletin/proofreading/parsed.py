"""What the text of a printed issue says, as frozen values (see `parsing.parse_issue`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Kind = Literal["visit", "duty", "news", "progress", "narrative"]


class ParseError(ValueError):
    """The text cannot be read as an issue; the message tells the reader what to do."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something kept as it is that a person should look at: 四（三）, the words, and why."""

    where: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedPeriod:
    year: int
    month: int
    month_to: int | None = None

    @property
    def months(self) -> str:
        """2, or 1—2 for a combined issue, without 月."""
        return f"{self.month}—{self.month_to}" if self.month_to else str(self.month)


@dataclass(frozen=True, slots=True)
class ParsedVisitor:
    department: str
    post: str
    name: str


@dataclass(frozen=True, slots=True)
class ParsedVisit:
    """Who came where. `date` is None where only the month is printed; `window` is the
    department whose window was visited ("" for the hall as a whole); `opening` and
    `remarks` together are everything after the first sentence."""

    kind: Literal["guidance", "duty"]
    visitors: tuple[ParsedVisitor, ...]
    date: dt.date | None
    hall: str
    window: str
    activity: str
    opening: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFigure:
    """One figure. `value`, `low`, `high` count base units: 3.79万件 is 37900, from 37850
    up to but not including 37950; a figure printed in full has low = value = high."""

    key: str
    label: str
    printed: str
    unit: str
    base_unit: str
    scale: int
    decimals: int
    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One paragraph without its number. `month` is set where the print names only a month;
    `template` is the paragraph with {key} for its figures, {m} and {y} for month and year."""

    text: str
    label: str = ""
    kind: Kind = "news"
    date: dt.date | None = None
    month: int | None = None
    departments: tuple[str, ...] = ()
    visit: ParsedVisit | None = None
    figures: tuple[ParsedFigure, ...] = ()
    template: str = ""


@dataclass(frozen=True, slots=True)
class ParsedSection:
    order: int
    label: str
    key: str
    heading: str
    numbered: bool
    items: tuple[ParsedItem, ...]


@dataclass(frozen=True, slots=True)
class ParsedImprint:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedIssue:
    masthead: str
    number: int
    number_to: int | None
    issuer: str
    issued_on: dt.date | None
    period: ParsedPeriod
    sections: tuple[ParsedSection, ...]
    imprint: tuple[ParsedImprint, ...]
    notes: tuple[Note, ...]

    @property
    def items(self) -> tuple[ParsedItem, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @property
    def figures(self) -> tuple[ParsedFigure, ...]:
        return tuple(figure for item in self.items for figure in item.figures)

    @property
    def visits(self) -> tuple[ParsedVisit, ...]:
        return tuple(item.visit for item in self.items if item.visit)

    @property
    def template(self) -> str:
        """The template of the first paragraph that has figures, or ""."""
        return next((item.template for item in self.items if item.figures), "")
