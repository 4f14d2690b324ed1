"""The database itself refuses to alter trail rows and edition content, on both engines."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from bulletin.document import dumps
from bulletin.models import Edition, Trail
from bulletin.moves import make_move
from tests.bulletin.test_document import document
from tests.factories import IssueFactory


@pytest.fixture
def edition(house):
    content = document()
    return Edition.objects.create(
        issue=IssueFactory(publication=house.publication),
        proof_no=1,
        content=dumps(content).decode(),
        digest=content.digest,
        year=2026,
        number=2,
        sent_by=house.editor,
    )


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        return "frozen" in str(error)
    return False


def test_trail_rows_are_neither_changed_nor_deleted(house):
    make_move(house.news(state="submitted"), "claim", by=house.editor)
    row = Trail.objects.get()
    assert refused(lambda: Trail.objects.update(note="改"))
    assert refused(row.delete)
    assert Trail.objects.get() == row


@pytest.mark.parametrize(
    "change",
    [{"content": "{}"}, {"digest": "0" * 64}, {"proof_no": 2}, {"year": 2025}, {"number": 3}],
    ids=lambda change: next(iter(change)),
)
def test_what_was_frozen_stays(edition, change):
    assert refused(lambda: Edition.objects.update(**change))


def test_a_signature_is_given_once(house, edition):
    signed = {"signed_by": house.approver, "signed_at": timezone.now()}
    assert Edition.objects.update(**signed) == 1
    assert refused(lambda: Edition.objects.update(signed_by=house.other_editor))
    assert refused(lambda: Edition.objects.update(signed_at=None))


def test_what_becomes_of_an_edition_is_written_once(house, edition):
    now = timezone.now()
    once = {
        "signed_by": house.approver,
        "signed_at": now,
        "sign_note": "同意。",
        "is_exception": True,
        "confirmed_by": house.other_editor,
        "confirmed_at": now,
        "published_at": now,
        "trail_count": 7,
        "trail_digest": "a" * 64,
        "withdrawn_at": now,
        "withdrawn_by": house.approver,
        "withdraw_reason": "数据有误。",
    }
    assert Edition.objects.update(**once) == 1
    others = {
        "sign_note": "不同意。",
        "is_exception": False,
        "confirmed_by": house.editor,
        "confirmed_at": None,
        "published_at": None,
        "trail_count": 6,
        "trail_digest": "",
        "withdrawn_at": None,
        "withdrawn_by": None,
        "withdraw_reason": "",
        "notice": "另一个说明。",
    }
    for column, value in others.items():
        assert refused(lambda change={column: value}: Edition.objects.update(**change)), column


def test_an_edition_is_never_deleted(edition):
    assert refused(edition.delete)
