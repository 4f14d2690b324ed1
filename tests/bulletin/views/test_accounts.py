"""Sign-in: one door, the right room behind it, and nothing told to a stranger."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import UserFactory
from windows.roles import LABELS

LOGIN = "/accounts/login/"


@pytest.fixture
def person(house):
    house.clerk.set_password("a long pass phrase")
    house.clerk.save()
    return house.clerk


def test_a_clerk_signs_in_and_stands_at_the_desk(client, person):
    form = {"username": person.username, "password": "a long pass phrase"}
    response = client.post(LOGIN, form, follow=True)
    assert [url for url, _code in response.redirect_chain] == ["/accounts/home/", "/desk/"]


@pytest.mark.parametrize("role", LABELS)
def test_every_role_is_sent_to_its_room(client, house, role):
    client.force_login(house.everyone()[role])
    place = client.get("/accounts/home/")["Location"]
    at_the_window = role in {"window_staff", "chief_representative"}
    assert place == (reverse("desk:now") if at_the_window else reverse("admin:index"))


def test_without_a_role_one_is_told_whom_to_ask(client, db):
    client.force_login(UserFactory())
    assert "还没有分配窗口或中心的岗位" in client.get("/accounts/home/").content.decode()


def test_an_unknown_name_and_a_wrong_password_answer_alike(client, person):
    wrong = client.post(LOGIN, {"username": person.username, "password": "x"})
    unknown = client.post(LOGIN, {"username": "nobody", "password": "x"})
    assert wrong.status_code == unknown.status_code == 200
    said = [response.context["form"].non_field_errors() for response in (wrong, unknown)]
    assert said[0] == said[1] == ["用户名或密码不对，请重新填写。忘了密码，请与中心管理员联系。"]


def test_five_wrong_tries_lock_the_account_even_for_the_right_password(client, person):
    for _try in range(5):
        client.post(LOGIN, {"username": person.username, "password": "x"})
    form = {"username": person.username, "password": "a long pass phrase"}
    response = client.post(LOGIN, form)
    assert response.status_code == 429
    assert "已锁定15分钟" in response.content.decode()


def test_a_next_page_elsewhere_is_passed_over(client, person):
    form = {"username": person.username, "password": "a long pass phrase"}
    response = client.post(LOGIN, {**form, "next": "https://evil.example/"})
    assert response["Location"] == "/accounts/home/"


def test_signing_out_is_a_press_not_a_link(client, person):
    client.force_login(person)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/")["Location"] == LOGIN


def test_a_password_is_changed_by_the_rules(client, person):
    client.force_login(person)
    form = {"old_password": "a long pass phrase", "new_password1": "1", "new_password2": "1"}
    assert "密码还没有改" in client.post("/accounts/password/", form).content.decode()
    better = {**form, "new_password1": "风和日丽 2026 云川", "new_password2": "风和日丽 2026 云川"}
    response = client.post("/accounts/password/", better)
    assert response["Location"] == "/accounts/password/done/"
    assert client.get(response["Location"]).status_code == 200
    person.refresh_from_db()
    assert person.check_password("风和日丽 2026 云川")
