"""Who proved who they are within five minutes goes on; others prove it, and lose nothing."""

import time

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from windows.accounts.freshness import FIELD, require_fresh

pytestmark = pytest.mark.django_db
PASSWORD = "柳树下的第三只石狮子很旧"


def sign(request):
    require_fresh(request)
    return HttpResponse("signed: " + request.POST.get("note", ""))


urlpatterns = [path("admin/sign/", sign), path("", include("bulletin.urls"))]


@pytest.fixture
def approver(client, house):
    user = house.approver
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    with override_settings(ROOT_URLCONF=__name__):
        yield user


def not_now(client):
    session = client.session
    session["proved_at"] = int(time.time()) - 301
    session.save()


def test_who_just_signed_in_is_not_asked(client, approver):
    assert client.post("/admin/sign/", {"note": "同意"}).content.decode() == "signed: 同意"


def test_after_five_minutes_the_password_is_asked_and_the_note_kept(client, approver):
    not_now(client)
    page = client.post("/admin/sign/", {"note": "同意"}).content.decode()
    assert 'action="/admin/sign/"' in page
    assert 'name="note" value="同意"' in page
    response = client.post("/admin/sign/", {"note": "同意", FIELD: PASSWORD})
    assert response.content.decode() == "signed: 同意"
    assert client.post("/admin/sign/").content.decode() == "signed: "


def test_a_wrong_password_signs_nothing(client, approver):
    not_now(client)
    response = client.post("/admin/sign/", {"note": "同意", FIELD: "不对"})
    assert response.status_code == 403
    assert "密码不对，请重新填写。" in response.content.decode()
    assert "不对" not in response.content.decode().replace("密码不对", "")


def test_guesses_are_counted(client, approver):
    not_now(client)
    for _ in range(5):
        response = client.post("/admin/sign/", {FIELD: "不对"})
    assert response.status_code == 429
    assert client.post("/admin/sign/", {FIELD: PASSWORD}).status_code == 429


def test_a_page_only_looked_at_asks_and_goes_on(client, approver):
    not_now(client)
    page = client.get("/admin/sign/?a=1").content.decode()
    assert 'action="/accounts/confirm/"' in page
    assert 'name="next" value="/admin/sign/?a=1"' in page
    response = client.post("/accounts/confirm/", {FIELD: PASSWORD, "next": "/admin/sign/?a=1"})
    assert response.url == "/admin/sign/?a=1"
