"""Fresh authentication: who signs, withdraws or grants a role proves again who they are.

    require_fresh(request)      # first line after the gate; raises NotFresh

The doorkeeper (bulletin/doorkeeping.py) answers NotFresh with a page that asks for the
code or the password and carries what was typed; its form goes to the same address.
"""

from __future__ import annotations

import time
from typing import Final

from django.contrib.auth import authenticate
from django.http import HttpRequest

from windows.accounts import second_factor
from windows.models import User
from windows.signals import proof_failed

FRESH_FOR: Final = 5 * 60  # seconds
FIELD: Final = "fresh_secret"
_KEY: Final = "proved_at"


class NotFresh(Exception):
    """`wrong` when something was entered, and it was not right."""

    def __init__(self, wrong: bool) -> None:
        super().__init__("fresh authentication is required")
        self.wrong = wrong


def stamp(request: HttpRequest) -> None:
    """The person has just proved who they are."""
    request.session[_KEY] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    return 0 <= time.time() - request.session.get(_KEY, 0) <= FRESH_FOR


def require_fresh(request: HttpRequest) -> None:
    """Raises NotFresh unless the person proved within five minutes, or proves now, who they are."""
    if is_fresh(request):
        return
    secret = request.POST.get(FIELD, "")
    if not secret:
        raise NotFresh(wrong=False)
    if not _proves(request, secret):
        proof_failed.send(User, user=request.user, request=request)
        raise NotFresh(wrong=True)
    stamp(request)


def asks_for_code(user: User) -> bool:
    return second_factor.device_of(user) is not None


def _proves(request: HttpRequest, secret: str) -> bool:
    user: User = request.user  # type: ignore[assignment]  # views ask for sign-in first
    if asks_for_code(user):
        return second_factor.check_code(user, secret) is not None
    return authenticate(request, username=user.get_username(), password=secret) == user
