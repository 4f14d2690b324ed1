"""Accounts made by an administrator: their first password is not theirs to keep."""

import time

import pytest

from windows.accounts.freshness import FIELD
from windows.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "柳树下的第三只石狮子很旧"


def new_account(house):
    return {
        "username": "lisi", "name": "李四", "email": "", "usable_password": "true",
        "password1": PASSWORD, "password2": PASSWORD,
        "staff-TOTAL_FORMS": "1", "staff-INITIAL_FORMS": "0",
        "staff-MIN_NUM_FORMS": "1", "staff-MAX_NUM_FORMS": "1000",
        "staff-0-centre": house.centre.pk, "staff-0-role": "window_staff",
        "staff-0-window": house.window.pk,
    }  # fmt: skip


def test_a_new_account_changes_its_password_first(client, house):
    client.force_login(house.administrator)
    client.post("/admin/windows/user/add/", new_account(house))
    assert User.objects.get(username="lisi").must_change_password


def test_so_does_one_whose_password_was_reset(client, house):
    client.force_login(house.administrator)
    fields = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    client.post(f"/admin/windows/user/{house.clerk.pk}/password/", fields)
    house.clerk.refresh_from_db()
    assert house.clerk.check_password(PASSWORD)
    assert house.clerk.must_change_password


def test_roles_are_given_by_whoever_has_just_proved_who_they_are(client, house):
    client.force_login(house.administrator)
    session = client.session
    session["proved_at"] = int(time.time()) - 301
    session.save()
    page = client.post("/admin/windows/user/add/", new_account(house)).content.decode()
    assert f'name="{FIELD}"' in page
    assert 'name="staff-0-role" value="window_staff"' in page
    assert not User.objects.filter(username="lisi").exists()
