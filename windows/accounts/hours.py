"""How long a session lasts: 30 minutes without a request, 8 hours in all."""

from __future__ import annotations

import time
from typing import Final

from django.http import HttpRequest

IDLE: Final = 30 * 60  # seconds
ABSOLUTE: Final = 8 * 3600
_BEGAN: Final = "began_at"
_SEEN: Final = "seen_at"
_EVERY: Final = 60  # a session is written at most once a minute for being used


def begin(request: HttpRequest) -> None:
    request.session[_BEGAN] = request.session[_SEEN] = int(time.time())


def is_over(request: HttpRequest) -> bool:
    now = time.time()
    began, seen = request.session.get(_BEGAN, 0), request.session.get(_SEEN, 0)
    return now - began > ABSOLUTE or now - seen > IDLE


def note_use(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get(_SEEN, 0) >= _EVERY:
        request.session[_SEEN] = now
