"""The centre's page in the admin: the foot of the public pages as lines, not as code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from windows.footers import BadLine, pairs_of, read, written
from windows.models import Centre


class Lines(forms.CharField):
    """Text of one line each for what is stored as pairs."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else written(pairs_of(value))

    def clean(self, value: Any) -> list[list[str]]:
        try:
            return read(super().clean(value))
        except BadLine as bad:
            raise ValidationError(str(bad)) from bad

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class CentreFooterForm(forms.ModelForm):
    footer = Lines(
        label=_("页脚"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 9, "cols": 60}),
        help_text=_(
            "每行一项，写成“名称：内容”，按这里的次序列在公开网站每一页的末尾。"
            "政府网站应当列明：承办单位、联系电话、网站标识码、ICP备案号、公安备案号。"
            "备案号、电话、邮箱和写明的网址自动成为链接；主办单位就是本中心，网站地图已有，都不用写。"
        ),
    )

    class Meta:
        model = Centre
        fields = "__all__"  # noqa: DJ007  the admin names them
