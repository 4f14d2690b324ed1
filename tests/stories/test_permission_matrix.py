"""Every view × every role × own, same department, other department, other centre."""

import pytest
from django.db import transaction

from tests.stories.permission_table import COLUMNS, Row, rows
from tests.stories.permission_walk import Walk, compared, patterns
from tests.stories.permission_world import World

ROWS = list(rows())


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker, media):
    """The world is made once, and every request to it undone."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.MEDIA_ROOT", media)
        patch.setattr("windows.accounts.freshness.FRESH_FOR", 24 * 3600)  # the walk takes its time
        with transaction.atomic():
            yield Walk(World())
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _files(settings, media):
    settings.MEDIA_ROOT = media


@pytest.mark.django_db  # so that the database is made even when this file runs alone
def test_every_address_has_a_row():
    assert {name for name, _route in patterns()} == {row.name for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name} {row.of}")
def test_row(walk, row):
    walk.problems.clear()
    found = tuple(walk.cells(row, role) for role in (*COLUMNS, None))
    assert found == row.cells
    assert walk.problems == []


@pytest.mark.parametrize("name", ["entry", "place", "drop"])
def test_an_entry_of_another_centre_is_not_reached_through_an_issue_of_one_s_own(walk, name):
    (own, foreign), editor = walk.world.objects["entry"], walk.world.clients[False]["editor"]
    row = Row(f"admin:bulletin_issue_{name}", "POST", "", ())
    mixed = walk.ask(editor, row, {**own, "entry": foreign["entry"]})
    absent = walk.ask(editor, row, {**own, "entry": 99_999_999})
    assert compared(mixed, absent) == "."
    assert absent.status_code == 404
