"""The working calendar: holidays and make-up days (调休) as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .places import Centre, OfCentreQuerySet


class WorkDay(models.Model):
    """An exception to Monday-to-Friday: a holiday, or a weekend day that is worked."""

    centre = models.ForeignKey(Centre, models.CASCADE, verbose_name=_("中心"))
    date = models.DateField(_("日期"))
    is_working = models.BooleanField(_("上班"), default=False)
    name = models.CharField(_("名称"), max_length=40, blank=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("工作日历")
        verbose_name_plural = _("工作日历")
        permissions = [("import_workday", "导入工作日历")]
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "date"], name="one_entry_a_day"),
        ]

    def __str__(self) -> str:
        kind = _("上班") if self.is_working else _("休息")
        return f"{self.date} {self.name}{kind}"
