"""Password profiles, since the two standards contradict each other.

`asvs` (OWASP ASVS 5.0, 6.2): long, not common, changed only when there is a reason.
`dengbao` (等保 2.0 三级, GB/T 22239-2019 8.1.4.1): complex, and changed every 90 days.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from windows.models import User

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


def must_change(user: User) -> bool:
    """Whether nothing else may be done before the password is changed."""
    if user.must_change_password:
        return True
    lasts = LASTS[settings.PASSWORD_PROFILE]
    return lasts is not None and (user.password_changed_at or user.date_joined) + lasts < (
        timezone.now()
    )
