"""What surrounds a sign-off: warnings somebody answers for, and links for who is away."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .editions import Edition
from .issues import Issue


class Waiver(models.Model):
    """A warning that was looked at and left as it is: by whom and why.

    It holds for `key` (kind, place and words of the problem) as long as `text_digest` is that
    of the text it concerns: when the text changes, somebody has to look again.
    """

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="waivers", verbose_name=_("期"))
    key = models.CharField(max_length=16)
    text_digest = models.CharField(max_length=64)
    message = models.TextField(_("提醒"))
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("确认人")
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("确认")
        verbose_name_plural = _("确认")
        ordering = ["issue", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "key", "text_digest"], name="one_waiver_a_problem"
            ),
        ]

    def __str__(self) -> str:
        return self.message[:30]


class SignLink(models.Model):
    """A way to one proof for one person who is away; the token itself is not kept."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="links", verbose_name=_("校样")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("给谁")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁发的")
    )
    made_at = models.DateTimeField(_("发出时间"), auto_now_add=True)
    expires_at = models.DateTimeField(_("到期"))
    used_at = models.DateTimeField(_("用过"), null=True)
    revoked_at = models.DateTimeField(_("收回"), null=True)

    class Meta:
        verbose_name = _("签发链接")
        verbose_name_plural = _("签发链接")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.edition} → {self.person}"

    def is_open(self, now: dt.datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and now < self.expires_at
