"""An issue with entries from several windows, for tests of the assembly."""

from __future__ import annotations

import datetime as dt

import pytest

from bulletin.assembly import collect, open_issue
from bulletin.models import Entry, Issue, Submission
from tests.factories import DepartmentFactory, House, WindowFactory
from windows.models import ServiceWindow

DEEDS = ("取水许可专席", "教师资格认定", "药品许可换证", "异地就医备案", "测绘成果查询", "夜间受理")


class Month:
    """`house` with accepted news of February and the issue that collected it."""

    def __init__(self, house: House, news: int = 3) -> None:
        self.house = house
        self.by = house.editor
        for number in range(news):
            self.news(number)
        self.issue = open_issue(house.publication, year=2026, month=2, by=self.by)
        collect(self.issue, by=self.by)
        self.issue.refresh_from_db()

    def news(self, number: int, **fields) -> Submission:
        day = dt.date(2026, 2, 3 + number % 20)
        deed = DEEDS[number % len(DEEDS)]
        values = {"date": day, "text": f"开设{deed}，当日办结{number + 11}件。", **fields}
        return self.house.news(state="accepted", **values)

    def window(self, name: str) -> ServiceWindow:
        department = DepartmentFactory(centre=self.house.centre, short_name=name)
        return WindowFactory(department=department)

    @property
    def entries(self) -> list[Entry]:
        return list(self.issue.entries.order_by("section__position", "position"))

    def section(self, key: str):
        return self.issue.sections.get(key=key)


def shape(issue: Issue) -> list[tuple[str, int, str]]:
    """Section, position and text of every entry, in printed order."""
    rows = issue.entries.order_by("section__position", "position")
    return list(rows.values_list("section__key", "position", "text"))


def dense(issue: Issue) -> bool:
    """Positions are 1, 2, … in every section."""
    return all(
        list(section.entries.order_by("position").values_list("position", flat=True))
        == list(range(1, section.entries.count() + 1))
        for section in issue.sections.all()
    )


@pytest.fixture
def month(house) -> Month:
    return Month(house)
