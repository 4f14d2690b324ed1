"""某某正在编辑: by opening the page or by its script, for a minute, to the others only."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from bulletin.models import Presence
from bulletin.presence import others_at, touch
from tests.newsroom import url


def told(client, user, at: str) -> str:
    client.force_login(user)
    return client.get(at).context["presence"]


def age(seconds: int) -> None:
    Presence.objects.update(at=timezone.now() - dt.timedelta(seconds=seconds))


def test_opening_the_page_is_enough_and_one_is_not_told_of_oneself(client, rows, house):
    at = url("issue_change", rows.issue.pk)
    assert told(client, house.editor, at) == ""
    assert told(client, house.other_editor, at) == f"{house.editor}正在编辑。"
    assert told(client, house.editor, url("issue_entry", rows.issue.pk, rows.entry.pk)) == (
        f"{house.other_editor}正在编辑。"
    )


def test_a_minute_later_nobody_is_there(client, rows, house):
    at = url("issue_change", rows.issue.pk)
    told(client, house.editor, at)
    age(50)
    assert told(client, house.approver, at) == f"{house.editor}正在编辑。"
    age(61)
    assert told(client, house.approver, at) == ""


def test_the_pages_script_says_it_again(client, rows, house):
    row = rows.claimed()
    client.force_login(house.editor)
    at = url("submission_presence", row.pk)
    assert client.post(at).json() == {"who": ""}
    assert client.post(at).json() == {"who": ""}
    assert Presence.objects.count() == 1
    client.force_login(house.other_editor)
    assert client.post(at).json() == {"who": f"{house.editor}正在编辑。"}


def test_who_cannot_change_it_is_not_editing(client, rows, house):
    row = rows.claimed()
    told(client, house.approver, url("issue_change", rows.issue.pk))
    told(client, house.other_editor, url("submission_change", row.pk))
    assert Presence.objects.count() == 0


def test_yesterdays_is_swept(house):
    touch(house.editor, "issue", 1)
    age(2 * 86400)
    touch(house.editor, "issue", 2)
    assert [row.subject_id for row in Presence.objects.all()] == [2]
    assert others_at(house.other_editor, "submission", 2) == ""
