"""Proof, sign-off and publication by buttons; what is refused is said."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from bulletin.assembly import edit_entry
from bulletin.models import Edition, Issue
from bulletin.publishing import send_proof, sign
from tests.newsroom import Newsroom, url


def press(client, name: str, edition: Edition, **typed):
    return client.post(url(f"edition_{name}", edition.pk), typed)


def signed(rows: Newsroom) -> Edition:
    return sign(rows.edition, by=rows.house.approver, digest=rows.edition.digest)


def state(edition: Edition) -> str:
    return Issue.objects.get(pk=edition.issue_id).state


def test_the_approver_signs_what_was_shown(client, rows, house):
    client.force_login(house.approver)
    page = client.get(url("edition_change", rows.edition.pk)).content.decode()
    assert f'name="digest" value="{rows.edition.digest}"' in page
    assert "签发第 1 号校样" in page
    press(client, "sign", rows.edition, digest=rows.edition.digest)
    assert state(rows.edition) == "signed"


def test_another_digest_is_refused(client, rows, house):
    client.force_login(house.approver)
    answer = press(client, "sign", rows.edition, digest="0" * 64)
    assert answer.status_code == 409
    assert "您看到的不是现在这份校样" in answer.content.decode()
    assert state(rows.edition) == "proof"


def test_signing_asks_again_who_it_is_when_that_was_proved_long_ago(client, rows, house):
    client.force_login(house.approver)
    session = client.session
    session["proved_at"] = 0
    session.save()
    answer = press(client, "sign", rows.edition, digest=rows.edition.digest)
    assert "fresh_secret" in answer.content.decode()
    assert state(rows.edition) == "proof"


def test_who_edited_the_issue_signs_only_with_a_reason(client, rows, house):
    both = house.editor
    house.person("approver", user=both)
    client.force_login(both)
    page = client.get(url("edition_change", rows.edition.pk)).content.decode()
    assert "您编辑过本期，不能自己签发" in page
    digest = rows.edition.digest
    assert press(client, "sign", rows.edition, digest=digest).status_code == 409
    press(client, "sign", rows.edition, digest=digest, note="签发人出差，电话同意。")
    rows.edition.refresh_from_db()
    assert rows.edition.sign_note == "签发人出差，电话同意。"


def test_returning_a_proof_needs_a_reason(client, rows, house):
    client.force_login(house.approver)
    assert press(client, "return", rows.edition, note=" ").status_code == 409
    press(client, "return", rows.edition, note="第二条日期不对。")
    rows.edition.refresh_from_db()
    assert (state(rows.edition), rows.edition.void_reason) == ("open", "第二条日期不对。")


def test_the_page_shows_what_changed_since_the_last_proof(client, rows, house):
    first, entry = rows.edition, rows.entry
    edit_entry(entry, by=house.editor, text=entry.text.replace("43", "58"), version=entry.version)
    second = send_proof(Issue.objects.get(), by=house.editor)
    client.force_login(house.approver)
    page = client.get(url("edition_change", second.pk))
    (shown,) = page.context["changes"]
    assert (shown.number, shown.page, shown.change.where) == (1, 1, "一（一）")
    assert "<del>43</del><ins>58</ins>" in page.content.decode()
    old = press(client, "return", first, note="旧的页面上按的。")
    assert old.status_code == 409
    assert state(second) == "proof"


def test_why_it_cannot_be_published_is_a_list(client, rows, house):
    client.force_login(house.publisher)
    page = client.get(url("edition_change", rows.edition.pk)).content.decode()
    assert "<li>本期还没有签发。</li>" in page
    answer = press(client, "publish", rows.edition)
    assert "本期还没有签发。" in answer.content.decode()


def test_the_publisher_publishes_what_was_signed(client, rows, house):
    edition = signed(rows)
    client.force_login(house.publisher)
    press(client, "publish", edition)
    edition.refresh_from_db()
    assert edition.published_at
    kept = client.get(url("edition_file", edition.pk, "txt"))
    assert kept.content.decode().splitlines()[0] == "政务窗口月报"


def test_a_time_is_set_and_taken_back(client, rows, house):
    edition = signed(rows)
    client.force_login(house.publisher)
    later = timezone.localtime() + dt.timedelta(days=1)
    press(client, "schedule", edition, at=f"{later:%Y-%m-%dT%H:%M}")
    assert state(edition) == "scheduled"
    press(client, "unschedule", edition)
    assert state(edition) == "signed"


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("", "请填写发布时间"),
        ("2026-02-30T09:00", "请填写发布时间"),
        ("2020-01-01T09:00", "定时要晚于现在"),
    ],
)
def test_a_time_that_is_none_is_refused(client, rows, house, at, reason):
    edition = signed(rows)
    client.force_login(house.publisher)
    answer = press(client, "schedule", edition, at=at)
    assert answer.status_code == 409
    assert reason in answer.content.decode()


def test_a_sign_off_is_revoked_with_a_reason(client, rows, house):
    edition = signed(rows)
    client.force_login(house.approver)
    press(client, "revoke", edition, note="附表数字有误。")
    edition.refresh_from_db()
    assert (state(edition), edition.void_reason) == ("open", "附表数字有误。")


def test_the_pages_of_a_proof_stay_when_the_issue_changes(client, rows, house):
    """Once it is void they say so, and nothing else about them changes."""
    client.force_login(house.approver)
    at, entry = url("edition_page", rows.edition.pk, 1), rows.entry
    edited = edit_entry(entry, by=house.editor, text="2月3日，改了。", version=entry.version)
    void = client.get(at).content
    edit_entry(edited, by=house.editor, text="2月3日，又改了一次。", version=edited.version)
    assert client.get(at).content == void
