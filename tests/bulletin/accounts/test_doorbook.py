"""Who came in, who was refused, from where: in the chains of the centres it concerns."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bulletin import doorbook
from bulletin.keeping.chain import first_break
from bulletin.models import Trail
from tests.factories import House, StaffFactory, UserFactory
from windows.accounts import second_factor
from windows.roles import AUDITOR, EDITOR

LOGIN = "/accounts/login/"
PASSWORD = "柳树下的第三只石狮子很旧"
ADDRESS = "203.0.113.7"


@pytest.fixture
def clerk(house):
    house.call()
    house.clerk.set_password(PASSWORD)
    house.clerk.save()
    return house.clerk


@pytest.fixture
def door(client):
    client.defaults["REMOTE_ADDR"] = ADDRESS
    return client


def enter(client, username: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"username": username, "password": password}, **more)


def told(house: House) -> list[tuple[str, str, str]]:
    rows = Trail.objects.filter(centre=house.centre, subject="account").order_by("serial")
    return [(row.action, row.actor_name, row.label) for row in rows]


def test_coming_in_and_leaving(door, house, clerk):
    enter(door, clerk.username)
    door.post("/accounts/logout/")
    name = f"{clerk}（{clerk.username}）"
    assert told(house) == [("sign_in", str(clerk), name), ("sign_out", str(clerk), name)]
    row = Trail.objects.get(action="sign_in")
    assert row.note == f"来自{ADDRESS}，密码"
    assert row.data == {"address": ADDRESS, "succeeded": True}
    assert first_break(house.centre) is None


def test_whoever_fails_has_proved_nothing_and_is_no_actor(door, house, clerk):
    enter(door, clerk.username, "不对")
    row = Trail.objects.get(subject="account")
    assert (row.action, row.actor_id, row.actor_name) == ("sign_in_failed", None, "未登录的人")
    assert (row.subject_id, row.data["succeeded"]) == (clerk.pk, False)


def test_five_guesses_and_one_lock_however_often_the_locked_door_is_tried(door, house, clerk):
    for _ in range(9):
        enter(door, clerk.username, "不对")
    assert [action for action, _who, _what in told(house)] == [
        *["sign_in_failed"] * 5, "sign_in_locked",
    ]  # fmt: skip


def test_a_name_that_nobody_has_stands_in_every_chain_and_hardly_readable(door, house):
    other = House("other")
    enter(door, "my-secret-password", "x")
    assert told(house) == told(other)
    [(action, _who, label)] = told(house)
    assert (action, label) == ("sign_in_failed", "没有这个用户：my…（共18字）")
    assert first_break(house.centre) is first_break(other.centre) is None


def test_a_known_person_stands_in_the_chains_of_their_own_centres(door, house, clerk):
    other, third = House("other"), House("third")
    StaffFactory(user=clerk, centre=other.centre, role=EDITOR)
    enter(door, clerk.username)
    assert [len(told(at)) for at in (house, other, third)] == [1, 1, 0]


def test_the_systems_own_account_concerns_every_centre(door, house):
    other, root = House("other"), UserFactory(username="root", is_superuser=True)
    root.set_password(PASSWORD)
    root.save()
    enter(door, "root")
    assert [len(told(at)) for at in (house, other)] == [1, 1]


@pytest.mark.parametrize(
    "typed", ["\r\nCentre 1", "a\u2028b\u0085c", "\x1b[2J", "名\r\n2026-03-01 系统 登录"]
)
def test_nothing_typed_begins_a_line_of_its_own(door, house, typed):
    enter(door, typed, "x")
    door.post(LOGIN, {"username": typed, "password": "x"}, headers={"X-Forwarded-For": "1\r\n2"})
    for row in Trail.objects.filter(subject="account"):
        words = f"{row.actor_name}{row.label}{row.note}"
        assert words.isprintable()


@pytest.mark.parametrize(
    ("forwarded", "peer", "kept"),
    [
        ("198.51.100.9", "127.0.0.1", "198.51.100.9"),
        ("系统\n登录", "127.0.0.1", "127.0.0.1"),
        ("系统\n登录", "", "不明地址"),
    ],
)
def test_an_address_is_one_or_said_to_be_unknown(
    door, house, clerk, settings, forwarded, peer, kept
):
    settings.TRUST_PROXY = True
    enter(door, clerk.username, HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=peer)
    assert Trail.objects.get(subject="account").data["address"] == kept


def test_the_second_factor_leaves_its_own_rows(door, house, settings):
    settings.TWO_FACTOR = True
    user = house.approver
    user.set_password(PASSWORD)
    user.save()
    device = second_factor.device_to_enrol(user)
    device.confirmed = True
    device.save()
    codes = second_factor.new_recovery_codes(user)
    enter(door, user.username)
    door.post("/accounts/code/", {"code": "ABCD-EFGH-JKLM-NPQR"})
    device.refresh_from_db()
    device.throttle_reset()
    door.post("/accounts/code/", {"code": codes[0]})
    assert [action for action, _who, _what in told(house)] == [
        "password_given", "code_failed", "sign_in",
    ]  # fmt: skip
    assert Trail.objects.get(action="sign_in").note == f"来自{ADDRESS}，密码和恢复码"


def test_a_change_of_password_by_oneself(door, house, clerk):
    door.force_login(clerk)
    new = "后院井边的那棵老槐树开花"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    door.post("/accounts/password/", fields)
    assert [action for action, _who, _what in told(house)] == ["change_password"]
    assert new not in str(Trail.objects.values_list())


def test_what_an_administrator_does_to_an_account(door, house, clerk):
    door.force_login(house.administrator)
    new = "后院井边的那棵老槐树开花"
    fields = {"password1": new, "password2": new, "usable_password": "true"}
    door.post(reverse("admin:auth_user_password_change", args=[clerk.pk]), fields)
    [(action, who, label)] = told(house)
    assert (action, who, label) == ("change", str(house.administrator), doorbook.named(clerk))
    assert Trail.objects.get(subject="account").note == "改密码"


def test_a_role_that_is_given_or_taken(door, house):
    staff = StaffFactory(user=UserFactory(), centre=house.centre, role=EDITOR)
    door.force_login(house.administrator)
    at = reverse("admin:windows_staff_delete", args=[staff.pk])
    door.post(at, {"post": "yes"})
    row = Trail.objects.get(subject="staff")
    assert (row.action, row.actor_name) == ("delete", str(house.administrator))


def test_it_is_for_the_auditor_alone(door, house, clerk):
    enter(door, clerk.username)
    seen = {
        role: Trail.objects.visible_to(user).filter(subject="account").exists()
        for role, user in house.everyone().items()
    }
    assert [role for role, sees in seen.items() if sees] == [AUDITOR]
    door.force_login(house.auditor)
    page = door.get("/admin/bulletin/trail/", {"subject": "account"}).content.decode()
    assert "登录" in page
    assert ADDRESS in page


def test_proving_again_who_one_is_and_failing(door, house, clerk):
    door.force_login(clerk)
    session = door.session
    session["proved_at"] = 0
    session.save()
    door.post("/accounts/confirm/", {"fresh_secret": "不对"})
    assert [action for action, _who, _what in told(house)] == ["proof_failed"]
