"""A large file of figures on its way in: read, shown, written, with how far it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from windows.models import Centre


class FigureImport(models.Model):
    """Worked on in the background (`stats.figure_runs`); its page looks again by itself."""

    class Stage(models.TextChoices):
        READING = "reading", _("正在核对")
        SHOWN = "shown", _("等您确认")
        WRITING = "writing", _("正在写入")
        DONE = "done", _("已写入")
        REFUSED = "refused", _("没有写入")

    centre = models.ForeignKey(Centre, models.CASCADE, verbose_name=_("中心"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stored = models.CharField(max_length=200)
    name = models.CharField(_("文件"), max_length=200)
    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    stage = models.CharField(_("进度"), max_length=10, choices=Stage, default=Stage.READING)
    percent = models.PositiveSmallIntegerField(default=0)
    shown = models.JSONField(default=dict)  # counts, and the first lines of each kind
    digest = models.CharField(max_length=64, blank=True)
    message = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("大批导入")
        verbose_name_plural = _("大批导入")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.stage in {self.Stage.READING, self.Stage.WRITING}
