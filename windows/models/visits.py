"""Leader visits to the hall (厅（局）长进大厅)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Leader
from .places import Centre, OfCentreQuerySet, ServiceWindow


class LeaderVisit(models.Model):
    """One visit; `date` is empty only for visits read from an old printed issue."""

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", _("调研指导，讲了话")
        DUTY = "duty", _("值守")

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    window = models.ForeignKey(
        ServiceWindow, models.PROTECT, null=True, blank=True, verbose_name=_("到访窗口")
    )
    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    date = models.DateField(_("到访日期"), null=True, blank=True)
    kind = models.CharField(_("来做什么"), max_length=10, choices=Kind, default=Kind.GUIDANCE)
    opening = models.CharField(_("怎么起头"), max_length=40, blank=True, default="他强调，")
    remarks = models.TextField(_("讲话要点"), blank=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("领导到访")
        verbose_name_plural = _("领导到访")
        ordering = ["date", "pk"]
        indexes = [
            models.Index(fields=["centre", "year", "month"], name="visits_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.date or f'{self.year}年{self.month}月'} {self.get_kind_display()}"


class Visitor(models.Model):
    """Who came, as printed on that day; `leader` is empty when the directory has no such person."""

    visit = models.ForeignKey(
        LeaderVisit, models.CASCADE, related_name="visitors", verbose_name=_("到访")
    )
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    leader = models.ForeignKey(
        Leader, models.SET_NULL, null=True, blank=True, verbose_name=_("名录")
    )
    department_name = models.CharField(_("部门"), max_length=60)
    post = models.CharField(_("职务"), max_length=80)
    name = models.CharField(_("姓名"), max_length=40)

    class Meta:
        verbose_name = _("到访领导")
        verbose_name_plural = _("到访领导")
        ordering = ["visit", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="visitor_has_a_name",
                violation_error_message=_("请填写到访领导的姓名。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}{self.post}{self.name}"
