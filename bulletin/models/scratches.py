"""A form somebody has begun and not handed in: no history, no trail, one row written over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from windows.models import ServiceWindow

from .intake import Submission


class Scratch(models.Model):
    """One a person, window, month and kind while new; one a person and submission after."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    window = models.ForeignKey(ServiceWindow, models.CASCADE, verbose_name=_("窗口"))
    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    kind = models.CharField(_("类别"), max_length=10, choices=Submission.Kind)
    submission = models.ForeignKey(
        Submission, models.CASCADE, null=True, related_name="scratches", verbose_name=_("报送")
    )
    fields = models.JSONField(_("填了什么"), default=dict)
    saved_at = models.DateTimeField(_("保存时间"), auto_now=True)

    class Meta:
        verbose_name = _("没写完的")
        verbose_name_plural = _("没写完的")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "window", "year", "month", "kind"],
                condition=Q(submission=None),
                name="one_scratch_a_new_form",
            ),
            models.UniqueConstraint(
                fields=["user", "submission"],
                condition=Q(submission__isnull=False),
                name="one_scratch_a_submission",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月{self.get_kind_display()}"

    @property
    def posted(self) -> QueryDict:
        """The fields as the browser sent them."""
        data = QueryDict(mutable=True)
        for name, values in self.fields.items():
            data.setlist(name, values)
        return data

    @property
    def words(self) -> str:
        """What was being written, for a list."""
        return self.posted.get("text") or self.posted.get("remarks") or ""
