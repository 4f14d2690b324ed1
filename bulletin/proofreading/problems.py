"""The words proofreading speaks in: a problem, a rule, and what a rule is told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bulletin.proofreading.edits import Edit

Severity = Literal["block", "warn", "hint"]
DaysOff = Callable[[dt.date], bool] | frozenset[dt.date]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the text: the months of its issue, and whether it is a heading or
    an item's paragraph.

    `days_off` tells days on which the hall is closed (None: not known). `departments` are
    official names, short and full; `aliases` lead from a name no longer or never official to
    the current short name; `leaders` are names of persons.
    """

    year: int
    month: int
    month_to: int | None = None
    heading: bool = False
    paragraph: bool = True
    days_off: DaysOff | None = None
    departments: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    leaders: frozenset[str] = frozenset()

    def is_day_off(self, day: dt.date) -> bool:
        if self.days_off is None:
            return False
        return day in self.days_off if isinstance(self.days_off, frozenset) else self.days_off(day)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in `text[start:end]`. `auto` is None where the rule's own word holds."""

    start: int
    end: int
    message: str
    suggestion: str | None = None
    auto: bool | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding with the number and severity of its rule. With `auto`, the suggestion may be
    put in place of `text[start:end]` by one press, without anybody weighing it."""

    rule: int
    severity: Severity
    message: str
    start: int
    end: int
    suggestion: str | None = None
    auto: bool = False


Find = Callable[[str, Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`number` is the row in `domain.md` section 2; `basis` the standard's name for the screen."""

    number: int
    name: str
    severity: Severity
    find: Find
    basis: str = "刊物惯例"
    auto: bool = False


def from_edits(text: str, edits: Iterable[Edit], message: str) -> Iterator[Finding]:
    """A finding for each edit; {old} and {new} in the message are filled in."""
    for edit in edits:
        old = text[edit.start : edit.end]
        told = message.replace("{old}", old).replace("{new}", edit.new)
        yield Finding(edit.start, edit.end, told, edit.new)


def from_matches(
    text: str,
    pattern: re.Pattern[str],
    message: str,
    suggest: Callable[[re.Match[str]], str | None] = lambda match: None,
) -> Iterator[Finding]:
    """A finding for each match; {old} and {new} in the message are filled in."""
    for match in pattern.finditer(text):
        new = suggest(match)
        told = message.replace("{old}", match[0]).replace("{new}", new or "")
        yield Finding(match.start(), match.end(), told, new)
