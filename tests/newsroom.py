"""A month at work for tests of the newsroom: one object of every kind it shows."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.urls import reverse

from bulletin.assembly import collect, drop_entry, open_issue
from bulletin.assembly.particulars import change_particulars
from bulletin.models import Aside, Call, Commission, Edition, Entry, Issue, Submission
from bulletin.moves import make_move
from bulletin.publishing import send_proof
from stats.models import MonthlyReport
from tests.factories import House, ReportFactory

TEXT = "2月3日，商务厅窗口推出企业备案当日办结，全月办理43件，平均用时由三天减至半天。"


class Newsroom:
    """`house` with an issue whose proof is out, made by its editor; each made when named."""

    def __init__(self, house: House) -> None:
        self.house = house

    def submitted(self, **fields: Any) -> Submission:
        row = self.house.news(**{"handed_in": TEXT, **fields})
        return make_move(row, "submit", by=self.house.clerk)

    def claimed(self, *, edited: str = "", **fields: Any) -> Submission:
        row = make_move(self.submitted(**fields), "claim", by=self.house.editor)
        row.edited = edited
        row.save(update_fields=["edited"])
        return row

    def accepted(self, **fields: Any) -> Submission:
        return make_move(self.claimed(**fields), "accept", by=self.house.editor)

    @cached_property
    def submission(self) -> Submission:
        return self.submitted()

    @cached_property
    def call(self) -> Call:
        return self.house.call()

    @cached_property
    def commission(self) -> Commission:
        """Asked of the house's window; nothing has come in for it."""
        return Commission.objects.create(
            call=self.call, window=self.house.window, topic="以旧换新", due=self.call.cutoff
        )

    @cached_property
    def report(self) -> MonthlyReport:
        """Typed in at the centre: no window handed it in."""
        return ReportFactory(window=self.house.window, month=1)

    @cached_property
    def issue(self) -> Issue:
        """With one entry and a date, ready to be sent."""
        self.accepted()
        issue = open_issue(self.house.publication, year=2026, month=2, by=self.house.editor)
        collect(issue, by=self.house.editor)
        day = dt.date(2026, 3, 25)
        return change_particulars(
            issue, by=self.house.editor, issued_on=day, number=2, number_to=None
        )

    @cached_property
    def entry(self) -> Entry:
        return self.issue.entries.get()

    @cached_property
    def edition(self) -> Edition:
        edition = send_proof(self.issue, by=self.house.editor)
        self.issue.refresh_from_db()
        return edition

    @cached_property
    def second(self) -> Entry:
        """Another entry of the issue, from the same window."""
        first = self.entry
        self.accepted(text=f"又一条：{TEXT}")
        collect(self.issue, by=self.house.editor)
        return self.issue.entries.exclude(pk=first.pk).get()

    @cached_property
    def aside(self) -> Aside:
        """The second entry, taken out again: its submission waits."""
        return drop_entry(self.second, by=self.house.editor)


def url(name: str, *args: object) -> str:
    return reverse(f"admin:bulletin_{name}", args=args)
