"""One line of the readiness list."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "warn", "hint"]
# Where a line leads when it is not to an entry or a section of the issue.
Lead = Literal["", "particulars", "inbox", "figures", "leaders", "leader", "submission"]


@dataclass(frozen=True, slots=True)
class Problem:
    """`entry_id` or `section_id` lead to the place, `start` and `end` to the characters.

    `suggestion` is what could stand there instead; with `auto` nobody need weigh it.
    `lead` and `lead_id` name another place where it is put right.
    """

    code: str
    severity: Severity
    message: str
    entry_id: int | None = None
    section_id: int | None = None
    start: int | None = None
    end: int | None = None
    suggestion: str | None = None
    auto: bool = False
    lead: Lead = ""
    lead_id: int | None = None
    other_id: int | None = None  # the entry it tells the same as

    @property
    def key(self) -> str:
        """What an acknowledgement is kept under, 16 hexadecimal digits: the kind of problem,
        its place and its words. Where the same words appear anew, they are the same problem;
        when the text or the data behind it changes, it is another one."""
        content = f"{self.code}|{self.entry_id}|{self.section_id}|{self.message}"
        return hashlib.sha256(content.encode()).hexdigest()[:16]


def blocks(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "block"]
