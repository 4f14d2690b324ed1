"""Who did what, when and why: rows are added, never changed, chained by hash.

No foreign key leads out of a trail row: it outlives users and objects. The
database refuses updates and deletes (migration 0002).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from windows.access import scope_of
from windows.models import Centre
from windows.models.places import OfCentreQuerySet
from windows.roles import APPROVER, AUDITOR, EDITOR, PUBLISHER

if TYPE_CHECKING:
    from windows.access import Actor


# The list of all trails is the auditor's and the editors'; the others see those of a page.
# Who signed in from where (bulletin/doorbook.py) is the auditor's alone.
READERS = (AUDITOR, EDITOR, APPROVER, PUBLISHER)


class TrailQuerySet(OfCentreQuerySet):
    def visible_to(self, user: Actor) -> Self:
        scope = scope_of(user)
        if scope.everything:
            return self
        rows = self.filter(centre__in=scope.centres_as(*READERS))
        return rows.filter(~Q(subject="account") | Q(centre__in=scope.centres_as(AUDITOR)))

    def of(self, subject: str, pk: int) -> Self:
        return self.filter(subject=subject, subject_id=pk)


class ChainHead(models.Model):
    """The last link of a centre's chain; locked while a row is added."""

    centre = models.OneToOneField(Centre, models.PROTECT, primary_key=True)
    count = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.centre}: {self.count}"


class Trail(models.Model):
    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    serial = models.PositiveBigIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("谁"), max_length=60)
    subject = models.CharField(_("对象"), max_length=30)
    subject_id = models.BigIntegerField()
    label = models.CharField(_("名称"), max_length=120)
    action = models.CharField(_("动作"), max_length=40)
    source = models.CharField(_("从"), max_length=20, blank=True)
    target = models.CharField(_("到"), max_length=20, blank=True)
    note = models.TextField(_("理由"), blank=True)
    data = models.JSONField(_("附"), default=dict, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = TrailQuerySet.as_manager()

    class Meta:
        verbose_name = _("流转记录")
        verbose_name_plural = _("流转记录")
        ordering = ["-serial"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "serial"], name="trail_serial_once"),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id", "serial"], name="trail_of_an_object"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.label}"

    def compute_digest(self) -> str:
        """SHA-256 over the row and the digest before it, 64 hexadecimal digits."""
        content = [
            self.centre_id, self.serial, self.at.timestamp(), self.actor_id, self.actor_name,
            self.subject, self.subject_id, self.label, self.action, self.source, self.target,
            self.note, self.data, self.previous,
        ]  # fmt: skip
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
