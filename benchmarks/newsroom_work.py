"""The work of `benchmarks.newsroom`, inside `manage.py shell`."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Final

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletin.assembly import edit_entry, open_issue
from bulletin.models import Entry, EntrySource, Issue
from bulletin.moves import make_move
from bulletin.publishing import send_proof
from tests.factories import House

SIZES: Final = (4, 22, 200)
BASE: Final = 22
COMMON: Final = (
    "取水许可教师资格药品换证异地就医备案测绘成果夜间开设专席城乡住房建筑工程道路运输旅游文化市场企业名称登记"
    "税收社会保险公积金贷款质量监督食品安全林业草原档案查询窗口帮办代办材料精简网上申请当场发证咨询热线评价"
)


@dataclass(frozen=True, slots=True)
class Cost:
    page: str
    entries: int
    queries: int
    first: float
    again: float


def run(repeat: int) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    house = House()
    issues = {size: _issue(house, month, size) for month, size in enumerate(SIZES, 2)}
    costs = [
        cost
        for size, issue in issues.items()
        for cost in (
            _assembly(house, issue, size, repeat),
            _proof(house, issue, size, repeat),
            _timeline(house, issue, size, repeat),
        )
    ]
    _print(costs)


def _issue(house: House, month: int, size: int) -> Issue:
    issue = open_issue(house.publication, year=2026, month=month, by=house.editor)
    Issue.objects.filter(pk=issue.pk).update(issued_on=dt.date(2026, month + 1, 25))
    section = issue.sections.get(key="window_news")
    for position in range(1, size + 1):
        day = dt.date(2026, month, 2 + position % 25)
        text = f"{month}月{day.day}日，{house.window.name}{_words(position)}"
        entry = Entry.objects.create(
            issue=issue, section=section, position=position, date=day, text=text
        )
        entry.departments.set([house.department])
        source = house.news(state="draft", handed_in=text, month=month, date=day)
        make_move(source, "submit", by=house.clerk)
        make_move(source, "claim", by=house.editor)
        make_move(source, "accept", by=house.editor)
        EntrySource.objects.create(entry=entry, submission=source, text=text)
    return Issue.objects.get(pk=issue.pk)


def _words(number: int) -> str:
    """Some 190 characters, no two alike enough to be called so."""
    drawn = Random(number)  # noqa: S311  the same texts in every run
    told = ["".join(drawn.sample(COMMON, 15)) for _step in range(10)]
    return "，".join(told) + f"，办结{number * 31 + 5}件。"


def _assembly(house: House, issue: Issue, size: int, repeat: int) -> Cost:
    client, at = _signed_in(house.editor), reverse("admin:bulletin_issue_change", args=[issue.pk])
    client.get(at)
    number = count(1)
    first, again = [], []
    for _ in range(repeat):
        entry = issue.entries.order_by("position")[size // 2]
        text = f"{entry.text.partition('又')[0]}又第{next(number)}稿。"
        edit_entry(entry, by=house.editor, text=text, version=entry.version)
        first.append(_spent(client, at))
        again.append(_spent(client, at))
    return Cost("assembly", size, _queries(client, at), *map(statistics.median, (first, again)))


def _proof(house: House, issue: Issue, size: int, repeat: int) -> Cost:
    edition = send_proof(Issue.objects.get(pk=issue.pk), by=house.editor)
    client = _signed_in(house.approver)
    at = reverse("admin:bulletin_edition_change", args=[edition.pk])
    first = _spent(client, at)
    again = [_spent(client, at) for _ in range(repeat)]
    return Cost("approver", size, _queries(client, at), first, statistics.median(again))


def _timeline(house: House, issue: Issue, size: int, repeat: int) -> Cost:
    """All that was done to the issue and to what stands in it."""
    client = _signed_in(house.auditor)
    at = reverse("admin:bulletin_trail_changelist") + f"?of=issue:{issue.pk}"
    first = _spent(client, at)
    again = [_spent(client, at) for _ in range(repeat)]
    return Cost("timeline", size, _queries(client, at), first, statistics.median(again))


def _signed_in(user) -> Client:  # type: ignore[no-untyped-def]  # any person
    client = Client()
    client.force_login(user)
    return client


def _spent(client: Client, at: str) -> float:
    """CPU milliseconds of one answer."""
    began = time.process_time()
    answer = client.get(at)
    if answer.status_code != 200:
        raise RuntimeError(f"{at}: {answer.status_code}")
    return (time.process_time() - began) * 1000


def _queries(client: Client, at: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(at)
    return len(asked)


def _print(costs: list[Cost]) -> None:
    print("| page | entries | queries | first, CPU ms | × | again, CPU ms | × |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    base = {cost.page: cost for cost in costs if cost.entries == BASE}
    for cost in sorted(costs, key=lambda one: (one.page, one.entries)):
        small = base[cost.page]
        print(
            f"| {cost.page} | {cost.entries} | {cost.queries} | {cost.first:.0f} |"
            f" {cost.first / small.first:.1f} | {cost.again:.0f} |"
            f" {cost.again / small.again:.1f} |"
        )
