"""One submission of the demo, from the table that describes it to the state it has come to."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from bulletin.handing_in import Count, Counts, News, Person, Place, Target, Visit, save
from bulletin.handing_in.written import Written
from bulletin.models import Call, Commission, Submission
from bulletin.reviewing import review
from windows.models import User

from . import counts
from .days import Month
from .places import Cast
from .story import Story

# State → the moves that lead there from what was submitted.
PATHS: Final[dict[str, tuple[str, ...]]] = {
    "draft": (),
    "submitted": (),
    "withdrawn": ("withdraw",),
    "endorsed": ("endorse",),
    "claimed": ("claim",),
    "returned": ("claim", "return"),
    "declined": ("claim", "decline"),
    "accepted": ("claim", "accept"),
}


@dataclass
class Paper:
    """What one window hands in, who deals with it at the centre, and the row once there is one."""

    cast: Cast
    place: Place
    written: Written
    key: uuid.UUID
    holder: User
    reason: str = ""
    reason_class: str = "other"
    edited: str | None = None
    commission: Commission | None = None
    row: Submission | None = None

    def tell(self, story: Story, state: str, handed_in: dt.datetime, reviewed: dt.datetime) -> None:
        """Hand it in, then take it to `state`, one move in three minutes."""
        story.at(handed_in, partial(self.hand_in, submit=state != "draft"))
        path = PATHS[state]
        if self.place.window.needs_endorsement and "claim" in path:
            path = ("endorse", *path)
        for number, move in enumerate(path):
            story.at(reviewed + dt.timedelta(minutes=3 * number), partial(self.make, move))

    def hand_in(self, *, submit: bool = True) -> None:
        clerk = self.cast.clerks[self.place.window.name]
        target = Target(key=self.key)
        self.row = save(
            self.place,
            self.written,
            by=clerk,
            target=target,
            answers=self.commission,
            submit=submit,
        )

    def make(self, move: str) -> None:
        assert self.row is not None  # noqa: S101  it was handed in earlier in the story
        note = self.reason if move in {"return", "decline"} else ""
        text = self.edited if move == "accept" else None
        version = self.row.version
        self.row = review(
            self.row,
            move,
            by=self._person(move),
            note=note,
            reason=self.reason_class,
            text=text,
            version=version,
        )

    def _person(self, move: str) -> User:
        people = {"withdraw": self.cast.clerks[self.place.window.name], "endorse": self.cast.chief}
        return people.get(move, self.holder)


class Desk:
    """Papers of one month."""

    def __init__(self, cast: Cast, month: Month, call: Call) -> None:
        self.cast, self.month, self.call = cast, month, call
        self.made = 0

    def news(self, row: dict[str, Any]) -> Paper:
        text = self._filled(row["text"])
        written = News(row["section"], self.day(row), row.get("subject", ""), text)
        paper = self._paper(row, written)
        if "edited" in row:
            day = f"{written.date.month}月{written.date.day}日，" if written.date else ""
            paper.edited = f"{day}{written.subject}{self._filled(row['edited'])}"
        return paper

    def visit(self, row: dict[str, Any]) -> Paper:
        people = tuple(self._person(name, row.get("post")) for name in row["people"])
        written = Visit(
            self.day(row),
            self.cast.windows[row["window"]],
            row.get("kind", "guidance"),
            row.get("opening", ""),
            row.get("remarks", ""),
            people,
        )
        return self._paper(row, written)

    def report(
        self, window: str, *, nil: bool = False, half: bool = False, times: int = 1
    ) -> Paper:
        """The window's counts, `half` of them filled in so far; `times` too many issued."""
        given = counts.window_counts(window, self.cast.sizes[window], self.month)
        value, _none = given["counter_issued"]
        given["counter_issued"] = (value * times, None)
        rows = [Count(self.cast.indicators[key], *pair) for key, pair in given.items()]
        filled = 0 if nil else len(rows) // 2 if half else len(rows)
        paper = self._paper({"window": window}, Counts(tuple(rows[:filled]), nil))
        paper.holder = self.cast.staff["shuju"]
        return paper

    def day(self, row: dict[str, Any]) -> dt.date | None:
        """A working day of the month; of the one before for what came late."""
        month = self.month.plus(-1) if row.get("late") else self.month
        return self.cast.days.nth(month, row["day"]) if "day" in row else None

    def place(self, window: str) -> Place:
        return Place(self.cast.windows[window], self.cast.publication, *self.month, self.call)

    def _paper(self, row: dict[str, Any], written: Written) -> Paper:
        self.made += 1
        key = uuid.uuid5(uuid.NAMESPACE_OID, f"demo {self.month} {self.made}")
        holder = self.cast.staff[row.get("holder", "bianji1")]
        why = (row.get("reason", ""), row.get("reason_class", "other"))
        return Paper(self.cast, self.place(row["window"]), written, key, holder, *why)

    def _person(self, name: str, post: str | None) -> Person:
        leader = self.cast.leaders[name]
        return Person(leader.department.short_name, post or leader.post, name, leader)

    def _filled(self, text: str) -> str:
        return text.replace("{y}", str(self.month.year)).replace("{m}", str(self.month.month))
