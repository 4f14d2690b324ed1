"""Password profiles, since the two standards contradict each other.

`asvs` (OWASP ASVS 5.0, 6.2): long, not common, changed only when there is a reason.
`dengbao` (等保 2.0 三级, GB/T 22239-2019 8.1.4.1): complex, changed every 90 days, and not to
one of the last five.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from windows.models import UsedPassword, User

LASTS: Final[dict[str, dt.timedelta | None]] = {"asvs": None, "dengbao": dt.timedelta(days=90)}
_KINDS_ASKED: Final = 3


class ComplexityValidator:
    """At least three of: lower case, upper case, digits, anything else."""

    def validate(self, password: str, user: Any = None) -> None:
        kinds = {_kind(character) for character in password}
        if len(kinds) < _KINDS_ASKED:
            raise ValidationError(self.get_help_text(), code="password_too_simple")

    def get_help_text(self) -> str:
        return _("密码要含有大写字母、小写字母、数字、符号中的至少三种。")


def _kind(character: str) -> str:
    if character.isdecimal():
        return "digit"
    if character.islower():
        return "lower"
    return "upper" if character.isupper() else "other"


class NotTheSameValidator:
    """A change has to change something."""

    def validate(self, password: str, user: Any = None) -> None:
        if isinstance(user, User) and user.pk and user.check_password(password):
            raise ValidationError(_("新密码不能与现在的密码相同。"), code="password_unchanged")

    def get_help_text(self) -> str:
        return _("不能与现在的密码相同。")


class NotUsedBeforeValidator:
    """None of the last `last`; Django tells of a change when it is saved."""

    def __init__(self, last: int = 5) -> None:
        self.last = last

    def validate(self, password: str, user: Any = None) -> None:
        if not isinstance(user, User) or not user.pk:
            return
        used = user.used_passwords.values_list("password", flat=True)[: self.last]
        if any(check_password(password, digest) for digest in used):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: Any = None) -> None:
        """The new one, and the one before it where it was set under another profile."""
        kept = set(user.used_passwords.values_list("password", flat=True))
        for digest in (user.replaced_password, user.password):
            if is_password_usable(digest or None) and digest not in kept:
                UsedPassword.objects.create(user=user, password=digest)
        newest = user.used_passwords.values_list("pk", flat=True)[: self.last]
        user.used_passwords.exclude(pk__in=list(newest)).delete()

    def get_help_text(self) -> str:
        return _("不能与最近%(n)s次用过的密码相同。") % {"n": self.last}


def must_change(user: User) -> bool:
    """Whether nothing else may be done before the password is changed."""
    if user.must_change_password:
        return True
    lasts = LASTS[settings.PASSWORD_PROFILE]
    return lasts is not None and (user.password_changed_at or user.date_joined) + lasts < (
        timezone.now()
    )
