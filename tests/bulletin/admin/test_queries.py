"""A page asks the database as often for three rows as for one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bulletin.assembly import collect
from bulletin.models import Issue, NilReturn
from bulletin.publishing import send_proof
from tests.factories import DepartmentFactory, WindowFactory
from tests.newsroom import Newsroom, url


@pytest.fixture
def rows(house):
    return Newsroom(house)


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
    client.force_login(house.editor)
    at = url("issue_change", rows.issue.pk)
    rows.accepted()
    few = asked(client, at)
    rows.accepted()
    client.post(url("issue_collect", rows.issue.pk))
    rows.accepted()
    assert rows.issue.entries.count() == 3
    assert asked(client, at) == few


def test_the_sign_off_page(client, rows, house):
    first = rows.edition
    client.force_login(house.approver)
    few = asked(client, url("edition_change", first.pk))
    rows.accepted(handed_in="2月5日，水利厅窗口开设取水许可专席，当日办结21件。")
    rows.accepted(handed_in="2月6日，教育厅行政审批处把教师资格认定搬到线上。")
    collect(rows.issue, by=house.editor)
    second = send_proof(Issue.objects.get(), by=house.editor)
    assert len(second.document.lines()) == len(first.document.lines()) + 2
    assert asked(client, url("edition_change", second.pk)) == few


def test_the_trail(client, rows, house):
    client.force_login(house.auditor)
    rows.submitted()
    few = asked(client, url("trail_changelist"))
    rows.claimed()
    assert asked(client, url("trail_changelist")) == few
