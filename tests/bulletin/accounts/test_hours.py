"""Idle for 30 minutes, 8 hours in all; what was typed into an expired page is not lost."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def later(client, seconds, *keys):
    """The session as it is `seconds` from now."""
    session = client.session
    for key in keys or ("began_at", "seen_at"):
        session[key] = int(time.time()) - seconds
    session.save()


def news_fields():
    return {"text": "推出企业备案当日办结。", "subject": "商务厅窗口"}


def test_half_an_hour_without_a_request_ends_the_session(client, house):
    client.force_login(house.clerk)
    later(client, 31 * 60, "seen_at")
    response = client.get("/desk/months/", follow=True)
    assert response.redirect_chain == [("/accounts/login/?next=/desk/months/", 302)]
    assert "太久没有操作，已为您退出。" in response.content.decode()


def test_eight_hours_end_the_session_however_busy(client, house):
    client.force_login(house.clerk)
    later(client, 8 * 3600 + 1, "began_at")
    assert client.get("/accounts/home/").url == "/accounts/login/?next=/accounts/home/"


def test_using_the_desk_keeps_the_session(client, house):
    client.force_login(house.clerk)
    later(client, 29 * 60, "seen_at")
    assert client.get("/accounts/home/").url == "/desk/"
    assert time.time() - client.session["seen_at"] < 5


def test_what_a_page_asks_by_itself_does_not_keep_the_session(client, house):
    client.force_login(house.clerk)
    later(client, 20 * 60, "seen_at")
    client.get("/accounts/home/", headers={"X-Background": "1"})
    assert time.time() - client.session["seen_at"] > 19 * 60


def test_what_was_typed_is_offered_again_after_sign_in(client, house):
    house.call()
    client.force_login(house.clerk)
    later(client, 31 * 60)
    response = client.post("/desk/2026/2/news/", news_fields(), follow=True)
    assert response.redirect_chain == [("/accounts/login/?next=/accounts/unsent/", 302)]
    assert "刚才填写的内容还在" in response.content.decode()
    client.force_login(house.clerk)
    page = client.get("/accounts/unsent/").content.decode()
    assert '<form method="post" action="/desk/2026/2/news/">' in page
    assert 'name="text" value="推出企业备案当日办结。"' in page
    client.post("/desk/2026/2/news/", news_fields())
    assert "unsent" not in client.session


def test_nobody_else_is_offered_what_was_typed(client, house):
    client.force_login(house.clerk)
    later(client, 31 * 60)
    client.post("/desk/2026/2/news/", news_fields())
    client.force_login(house.editor)
    assert client.get("/accounts/unsent/").status_code == 302
    assert "unsent" not in client.session


def test_what_was_typed_can_be_given_up(client, house):
    client.force_login(house.clerk)
    later(client, 31 * 60)
    client.post("/desk/2026/2/news/", news_fields())
    client.force_login(house.clerk)
    assert client.post("/accounts/unsent/").url == reverse("home")
    assert "unsent" not in client.session


def test_no_password_is_kept(client, house):
    client.force_login(house.clerk)
    later(client, 31 * 60)
    client.post("/accounts/password/", {"old_password": "一二三四五六七八九十"})
    kept = [row.get_decoded() for row in Session.objects.all()]
    assert not any("unsent" in data for data in kept)


def test_a_forged_form_is_not_kept(client, house):

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(house.clerk)
    later(strict, 31 * 60)
    assert strict.post("/desk/2026/2/news/", news_fields()).status_code == 403


def test_what_a_script_sends_is_told_no_and_the_form_is_still_kept(client, house):
    client.force_login(house.clerk)
    later(client, 31 * 60)
    by_script = {"Sec-Fetch-Mode": "cors"}
    answer = client.post("/desk/2026/2/news/", news_fields(), headers=by_script)
    assert answer.status_code == 401
    response = client.post("/desk/2026/2/news/", news_fields())
    assert response.url == "/accounts/login/?next=/accounts/unsent/"


def test_public_pages_have_no_hours(client, house):
    client.force_login(house.clerk)
    later(client, 31 * 60)
    response = client.get("/about/")
    assert response.status_code == 200
    assert not response.cookies
