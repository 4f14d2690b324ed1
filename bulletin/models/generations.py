"""Generations of the public site: which tree of baked pages goes with what is published."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Generation(models.Model):
    """Written in the transaction that publishes; the newest one is what readers shall see.

    `root` is the digest of its tree (`bulletin.baked`), empty for the empty one; `drawn_by`
    that of the code which drew all of it. Number 0 is the row that whoever bakes locks.
    """

    number = models.PositiveBigIntegerField(_("代"), unique=True)
    root = models.CharField(_("指纹"), max_length=64, blank=True)
    drawn_by = models.CharField(_("页面版本"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("网站版本")
        verbose_name_plural = _("网站版本")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.root[:12]}"
