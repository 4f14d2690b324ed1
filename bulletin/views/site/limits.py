"""How much work one address may ask for: a bucket of requests that fills up again.

Counted in the process, so that it costs no query and keeps no address on disk; several
processes allow as many times more.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from threading import Lock
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from bulletin.middleware import client_address

from .problems import told

MOST_ADDRESSES: Final = 10_000


@dataclass
class Bucket:
    """`burst` requests at once, then `rate` a second; the oldest addresses are forgotten."""

    burst: int
    rate: float
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, address: str, now: float | None = None) -> bool:
        """Whether `address` may ask now; refused requests cost nothing."""
        now = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._left.pop(address, (float(self.burst), now))
            left = min(self.burst, left + (now - since) * self.rate)
            allowed = left >= 1
            self._left[address] = (left - allowed, now)
            while len(self._left) > MOST_ADDRESSES:
                self._left.popitem(last=False)
        return allowed

    def clear(self) -> None:
        with self._lock:
            self._left.clear()


SEARCHES: Final = Bucket(burst=60, rate=2)
CHECKS: Final = Bucket(burst=20, rate=0.2)
SUBSCRIPTIONS: Final = Bucket(burst=5, rate=1 / 600)
BUCKETS: Final = (SEARCHES, CHECKS, SUBSCRIPTIONS)

View = Callable[..., HttpResponseBase]


def limited(bucket: Bucket) -> Callable[[View], View]:
    """429 with a page that says when to come again, for whoever asks too often."""

    def bound(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if bucket.take(client_address(request)):
                return view(request, *args, **kwargs)
            return too_often(request, bucket)

        return answered

    return bound


def seconds_to_wait(bucket: Bucket) -> str:
    return str(max(1, round(1 / bucket.rate)))


def too_often(request: HttpRequest, bucket: Bucket) -> HttpResponse:
    response = told(request, HTTPStatus.TOO_MANY_REQUESTS, "site/too_often.html")
    response.headers["Retry-After"] = seconds_to_wait(bucket)
    response.headers["Cache-Control"] = "no-store"
    return response
