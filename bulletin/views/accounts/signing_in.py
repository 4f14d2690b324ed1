"""Signing in and out, and the password. Guesses are evaluated one at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bulletin import doorbook
from bulletin.doorkeeping import CODE_DUE
from bulletin.forms.accounts import ChangePasswordForm, SignInForm
from bulletin.middleware import client_address
from windows.accounts import freshness
from windows.accounts.passwords import must_change
from windows.models import User

_page_with_form = require_http_methods(["GET", "HEAD", "POST"])


class SignIn(auth.LoginView):
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: str, **kwargs: object) -> HttpResponse:
        """Of forty guesses at once at most five are evaluated: each waits for the one before."""
        try:
            with _in_turn(request.POST.get("username", ""), client_address(request)):
                return super().post(request, *args, **kwargs)
        except OperationalError:  # too many before it
            return render(request, "registration/locked.html", status=429)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        if self.request.session[CODE_DUE]:
            doorbook.note(user, "password_given", self.request)
        else:
            doorbook.note(user, "sign_in", self.request, how=_("密码"))
        return response


@contextmanager
def _in_turn(*names: str) -> Iterator[None]:
    """One transaction at a time for each of `names`; on SQLite there is but one writer anyway."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for name in names:
                    key = hashlib.sha256(name.encode()).digest()[:8]
                    number = int.from_bytes(key, signed=True)
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        yield


class ChangePassword(auth.PasswordChangeView):
    form_class = ChangePasswordForm

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        due = must_change(self.request.user)  # type: ignore[arg-type]  # for the signed-in
        return super().get_context_data(due=due, **kwargs)

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        freshness.stamp(self.request)
        response = super().form_valid(form)
        doorbook.note(cast(User, self.request.user), "change_password", self.request)
        return response


login = _page_with_form(
    method_decorator(sensitive_post_parameters("password"), name="dispatch")(SignIn).as_view()
)
logout = require_POST(auth.LogoutView.as_view())
password_change = _page_with_form(ChangePassword.as_view())
password_change_done = require_safe(auth.PasswordChangeDoneView.as_view())
