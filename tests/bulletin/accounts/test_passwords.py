"""Two profiles, a change at first sign-in, the lockout."""

import datetime as dt

import pytest
from django.conf import settings as project
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "柳树下的第三只石狮子很旧", "后院井边的那棵老槐树开花"


@pytest.fixture
def clerk(house):
    house.call()
    user = house.clerk
    user.set_password(OLD)
    user.save()
    return user


def problems(profile, password, user=None):
    rows = [{"NAME": n, "OPTIONS": o} for n, o in project.PASSWORD_PROFILES[profile]]
    try:
        validate_password(password, user, get_password_validators(rows))
    except ValidationError as error:
        return [problem.code for problem in error.error_list]
    return []


@pytest.mark.parametrize(
    ("profile", "password", "wrong"),
    [
        ("asvs", "elevenchars", ["password_too_short"]),
        ("asvs", "twelve chars", []),
        ("dengbao", "alllowercase", ["password_too_simple"]),
        ("dengbao", "Yuebao2026", []),
        ("dengbao", "Yuebao#26", ["password_too_short"]),
        ("dengbao", "yuebao-2026", []),
    ],
)
def test_a_profile_asks_for(profile, password, wrong):
    assert problems(profile, password) == wrong


def test_common_passwords_and_the_present_one_are_refused(clerk):
    for password in ("password1234", OLD, clerk.email):
        with pytest.raises(ValidationError):
            validate_password(password, clerk)


def test_nothing_is_done_before_the_first_change(client, clerk):
    clerk.must_change_password = True
    clerk.save()
    client.force_login(clerk)
    page = client.get("/desk/2026/2/", follow=True)
    assert page.redirect_chain == [("/accounts/password/?next=/desk/2026/2/", 302)]
    assert "改好密码，就可以接着做。" in page.content.decode()
    fields = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/accounts/password/", fields).url == "/accounts/password/done/"
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)
    assert not clerk.must_change_password
    assert client.get("/desk/2026/2/").status_code == 200


def test_dengbao_asks_for_a_change_after_90_days(client, clerk, settings):
    clerk.password_changed_at = timezone.now() - dt.timedelta(days=91)
    clerk.save()
    client.force_login(clerk)
    assert client.get("/desk/2026/2/").status_code == 200
    settings.PASSWORD_PROFILE = "dengbao"
    assert client.get("/desk/2026/2/").status_code == 302


def lock_out(client, username):
    for _ in range(5):
        response = client.post("/accounts/login/", {"username": username, "password": "不对"})
    return response


def test_known_and_unknown_people_are_locked_out_in_the_same_words(client, clerk):
    known = lock_out(client, clerk.username)
    client.post("/accounts/login/", {"username": "x", "password": "y"})
    unknown = lock_out(client, "nobody-of-that-name")
    assert known.status_code == unknown.status_code == 429
    assert known.content == unknown.content
    assert "已锁定15分钟" in known.content.decode()


def test_known_and_unknown_people_are_refused_in_the_same_words(client, clerk):
    known, unknown = (
        client.post("/accounts/login/", {"username": name, "password": "不对"}).content.decode()
        for name in (clerk.username, "nobody-of-that-name")
    )
    inactive = UserFactory(is_active=False)
    inactive.set_password(OLD)
    inactive.save()
    gone = client.post(
        "/accounts/login/", {"username": inactive.username, "password": OLD}
    ).content.decode()
    for text in (known, unknown, gone):
        assert "用户名或密码不对，请重新填写。忘了密码，请与中心管理员联系。" in text


def test_the_right_password_does_not_open_a_locked_account(client, clerk):
    lock_out(client, clerk.username)
    response = client.post("/accounts/login/", {"username": clerk.username, "password": OLD})
    assert response.status_code == 429
