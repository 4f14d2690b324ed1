"""Sign-in in words that tell a stranger nothing and a clerk what to do."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("用户名或密码不对，请重新填写。忘了密码，请与中心管理员联系。"),
        "inactive": _("用户名或密码不对，请重新填写。忘了密码，请与中心管理员联系。"),
    }
