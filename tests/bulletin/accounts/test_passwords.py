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


@pytest.fixture
def dengbao(settings):
    settings.AUTH_PASSWORD_VALIDATORS = [
        {"NAME": name, "OPTIONS": options} for name, options in project.PASSWORD_PROFILES["dengbao"]
    ]


def change_to(user, password):
    user.set_password(password)
    user.save()


def test_dengbao_takes_none_of_the_last_five(clerk, dengbao):
    had = [f"Yuebao-第{n}个" + "密码" * 3 for n in range(6)]
    for password in had:
        change_to(clerk, password)
    assert [problems("dengbao", password, clerk) for password in had] == [
        [], *[["password_used_before"]] * 5
    ]  # fmt: skip
    assert clerk.used_passwords.count() == 5


def test_the_one_from_before_the_profile_counts_too(clerk, dengbao):
    """OLD was set while another profile held."""
    change_to(clerk, "Yuebao-2026-二月")
    assert problems("dengbao", OLD, clerk)[-1] == "password_used_before"
    clerk.email = "new@example.org"
    clerk.save()  # no change of the password
    assert clerk.used_passwords.count() == 2


def test_used_passwords_are_kept_as_hashes_and_in_dengbao_only(clerk, settings):
    change_to(clerk, NEW)
    assert clerk.used_passwords.count() == 0
    settings.AUTH_PASSWORD_VALIDATORS = [
        {"NAME": name, "OPTIONS": options} for name, options in project.PASSWORD_PROFILES["dengbao"]
    ]
    change_to(clerk, "Yuebao-2026-二月")
    kept = list(clerk.used_passwords.values_list("password", flat=True))
    assert kept[0] == clerk.password
    assert not any(word in digest for word in (NEW, "Yuebao") for digest in kept)


def test_the_page_says_which_passwords_are_not_taken(client, clerk, dengbao):
    client.force_login(clerk)
    change_to(clerk, "Yuebao-2026-二月")
    client.force_login(clerk)
    fields = {
        "old_password": "Yuebao-2026-二月",
        "new_password1": "Yuebao-2026-三月",
        "new_password2": "Yuebao-2026-三月",
    }
    assert client.post("/accounts/password/", fields).status_code == 302
    back = {"old_password": "Yuebao-2026-三月"} | dict.fromkeys(
        ("new_password1", "new_password2"), "Yuebao-2026-二月"
    )
    page = client.post("/accounts/password/", back).content.decode()
    assert page.count("不能与最近5次用过的密码相同。") == 3  # rule, summary, field


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
