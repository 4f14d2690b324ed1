"""A failure before or after any write of publishing: published whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from bulletin.models import (
    ChainHead,
    Correction,
    Edition,
    EditionFile,
    Issue,
    Job,
    Mail,
    Passage,
    Trail,
)
from bulletin.moves import lock
from bulletin.publishing import ensure_files, public, publish
from stats.models import MonthlyReport

WRITES = ("INSERT", "UPDATE", "DELETE")
STATE = (Issue, Edition, Correction, Trail, ChainHead, Job, Mail, Passage, MonthlyReport)


class Cut(Exception):
    """The power goes."""


@contextmanager
def cut_at(number: int, *, after: bool) -> Iterator[list[str]]:
    """Fail at write `number` (from 1), before or after it; yields the writes that came."""
    writes: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(WRITES):
            return execute(sql, params, many, context)
        writes.append(sql)
        if len(writes) == number and not after:
            raise Cut
        done = execute(sql, params, many, context)
        if len(writes) == number:
            raise Cut
        return done

    with connection.execute_wrapper(watch):
        yield writes


def snapshot() -> list[list[tuple[Any, ...]]]:
    return [list(model._base_manager.order_by("pk").values_list()) for model in STATE]


def cuts(issue: Issue, by: Any) -> Iterator[tuple[str, bool]]:
    """Fail at every write in turn: (where, whether everything is as it was)."""
    before, number = snapshot(), 0
    while True:
        number += 1
        for after in (False, True):
            sealed = transaction.savepoint()
            try:
                with cut_at(number, after=after) as writes:
                    publish(Issue.objects.get(pk=issue.pk), by=by)
            except Cut:
                transaction.set_rollback(False)  # look at what is there, whole or half
                yield f"{'after' if after else 'before'} {writes[-1][:60]}", snapshot() == before
                transaction.savepoint_rollback(sealed)
            else:
                transaction.savepoint_rollback(sealed)
                return


@pytest.fixture
def issue(rows, signed, recipients):
    """Signed, its files rendered: what publishing itself writes is left to do."""
    ensure_files(signed)
    return signed.issue


def test_whatever_fails_the_issue_is_not_published_at_all_and_a_second_run_publishes_it(
    rows, issue
):
    found = list(cuts(issue, rows.house.publisher))
    assert len(found) > 20
    assert [where for where, whole in found if not whole] == []
    edition = publish(issue, by=rows.house.publisher)
    assert (edition.published_at is not None, edition.trail_count) == (
        True,
        ChainHead.objects.get().count,
    )
    assert EditionFile.objects.filter(edition=edition).count() == len(ensure_files(edition))


def test_a_twin_without_the_one_transaction_is_caught(rows, issue, monkeypatch):
    def in_pieces(issue: Issue, act: Any, *, appearing: Edition | None) -> Edition:
        return act(lock(issue))

    monkeypatch.setattr(public, "change", in_pieces)
    assert [where for where, whole in cuts(issue, rows.house.publisher) if not whole]
