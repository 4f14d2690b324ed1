"""A month at work: its proof is out, or it is printed."""

from __future__ import annotations

import pytest

from bulletin.models import Edition, Issue, Recipient
from bulletin.publishing import publish, sign
from tests.newsroom import Newsroom


@pytest.fixture
def rows(house):
    return Newsroom(house)


@pytest.fixture
def signed(rows):
    return sign(rows.edition, by=rows.house.approver, digest=rows.edition.digest)


@pytest.fixture
def printed(rows, signed) -> Edition:
    return publish(signed.issue, by=rows.house.publisher)


@pytest.fixture
def recipients(house):
    return [
        Recipient.objects.create(publication=house.publication, label=label, name=name, email=email)
        for label, name, email in [
            ("报", "省政务管理办公室", "office@example.cn"),
            ("发", "商务厅", "shangwu@example.cn"),
        ]
    ]


@pytest.fixture
def fresh():
    """The issue as it stands now."""
    return lambda edition: Issue.objects.get(pk=edition.issue_id)
