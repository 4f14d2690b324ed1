"""The second factor: a code from the phone (TOTP, RFC 6238) or a recovery code, once."""

from __future__ import annotations

import base64
import secrets
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from windows.access import scope_of
from windows.models import RecoveryCode, User
from windows.roles import SECOND_FACTOR

_ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0, 1
_GROUPS: Final = 4  # of four characters, five bits each: one finds the row, three are secret
_CODES: Final = 10
_HASHER: Final = PBKDF2PasswordHasher()
_ROUNDS: Final = 60_000  # for 60 random bits, not for a word somebody chose


def is_required(user: User) -> bool:
    """Approvers, publishers and administrators, by setting; and the system's own account."""
    if not settings.TWO_FACTOR:
        return False
    return user.is_superuser or bool(scope_of(user).roles & SECOND_FACTOR)


def device_of(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def device_to_enrol(user: User) -> TOTPDevice:
    """The device being set up: the same secret until it is confirmed."""
    device, _made = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "phone"}
    )
    return device


def secret_in_groups(device: TOTPDevice) -> str:
    """The secret as a person types it: base32 in groups of four."""
    secret = base64.b32encode(device.bin_key).decode()
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def confirm(device: TOTPDevice, code: str) -> list[str]:
    """The recovery codes when `code` proves the device; empty when it does not."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        if not device.verify_token(_plain(code)):
            return []
        TOTPDevice.objects.filter(user=device.user_id).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        return new_recovery_codes(device.user)


def check_code(user: User, code: str) -> TOTPDevice | None:
    """The device when `code` is right: one try at a time, each code once."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is None:
            return None
        if is_phones(code):
            return device if device.verify_token(_plain(code)) else None
        return device if _use_recovery_code(device, _plain(code)) else None


def is_phones(code: str) -> bool:
    """A code of the phone is of digits; a recovery code is not."""
    return _plain(code).isdecimal()


def _use_recovery_code(device: TOTPDevice, code: str) -> bool:
    """Guesses are slowed down like those of the phone's codes."""
    allowed, _why = device.verify_is_allowed()
    if not allowed:
        return False
    row = RecoveryCode.objects.filter(user=device.user_id, key=code[:4], used_at=None).first()
    if row is None or not _HASHER.verify(code[4:], row.digest):
        device.throttle_increment()
        return False
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    device.throttle_reset()
    return True


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes, shown once; the ones before them are void."""
    user.recovery_codes.all().delete()
    codes = {code[:4]: code for code in (_random_code() for _ in range(2 * _CODES))}
    chosen = list(codes.values())[:_CODES]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, key=code[:4], digest=_digest(code[4:])) for code in chosen
    )
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in chosen]


def _digest(secret: str) -> str:
    return _HASHER.encode(secret, secrets.token_hex(8), _ROUNDS)


def codes_left(user: User) -> int:
    return user.recovery_codes.filter(used_at=None).count()


def _random_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(4 * _GROUPS))


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").upper()
