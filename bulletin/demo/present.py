"""The month at hand: an open issue, a call, and submissions in every state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from bulletin.assembly import collect, edit_entry, open_issue
from bulletin.commenting import add_comment, mark_comment
from bulletin.handing_in import nil_return
from bulletin.models import Call, Commission, Entry, Submission

from .data import tables
from .days import Month, clock
from .papers import Desk, Paper
from .past import enter_figures
from .places import Cast
from .story import Story


class Present:
    """Everything happens in the five working days before `today`, ending the evening before."""

    def __init__(self, cast: Cast, today: dt.date) -> None:
        self.cast, self.today = cast, today
        self.data = tables("present")
        self.month = Month.of(today).plus(-1)
        self.eve = cast.days.shift(today, -1)
        self.call = self._call()
        self.desk = Desk(cast, self.month, self.call)

    def tell(self, story: Story) -> None:
        story.at(clock(self.eve, 8), self.enter_figures)
        story.at(clock(self.eve, 8, 40), self.open)
        story.at(clock(self.eve, 10, 30), self.collect)
        story.at(clock(self.eve, 10, 40), self.touch)
        for number, (kind, row, paper) in enumerate(self._papers()):
            handed_in = self._handed_in(kind, row, number)
            paper.tell(story, row["state"], handed_in, self._reviewed(row, number))
        for number, row in enumerate(self._reports()):
            day = self.cast.days.shift(self.eve, -4 + number % 3)
            row |= {"collected": row["state"] == "accepted"}
            reviewed = self._reviewed(row, number)
            self._report(row).tell(story, row["state"], clock(day, 11, number), reviewed)
        story.at(clock(self.eve, 9), self.answer_nil)
        story.at(clock(self.eve, 16, 30), self.comment)

    def enter_figures(self) -> None:
        enter_figures(self.cast, self.month, windows=False)

    def open(self) -> None:
        year, month = self.month
        issue = open_issue(
            self.cast.publication, year=year, month=month, by=self.cast.staff["bianji1"]
        )
        planned = self.cast.days.nth(Month.of(self.today), 15)
        after = self.cast.days.shift(self.call.cutoff.date(), 8)
        issue.issued_on = max(planned, after)
        issue.save(update_fields=["issued_on"])
        self.issue = issue

    def collect(self) -> None:
        collect(self.issue, by=self.cast.staff["bianji1"])

    def touch(self) -> None:
        """The 值守 sentence goes on in an editor's own words, so the system keeps them."""
        entry = self.issue.entries.get(kind=Entry.Kind.DUTY)
        words = entry.text.removesuffix("。") + "，并接听了咨询电话。"
        edit_entry(entry, by=self.cast.staff["bianji1"], text=words, version=entry.version)

    def answer_nil(self) -> None:
        """零报告 of every window that has nothing and is neither silent nor late."""
        for kind in ("news", "visit"):
            busy = {row["window"] for row in self.data["news" if kind == "news" else "visits"]}
            left_out = busy | {*self.data["reports"]["silent"], *self.data["unanswered"][kind]}
            for name in self.cast.windows:
                if name not in left_out:
                    nil_return(self.desk.place(name), kind, by=self.cast.clerks[name])

    def comment(self) -> None:
        """What the editors said to each other in the afternoon."""
        for row in self.data["comments"]:
            by = self.cast.staff[row["by"]]
            pin = row.get("pin", False)
            said = add_comment(self._talked_about(row), by=by, text=row["text"], pin=pin)
            if row.get("done"):
                mark_comment(said, "resolve", by=by)

    def _talked_about(self, row: dict[str, Any]) -> Call | Entry | Submission:
        match row["about"]:
            case "entry":
                return self.issue.entries.get(text__contains=row["words"])
            case "submission":
                mine = Submission.objects.filter(year=self.month.year, month=self.month.month)
                return mine.get(handed_in__contains=row["words"])
        return self.call

    def _call(self) -> Call:
        days = self.cast.days
        usual = days.nth(Month.of(self.today), 5)
        cutoff = usual if usual > self.today else days.shift(self.today, 3)
        call = Call.objects.create(
            publication=self.cast.publication,
            year=self.month.year,
            month=self.month.month,
            topics=self.data["call"]["topics"].strip(),
            cutoff=clock(cutoff, 17),
        )
        for row in self.data["commissions"]:
            Commission.objects.create(
                call=call,
                window=self.cast.windows[row["window"]],
                topic=row["topic"],
                due=clock(self.today if row.get("due_today") else days.shift(cutoff, 1), 17),
            )
        return call

    def _papers(self) -> Iterator[tuple[str, dict[str, Any], Paper]]:
        for row in self.data["news"]:
            paper = self.desk.news(row)
            if row.get("commission"):
                paper.commission = self.call.commissions.get(window__name=row["window"])
            yield "news", row, paper
        for row in self.data["visits"]:
            yield "visit", row, self.desk.visit(row)

    def _handed_in(self, kind: str, row: dict[str, Any], number: int) -> dt.datetime:
        """Not before the working day after the event, nor long before the eve."""
        days = self.cast.days
        recent = days.shift(self.eve, -5 + number % 4)
        event = self.desk.day(row)
        day = max(days.shift(event, 1), recent) if event else recent
        return clock(day, 9 if kind == "news" else 10, 20 + number)

    def _reviewed(self, row: dict[str, Any], number: int) -> dt.datetime:
        """What is collected was accepted the day before; the rest came up after."""
        if row.get("collected"):
            return clock(self.cast.days.shift(self.eve, -1), 14, 4 * number)
        return clock(self.eve, 14, 4 * number)

    def _reports(self) -> Iterator[dict[str, Any]]:
        """Window and state of every report; the silent have none."""
        told = self.data["reports"]
        special = {
            window: state
            for state in ("draft", "submitted", "endorsed", "claimed")
            for window in told[state]
        }
        special[told["returned"]["window"]] = "returned"
        for window in self.cast.windows:
            if window not in told["silent"]:
                yield {"window": window, "state": special.get(window, "accepted")}

    def _report(self, row: dict[str, Any]) -> Paper:
        told = self.data["reports"]
        wrong = row["state"] == "returned"
        paper = self.desk.report(
            row["window"],
            nil=row["window"] in told["nil"],
            half=row["state"] == "draft",
            times=100 if wrong else 1,
        )
        if wrong:
            paper.reason = told["returned"]["reason"]
            paper.reason_class = told["returned"]["reason_class"]
        return paper
