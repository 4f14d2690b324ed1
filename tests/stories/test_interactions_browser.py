"""From twenty-two accepted submissions to a published issue, counted in presses of three people."""

from __future__ import annotations

import datetime as dt

import pytest

from bulletin.models import Edition, Issue
from tests.bulletin.assembly.conftest import Month
from tests.factories import House
from tests.newsroom import url
from tests.stories.hands import Hands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACCEPTED = 22
ALLOWED = 12


@pytest.fixture
def house(transactional_db) -> House:
    """January is out, twenty-two items of February are accepted, no issue is open."""
    month = Month(House(), news=0)
    Issue.objects.filter(pk=month.issue.pk).update(
        month=1, number=1, issued_on=dt.date(2026, 2, 25)
    )
    for number in range(ACCEPTED):
        month.news(number)
    return month.house


def test_twenty_two_accepted_submissions_are_published_in_twelve_presses(house, sign_in):
    editor, approver, publisher = (
        Hands(sign_in(who, width=1440)) for who in (house.editor, house.approver, house.publisher)
    )
    editor.page.goto(url("issue_changelist"))
    editor.follow("开新一期")
    editor.press("开新一期")
    editor.press("收集", stays=True)
    editor.page.locator(".grab").nth(ACCEPTED - 1).wait_for()
    editor.press("送签")
    proof = Edition.objects.get()
    assert [len(section.items) for section in proof.document.sections if section.items] == [
        ACCEPTED
    ]
    approver.page.goto("/admin/")
    approver.follow("第1号校样")
    approver.press("签发第 1 号校样")
    publisher.page.goto("/admin/")
    publisher.follow("第2期")
    publisher.press("发布第2期")
    assert Edition.objects.current().get() == proof
    counts = (editor.count, approver.count, publisher.count)
    print("presses of editor, approver, publisher:", *counts)
    assert sum(counts) <= ALLOWED
    assert [page.said for page in (editor.page, approver.page, publisher.page)] == [[], [], []]
