"""Sign-in in words that tell a stranger nothing and a clerk what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("用户名或密码不对，请重新填写。忘了密码，请与中心管理员联系。"),
        "inactive": _("用户名或密码不对，请重新填写。忘了密码，请与中心管理员联系。"),
    }


class ChangePasswordForm(PasswordChangeForm):
    """Whoever changes the password themselves is done with the change asked for."""

    def save(self, commit: bool = True) -> Any:
        self.user.must_change_password = False
        return super().save(commit)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("验证码"),
        max_length=24,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "autofocus": True,
            }
        ),
        error_messages={"required": _("请填写手机上显示的6位数字。")},
    )
