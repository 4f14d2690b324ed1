"""Django's own sign-in views behind our templates and methods."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bulletin.forms.accounts import SignInForm
from windows.access import scope_of

_page_with_form = require_http_methods(["GET", "HEAD", "POST"])

login = _page_with_form(
    sensitive_post_parameters("password")(
        auth.LoginView.as_view(authentication_form=SignInForm, redirect_authenticated_user=True)
    )
)
logout = require_POST(auth.LogoutView.as_view())
password_change = _page_with_form(auth.PasswordChangeView.as_view())
password_change_done = require_safe(auth.PasswordChangeDoneView.as_view())


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The desk for those at a window, the newsroom for the centre."""
    scope = scope_of(request.user)
    if scope.at_the_window:
        return redirect("desk:now")
    if scope.at_the_centre:
        return redirect("admin:index")
    return render(request, "registration/no_role.html")
