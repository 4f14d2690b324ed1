"""Who is at an object just now, and how a person last filtered the inbox."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """One row a person and object, touched while the page is open; named as trails name it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    subject = models.CharField(_("对象"), max_length=30)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("正在编辑")
        verbose_name_plural = _("正在编辑")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "user"], name="once_a_person_and_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.subject} {self.subject_id}"


class KeptFilter(models.Model):
    """The inbox as a person last looked at it: the query of its address."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="kept_filter"
    )
    query = models.CharField(_("筛选"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("上次的筛选")
        verbose_name_plural = _("上次的筛选")
        default_permissions = ()

    def __str__(self) -> str:
        return self.query
