"""The second factor: setting it up, giving its code at sign-in, recovery codes."""

from __future__ import annotations

from typing import cast

import django_otp
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from bulletin import doorbook
from bulletin.doorkeeping import CODE_DUE
from bulletin.forms.accounts import CodeForm
from bulletin.views.accounts.next_page import next_page
from bulletin.views.accounts.squares import qr_path
from windows.accounts import freshness
from windows.accounts import second_factor as factor
from windows.models import User

_page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


@_page_with_form
@sensitive_post_parameters("code")
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code after the password."""
    if not request.session.get(CODE_DUE):
        return redirect(next_page(request))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        device = factor.check_code(_person(request), code)
        if device:
            _let_in(request, device)
            how = _("密码和验证码") if factor.is_phones(code) else _("密码和恢复码")
            doorbook.note(_person(request), "sign_in", request, how=how)
            return redirect(next_page(request))
        doorbook.note(_person(request), "code_failed", request)
        form.add_error("code", _("验证码不对，或已经用过。请等下一个验证码，再填写。"))
    return _page(request, "second_factor", form=form)


@_page_with_form
@sensitive_post_parameters("code")
@login_required
def enrol(request: HttpRequest) -> HttpResponse:
    """A secret for the phone, confirmed by its first code; then the recovery codes, once."""
    if factor.device_of(_person(request)):
        freshness.require_fresh(request)  # a new phone takes the place of the old one
    device = factor.device_to_enrol(_person(request))
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        codes = factor.confirm(device, form.cleaned_data["code"])
        if codes:
            _let_in(request, device)
            doorbook.note(_person(request), "enrol", request)
            return _page(request, "recovery_codes", codes=codes, left=len(codes))
        form.add_error("code", _("验证码不对。请核对手机的时间，填写现在显示的6位数字。"))
    size, path = qr_path(device.config_url)
    secret = factor.secret_in_groups(device)
    return _page(request, "enrol", form=form, secret=secret, size=size, path=path)


@_page_with_form
@login_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """How many are left; ten new ones for whoever proves again who they are."""
    if factor.device_of(_person(request)) is None:
        return redirect("enrol")
    codes: list[str] = []
    if request.method == "POST":
        freshness.require_fresh(request)
        codes = factor.new_recovery_codes(_person(request))
        doorbook.note(_person(request), "new_codes", request)
    left = factor.codes_left(_person(request))
    return _page(request, "recovery_codes", codes=codes, left=left)


def _let_in(request: HttpRequest, device: TOTPDevice) -> None:
    django_otp.login(request, device)
    request.session[CODE_DUE] = False
    freshness.stamp(request)


def _page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    return render(request, f"registration/{name}.html", {"next": next_page(request), **context})
