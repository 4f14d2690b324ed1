"""Who stands at the door of every staff page, after sign-in.

In this order: the session is not over; the code of the second factor was given; the
password need not be changed; a second factor is set up where the role asks for one.
What was typed into an expired page is kept with the session and offered again after
sign-in to the same person.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django_otp.middleware import OTPMiddleware

from bulletin.middleware import GetResponse, StaffOnly, is_staff_path
from windows.accounts import freshness, hours, passwords, second_factor
from windows.models import User

UNSENT: Final = "unsent"
CODE_DUE: Final = "code_due"
_LONGEST_KEPT: Final = 200_000  # characters of one form
_NEVER_KEPT: Final = {"csrfmiddlewaretoken", freshness.FIELD}
_ALWAYS_OPEN: Final = {"login", "logout"}
_FOR_CODE: Final = _ALWAYS_OPEN | {"second_factor"}
_FOR_PASSWORD: Final = _FOR_CODE | {"password_change"}
_FOR_ENROLMENT: Final = _FOR_PASSWORD | {"password_change_done", "enrol", "recovery_codes"}


class StaffSecondFactor(StaffOnly, OTPMiddleware):  # type: ignore[misc]  # has no types
    pass


@receiver(user_logged_in)
def _begin(sender: object, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Signing in begins the session's hours; a person with a second factor still owes its code."""
    hours.begin(request)
    request.session[CODE_DUE] = settings.TWO_FACTOR and second_factor.device_of(user) is not None
    freshness.stamp(request)


class Doorkeeper:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Runs after the CSRF check: nobody else's form is ever kept."""
        if not is_staff_path(request) or not request.user.is_authenticated:
            return None
        if hours.is_over(request):
            return HttpResponse(status=401) if _by_script(request) else _sign_in_again(request)
        if not _asks_by_itself(request):
            hours.note_use(request)
        _forget_sent(request)
        step = next_step(request)
        if step is None or _name(request) in step[1]:
            return None
        return redirect(f"{reverse(step[0])}?{_next(request)}")

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, freshness.NotFresh):
            return None
        return _ask_again(request, error.wrong)


def _asks_by_itself(request: HttpRequest) -> bool:
    """A page left open is no use of the session: who else is here, it asks every 20 seconds."""
    return "X-Background" in request.headers or _name(request).endswith("_presence")


def _by_script(request: HttpRequest) -> bool:
    """What a page fetches behind the person's back is told no, and nothing else happens."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def next_step(request: HttpRequest) -> tuple[str, set[str]] | None:
    """(the page to go to, the views open before it is done); None when nothing is owed."""
    user: User = request.user  # type: ignore[assignment]  # asked for signed-in people only
    if request.session.get(CODE_DUE):
        return "second_factor", _FOR_CODE
    if passwords.must_change(user):
        return "password_change", _FOR_PASSWORD
    if second_factor.is_required(user) and not user.is_verified():  # type: ignore[attr-defined]
        return "enrol", _FOR_ENROLMENT
    return None


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """What was typed stays with the session, the person does not."""
    path = _page_of(request)
    unsent = _unsent(request)
    logout(request)
    if unsent:
        request.session[UNSENT] = unsent
        path = reverse("unsent")
        messages.warning(
            request, _("太久没有操作，已为您退出。刚才填写的内容还在，登录后可以继续提交。")
        )
    else:
        messages.warning(request, _("太久没有操作，已为您退出。请重新登录，再接着做。"))
    return redirect_to_login(path, resolve_url(settings.LOGIN_URL))


def _unsent(request: HttpRequest) -> dict[str, Any] | None:
    if request.method != "POST" or _name(request) in _FOR_ENROLMENT:
        return None
    fields = kept_fields(request)
    if len(fields.urlencode()) > _LONGEST_KEPT:
        return None
    return {
        "path": request.get_full_path(),
        "fields": fields.urlencode(),
        "user": request.user.pk,
        "files": bool(request.FILES),
    }


def _forget_sent(request: HttpRequest) -> None:
    """What was kept is on its way again."""
    kept = request.session.get(UNSENT)
    if kept and request.method == "POST" and kept["path"] == request.get_full_path():
        del request.session[UNSENT]


def kept_fields(request: HttpRequest) -> QueryDict:
    fields = request.POST.copy()
    for name in _NEVER_KEPT:
        fields.pop(name, None)
    return fields


def _ask_again(request: HttpRequest, wrong: bool) -> HttpResponse:
    """The code or the password, on a page that carries what was typed to the same address."""
    user: User = request.user  # type: ignore[assignment]  # require_fresh is for the signed-in
    context = {
        "wrong": wrong,
        "by_code": freshness.asks_for_code(user),
        "field": freshness.FIELD,
        "action": request.get_full_path() if request.method == "POST" else reverse("confirm"),
        "fields": [(name, v) for name, values in kept_fields(request).lists() for v in values],
        "next": request.get_full_path() if request.method != "POST" else "",
    }
    return render(request, "registration/confirm.html", context, status=403 if wrong else 200)


def _page_of(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in ("GET", "HEAD") else reverse("home")


def _next(request: HttpRequest) -> str:
    query = QueryDict(mutable=True)
    query["next"] = _page_of(request)
    return query.urlencode(safe="/")


def _name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""
