"""Months gone by: figures of a year, and issues that were signed and published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils import timezone

from bulletin.assembly import collect, edit_entry, open_issue
from bulletin.models import Call, Issue
from bulletin.moves import make_move
from bulletin.publishing import correct, publish, send_proof, sign
from bulletin.restating import NewFigure, restate
from stats.models import Figure, MonthlyReport
from windows.models import Staff, User
from windows.roles import APPROVER

from . import counts
from .data import tables
from .days import Month, clock
from .papers import Desk
from .places import Cast
from .story import Story


def tell_figures(story: Story, cast: Cast, month: Month, *, windows: bool = True) -> None:
    """The centre's own counts of a month and, unless they are handed in, those of the windows."""
    day = cast.days.nth(month.plus(1), 4)
    story.at(clock(day, 15), partial(enter_figures, cast, month, windows=windows))


def enter_figures(cast: Cast, month: Month, *, windows: bool) -> None:
    given: dict[str | None, counts.Counts] = {None: counts.centre_counts(month)}
    if windows:
        given |= {
            name: counts.window_counts(name, size, month) for name, size in cast.sizes.items()
        }
    reports = {
        name: MonthlyReport(
            centre=cast.centre,
            window=cast.windows[name] if name else None,
            year=month.year,
            month=month.month,
            nil=name is not None and not cast.sizes[name],
        )
        for name in given
    }
    MonthlyReport.objects.bulk_create(reports.values())
    Figure.objects.bulk_create(
        figure for name, report in reports.items() for figure in _figures(cast, report, given[name])
    )
    for report in reports.values():
        make_move(report, "confirm", by=cast.staff["shuju"])


def _figures(cast: Cast, report: MonthlyReport, given: counts.Counts) -> Iterator[Figure]:
    if report.nil:
        return
    for key, (value, denominator) in given.items():
        yield Figure(
            report=report,
            indicator=cast.indicators[key],
            value=value,
            denominator=denominator,
            entered_by=cast.staff["shuju"],
        )


def tell_restatement(story: Story, cast: Cast, month: Month) -> None:
    """A window finds after publication what it left out; the next issue tells it."""
    day = cast.days.nth(month.plus(2), 3)
    story.at(clock(day, 10), partial(_restate, cast, month))


def _restate(cast: Cast, month: Month) -> None:
    row = tables("published")["restated"]
    report = MonthlyReport.objects.get(
        window=cast.windows[row["window"]], year=month.year, month=month.month
    )
    figure = report.figures.select_related("indicator").get(indicator__key=row["indicator"])
    seen = (figure.value, figure.denominator)
    new = NewFigure(figure.indicator, figure.value + row["more"], figure.denominator, seen)
    restate(report, [new], by=cast.staff["shuju"], reason=row["reason"])


def tell_issue(
    story: Story, cast: Cast, month: Month, data: dict[str, Any], *, reports: bool
) -> None:
    """One published issue: what windows handed in, collected, signed and published.

    `reports`: counts come in through the desk too, as in the months at hand.
    """
    following = month.plus(1)
    cutoff = clock(cast.days.nth(following, 5), 17)
    call = Call.objects.create(
        publication=cast.publication,
        year=month.year,
        month=month.month,
        cutoff=cutoff,
        is_open=False,
    )
    desk = Desk(cast, month, call)
    for number, row in enumerate(data["news"]):
        paper = desk.news(row)
        paper.tell(story, "accepted", _handed_in(desk, row, number), _reviewed(desk, number))
    for number, row in enumerate(data["visits"], len(data["news"])):
        paper = desk.visit(row)
        paper.tell(story, "accepted", _handed_in(desk, row, number), _reviewed(desk, number))
    if reports:
        for number, window in enumerate(cast.windows):
            paper = desk.report(window, nil=not cast.sizes[window])
            day = cast.days.nth(following, 1 + number % 4)
            paper.tell(story, "accepted", clock(day, 10, number * 7), _reviewed(desk, number))
    Making(cast, month, data).tell(story)


def _handed_in(desk: Desk, row: dict[str, Any], number: int) -> dt.datetime:
    """The working day after the event; what has no date, when the month is over."""
    days = desk.cast.days
    day = desk.day(row)
    first = days.nth(desk.month.plus(1), 1)
    return clock(days.shift(day, 1) if day else first, 9, 20 + 5 * number)


def _reviewed(desk: Desk, number: int) -> dt.datetime:
    return clock(desk.cast.days.nth(desk.month.plus(1), 6), 9, 10 * number)


class Making:
    """The issue of one month, made by an editor, signed and published; where the data says so,
    signed by the one who made it, or corrected afterwards."""

    def __init__(self, cast: Cast, month: Month, data: dict[str, Any]) -> None:
        self.cast, self.month = cast, month
        self.alone: dict[str, str] = data.get("alone", {})
        self.correction: dict[str, str] = data.get("correction", {})

    @property
    def editor(self) -> User:
        return self.cast.staff[self.alone.get("by", "bianji1")]

    def tell(self, story: Story) -> None:
        steps = [
            (7, self.open),
            (8, self.collect),
            (11, self.send),
            (13, self.sign_alone if self.alone else self.sign),
            (15, self.publish),
        ]
        if self.correction:
            steps += [(17, self.correct), (18, self.sign), (18, self.publish)]
        for number, step in steps:
            story.at(clock(self.cast.days.nth(self.month.plus(1), number), 16), step)

    def open(self) -> None:
        year, month = self.month
        issue = open_issue(self.cast.publication, year=year, month=month, by=self.editor)
        issue.issued_on = self.cast.days.nth(self.month.plus(1), 15)
        issue.save(update_fields=["issued_on"])

    def collect(self) -> None:
        collect(self._issue(), by=self.editor)

    def send(self) -> None:
        self.edition = send_proof(self._issue(), by=self.editor)

    def sign(self) -> None:
        sign(self.edition, by=self.cast.staff["qianfa"], digest=self.edition.digest)

    def sign_alone(self) -> None:
        """The editor stands in as approver for that day."""
        today = timezone.localdate()
        Staff.objects.create(
            centre=self.cast.centre,
            user=self.editor,
            role=APPROVER,
            valid_from=today,
            valid_to=today,
        )
        by = User.objects.get(pk=self.editor.pk)  # whose roles are read anew
        sign(self.edition, by=by, digest=self.edition.digest, note=self.alone["why"])

    def publish(self) -> None:
        publish(self._issue(), by=self.cast.staff["fabu"])

    def correct(self) -> None:
        wrong, right = self.correction["wrong"], self.correction["right"]
        correct(self._issue(), by=self.editor, notice=self.correction["notice"])
        entry = self._issue().entries.get(text__contains=wrong)
        text = entry.text.replace(wrong, right)
        edit_entry(entry, by=self.editor, text=text, version=entry.version)
        self.send()

    def _issue(self) -> Issue:
        """As it stands now: each service takes the row fresh."""
        year, month = self.month
        return Issue.objects.get(publication=self.cast.publication, year=year, month=month)
