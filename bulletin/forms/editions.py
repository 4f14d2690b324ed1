"""When an issue is to appear."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class ScheduleForm(forms.Form):
    at = forms.DateTimeField(
        label=gettext_lazy("发布时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={
            "required": gettext_lazy("请填写发布时间，例如 2025-03-26 09:00。"),
            "invalid": gettext_lazy("请填写发布时间，例如 2025-03-26 09:00。"),
        },
    )
