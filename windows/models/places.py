"""Centres, departments and their windows in the hall."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from windows.access import scope_of
from windows.validity import valid_on

if TYPE_CHECKING:
    from windows.access import Actor


class CentreQuerySet(models.QuerySet["Centre"]):
    def visible_to(self, user: Actor) -> Self:
        scope = scope_of(user)
        return self if scope.everything else self.filter(pk__in=scope.all_centres)


class Centre(models.Model):
    """The centre that edits and issues the bulletin; the boundary no draft crosses."""

    official_name = models.CharField(_("全称"), max_length=100)
    short_name = models.CharField(_("规范简称"), max_length=60)
    self_name = models.CharField(_("自称"), max_length=30, default="省中心")
    hall_name = models.CharField(_("大厅名称"), max_length=60, default="省政务服务大厅")
    slug = models.SlugField(_("网址名"), unique=True)
    footer = models.JSONField(_("页脚"), default=list, blank=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("中心")
        verbose_name_plural = _("中心")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def centre(self) -> Centre:
        return self


class OfCentreQuerySet(models.QuerySet):
    """Rows that carry a `centre`: each person sees those of their own centres."""

    def visible_to(self, user: Actor) -> Self:
        scope = scope_of(user)
        return self if scope.everything else self.filter(centre__in=scope.all_centres)


class DepartmentQuerySet(OfCentreQuerySet):
    def valid_on(self, day: dt.date) -> Self:
        return self.filter(valid_on(day))


class Department(models.Model):
    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    official_name = models.CharField(_("全称"), max_length=100)
    short_name = models.CharField(_("规范简称"), max_length=40)
    order = models.PositiveIntegerField(_("次序"), default=0)
    group = models.CharField(_("类别"), max_length=40, blank=True)
    head_title = models.CharField(_("正职称谓"), max_length=20, blank=True)
    certainty = models.CharField(_("依据"), max_length=20, blank=True)
    confirmed = models.BooleanField(_("已由中心核定"), default=False)
    valid_from = models.DateField(_("启用"), null=True, blank=True)
    valid_to = models.DateField(_("停用"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("部门")
        verbose_name_plural = _("部门")
        permissions = [("import_department", "导入部门")]
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "short_name"], name="department_short_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def name_on(self, day: dt.date | None) -> str:
        """The short name in force on `day`; reads the prefetched `former_names`."""
        if day:
            for former in self.former_names.all():
                if former.kind == FormerName.Kind.FORMER and former.holds_on(day):
                    return former.short_name
        return self.short_name


class FormerName(models.Model):
    """A name once valid (with its dates), or a colloquial form that print must not use."""

    class Kind(models.TextChoices):
        FORMER = "former", _("曾用名")
        INFORMAL = "informal", _("不规范简称")

    department = models.ForeignKey(
        Department, models.CASCADE, related_name="former_names", verbose_name=_("部门")
    )
    kind = models.CharField(_("种类"), max_length=10, choices=Kind, default=Kind.FORMER)
    official_name = models.CharField(_("全称"), max_length=100, blank=True)
    short_name = models.CharField(_("简称"), max_length=40)
    valid_from = models.DateField(_("启用"), null=True, blank=True)
    valid_to = models.DateField(_("停用"), null=True, blank=True)

    class Meta:
        verbose_name = _("曾用名")
        verbose_name_plural = _("曾用名")
        ordering = ["department", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "short_name"], name="former_name_once_per_department"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def holds_on(self, day: dt.date) -> bool:
        """Whether the former name was in force on `day`; without an end date it never is."""
        return (
            self.valid_to is not None and (self.valid_from or dt.date.min) <= day <= self.valid_to
        )


class ServiceWindow(models.Model):
    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="windows", verbose_name=_("部门")
    )
    name = models.CharField(_("窗口名称"), max_length=60)
    code = models.CharField(_("编号"), max_length=20, blank=True)
    needs_endorsement = models.BooleanField(
        _("须首席代表审核"), default=False, help_text=_("勾选后，报送先由首席代表审核再到中心。")
    )
    is_open = models.BooleanField(_("在用"), default=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("窗口")
        verbose_name_plural = _("窗口")
        permissions = [("import_servicewindow", "导入窗口")]
        ordering = ["department__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="window_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
