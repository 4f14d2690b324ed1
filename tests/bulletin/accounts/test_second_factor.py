"""A code from the phone for those who sign, publish and give roles; recovery codes, once."""

import re
import time

import pytest
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from windows.accounts import second_factor
from windows.accounts.freshness import FIELD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on(settings):
    settings.TWO_FACTOR = True


def code_of(device, steps=0):
    """The code the phone shows, `steps` half minutes from now."""
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def enrolled(user):
    device = second_factor.device_to_enrol(user)
    codes = second_factor.confirm(device, code_of(device, -1))
    return TOTPDevice.objects.get(user=user), codes


def not_now(client):
    """Proved who they are more than five minutes ago."""
    session = client.session
    session["proved_at"] = int(time.time()) - 301
    session.save()


@pytest.mark.parametrize("name", ["approver", "publisher", "administrator"])
def test_these_roles_set_up_a_second_factor_before_anything_else(client, house, name):
    client.force_login(getattr(house, name))
    assert client.get("/admin/").url == "/accounts/enrol/?next=/admin/"
    page = client.get("/accounts/enrol/?next=/admin/").content.decode()
    device = TOTPDevice.objects.get()
    assert second_factor.secret_in_groups(device) in page
    assert "<path d=" in page
    page = client.post(
        "/accounts/enrol/", {"code": code_of(device), "next": "/admin/"}
    ).content.decode()
    assert len(re.findall(r"<code>(\w{4}(?:-\w{4}){3})</code>", page)) == 10
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["clerk", "chief", "editor", "data_clerk", "auditor"])
def test_the_others_need_none(client, house, name):
    house.call()
    client.force_login(getattr(house, name))
    assert "/accounts/" not in client.get("/accounts/home/").url


def test_by_setting(client, house, settings):
    settings.TWO_FACTOR = False
    client.force_login(house.approver)
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_sets_up_nothing(client, house):
    client.force_login(house.approver)
    client.get("/accounts/enrol/")
    page = client.post("/accounts/enrol/", {"code": "000000"}).content.decode()
    assert "验证码不对" in page
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_after_the_password_the_code(client, house):
    device, _codes = enrolled(house.approver)
    client.force_login(house.approver)
    assert client.get("/admin/").url == "/accounts/code/?next=/admin/"
    assert client.get("/accounts/password/").url == "/accounts/code/?next=/accounts/password/"
    assert "验证码不对" in client.post("/accounts/code/", {"code": "123"}).content.decode()
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    response = client.post("/accounts/code/", {"code": code_of(device), "next": "/admin/"})
    assert response.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_code_opens_once(client, house):
    device, _codes = enrolled(house.approver)
    code = code_of(device)
    assert second_factor.check_code(house.approver, code) == device
    assert second_factor.check_code(house.approver, code) is None


def test_guesses_are_slowed_down(house):
    device, codes = enrolled(house.approver)
    for _ in range(3):
        assert second_factor.check_code(house.approver, "000000") is None
    assert second_factor.check_code(house.approver, code_of(device)) is None
    assert second_factor.check_code(house.approver, codes[0]) is None


def test_a_recovery_code_opens_once(client, house):
    _device, codes = enrolled(house.approver)
    client.force_login(house.approver)
    assert client.post("/accounts/code/", {"code": codes[3].lower()}).url == "/accounts/home/"
    assert second_factor.codes_left(house.approver) == 9
    assert second_factor.check_code(house.approver, codes[3]) is None


def test_recovery_codes_are_kept_as_hashes(house):
    _device, codes = enrolled(house.approver)
    kept = " ".join(house.approver.recovery_codes.values_list("digest", flat=True))
    assert not any(group in kept for code in codes for group in code.split("-")[1:])


def test_new_recovery_codes_void_the_old(client, house):
    device, codes = enrolled(house.approver)
    client.force_login(house.approver)
    client.post("/accounts/code/", {"code": code_of(device)})
    client.post("/accounts/recovery/")
    assert second_factor.check_code(house.approver, codes[0]) is None


def test_nobody_goes_elsewhere_by_the_next_page(client, house):
    device, _codes = enrolled(house.approver)
    client.force_login(house.approver)
    response = client.post(
        "/accounts/code/", {"code": code_of(device), "next": "https://example.cn/"}
    )
    assert response.url == "/accounts/home/"


def test_another_phone_needs_fresh_authentication(client, house):
    device, _codes = enrolled(house.approver)
    client.force_login(house.approver)
    client.post("/accounts/code/", {"code": code_of(device)})
    not_now(client)
    page = client.get("/accounts/enrol/").content.decode()
    assert "请再确认一次是您本人" in page
    assert f'name="{FIELD}"' in page


def test_the_admin_shows_no_secret(client, house, django_user_model):
    root = django_user_model.objects.create(username="root", is_superuser=True, is_staff=True)
    device, _codes = enrolled(root)
    client.force_login(root)
    client.post("/accounts/code/", {"code": code_of(device)})
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
