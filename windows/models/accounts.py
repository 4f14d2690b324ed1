"""Secrets of an account, kept as hashes: recovery codes, and passwords that were used before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RecoveryCode(models.Model):
    """`key` is the first group of the code and finds the row; `digest` is of the rest."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes"
    )
    key = models.CharField(max_length=4)
    digest = models.CharField(max_length=160)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("恢复码")
        verbose_name_plural = _("恢复码")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="recovery_key_once_a_user"),
        ]

    def __str__(self) -> str:
        return self.key


class UsedPassword(models.Model):
    """A password somebody had, as its hash; kept in the profile that forbids to come back to it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="used_passwords"
    )
    password = models.CharField(max_length=128)
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("用过的密码")
        verbose_name_plural = _("用过的密码")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id} {self.used_at:%Y-%m-%d}"
