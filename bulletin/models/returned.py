"""A Word document of an issue that was edited outside and came back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .issues import Issue


class ReturnedCopy(models.Model):
    """Its paragraphs; `settled` holds the keys of changes that were declined."""

    issue = models.ForeignKey(
        Issue, models.CASCADE, related_name="returned_copies", verbose_name=_("期")
    )
    name = models.CharField(_("文件名"), max_length=100)
    sha256 = models.CharField(_("指纹"), max_length=64)
    paragraphs = models.JSONField(_("各段"), default=list)
    settled = models.JSONField(_("不采用的"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("Word改稿")
        verbose_name_plural = _("Word改稿")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
