"""Sessions for staff only; the same policy headers on every answer.

Public pages run through none of the session, sign-in or message middleware, so
they can neither read nor set a cookie (security rule 1).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import get_resolver

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def client_address(request: HttpRequest) -> str:
    """Whose guesses are counted: the address nginx saw, or the peer where there is no nginx.

    Empty where neither is an address: a header may say anything, and the database takes
    addresses only.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.TRUST_PROXY else ""
    told = (forwarded.split(",")[-1].strip(), request.META.get("REMOTE_ADDR", ""))
    return next((one for one in told if _is_address(one)), "")


def _is_address(told: str) -> bool:
    try:
        ipaddress.ip_address(told)
    except ValueError:
        return False
    return True


def is_staff_path(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.STAFF_PATHS)


class StaffOnly:
    """Mixed in before a middleware: public requests pass it by."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if not is_staff_path(request):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class StaffSessions(StaffOnly, SessionMiddleware):
    pass


class StaffAuthentication(StaffOnly, AuthenticationMiddleware):
    pass


class StaffMessages(StaffOnly, MessageMiddleware):
    pass


class PolicyHeaders:
    """Headers Django has no setting for; staff pages are never stored by a browser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        storable = "no-store" not in response.headers.get("Cache-Control", "")
        if storable and is_staff_path(request) and isinstance(response, HttpResponse):
            response.headers["Cache-Control"] = "no-store"
        return response


def policies(*, secure: bool) -> list[tuple[str, str]]:
    """The headers that every answer carries, for what is answered before Django."""
    request = HttpRequest()
    request.META["HTTP_X_FORWARDED_PROTO"] = "https" if secure else "http"
    answer: Any = lambda _request: HttpResponse()  # noqa: E731
    for middleware in (CSPMiddleware, PolicyHeaders, XFrameOptionsMiddleware, SecurityMiddleware):
        answer = middleware(answer)
    return [(name, text) for name, text in answer(request).items() if name != "Content-Type"]


class DemoAbsence:
    """The demo runs with DEBUG on; its visitors get the page for readers, not for developers."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is None:
            return _absence(request, Http404())
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """A view's own absence, which with DEBUG on would list the addresses there are."""
        return _absence(request, exception) if isinstance(exception, Http404) else None


def _absence(request: HttpRequest, exception: Http404) -> HttpResponseBase:
    handler: Any = get_resolver().resolve_error_handler(HTTPStatus.NOT_FOUND)
    answer: HttpResponseBase = handler(request, exception)
    return answer
