"""A page asks the database as often for three rows as for one."""

from __future__ import annotations

import datetime as dt
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletin import publishing
from bulletin.assembly import carry_entry, drop_entry, merge_entries
from bulletin.models import Edition, Entry, EntrySource, Issue, NilReturn
from bulletin.publishing import send_proof
from tests.factories import DepartmentFactory, WindowFactory
from tests.newsroom import Newsroom, url


def asked(client, at: str) -> int:
    client.get(at)  # sessions and content types are warm
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(at).status_code == 200
    return len(queries)


def test_the_inbox(client, rows, house):
    client.force_login(house.editor)
    rows.claimed()
    house.report(state="submitted")
    house.visit(state="submitted")
    few = asked(client, url("submission_changelist"))
    for _more in range(2):
        rows.claimed()
        rows.accepted()
        house.visit(state="submitted")
    assert asked(client, url("submission_changelist")) == few


def test_the_bench(client, rows, house):
    client.force_login(house.editor)
    house.call()
    rows.claimed()
    assert rows.issue
    few = asked(client, reverse("admin:index"))
    for _more in range(2):
        window = WindowFactory(department=DepartmentFactory(centre=house.centre))
        NilReturn.objects.create(
            publication=house.publication, window=window, year=2026, month=2, kind="news"
        )
        rows.claimed()
    assert asked(client, reverse("admin:index")) == few


def test_the_assembly_page(client, rows, house):
    """With something of every kind from the first: merged, dropped, carried, acknowledged."""
    client.force_login(house.editor)
    for _more in range(3):  # and the one that comes with the issue
        rows.accepted()
    first, second, third, fourth = rows.issue.entries.order_by("position")
    merge_entries(first, second, by=house.editor, text=f"近日，{first.text}")  # a warning
    carry_entry(third, by=house.editor, reason="月底才办成")
    drop_entry(fourth, by=house.editor)
    at = url("issue_change", rows.issue.pk)
    few = asked(client, at)
    for many in (22, 200):
        fill_up(rows, many)
        assert rows.issue.entries.count() == many
        assert asked(client, at) == few


COMMON = "取水许可教师资格药品换证异地就医备案测绘成果夜间开设专席城乡住房建筑工程道路运输旅游"


def deed(number: int) -> str:
    """Words that no other number shares in a row: two hundred items alike would be twenty
    thousand problems."""
    return "".join(Random(number).sample(COMMON, 24))  # noqa: S311


def fill_up(rows: Newsroom, many: int) -> None:
    section = rows.issue.sections.get(key="window_news")
    have = section.entries.count()
    made = Entry.objects.bulk_create(
        Entry(
            issue=rows.issue, section=section, position=number, date=dt.date(2026, 2, 3),
            text=f"2月3日，{deed(number)}，办理{number * 7}件。",
        )
        for number in range(have + 1, many + 1)
    )  # fmt: skip
    sources = [rows.house.news(state="accepted") for _entry in made]
    EntrySource.objects.bulk_create(
        EntrySource(entry=entry, submission=one) for entry, one in zip(made, sources, strict=True)
    )


def test_the_sign_off_page_and_the_timeline(client, rows, house, monkeypatch):
    """The formats are held against each other when a proof is sent; here the pages count."""
    monkeypatch.setattr(publishing.sending, "unlike", lambda document: [])
    timeline = f"{url('trail_changelist')}?of=issue:{rows.edition.issue_id}"
    costs = [_sign_off_costs(client, house, rows.edition, timeline)]
    for many in (22, 200):
        publishing.return_proof(Edition.objects.latest("pk"), by=house.approver, note="再添几条。")
        fill_up(rows, many)
        again = send_proof(Issue.objects.get(), by=house.editor)
        assert len(again.document.sections[0].items) == many
        costs.append(_sign_off_costs(client, house, again, timeline))
    assert costs[0] == costs[1] == costs[2]


def _sign_off_costs(client, house, edition: Edition, timeline: str) -> tuple[int, int]:
    client.force_login(house.approver)
    proof = asked(client, url("edition_change", edition.pk))
    client.force_login(house.auditor)
    return proof, asked(client, timeline)


def test_the_trail(client, rows, house):
    client.force_login(house.auditor)
    rows.submitted()
    few = asked(client, url("trail_changelist"))
    rows.claimed()
    assert asked(client, url("trail_changelist")) == few
