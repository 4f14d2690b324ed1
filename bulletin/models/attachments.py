"""Supporting files of a submission: shown by name, kept without one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .intake import Submission

if TYPE_CHECKING:
    from windows.access import Actor


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Actor) -> Self:
        """Whoever sees the submission sees what came with it."""
        return self.filter(submission__in=Submission.objects.visible_to(user))


class Attachment(models.Model):
    class Kind(models.TextChoices):
        PHOTO = "photo", _("照片")
        DOCX = "docx", _("Word文档")
        PDF = "pdf", _("PDF")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="attachments", verbose_name=_("报送")
    )
    name = models.CharField(_("文件名"), max_length=100)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    size = models.PositiveIntegerField(_("字节"))
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=60, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("上传人"),
    )
    at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "sha256"], name="attachment_once_a_submission"
            ),
        ]

    def __str__(self) -> str:
        return self.name
