"""Users, their places as staff, and the leaders whose names are printed."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.contrib.auth.models import AbstractUser, Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from windows import roles
from windows.validity import valid_on

from .places import Centre, Department, OfCentreQuerySet, ServiceWindow


class User(AbstractUser):
    """A person who signs in; `name` is the one shown, in Chinese order."""

    name = models.CharField(_("姓名"), max_length=40, blank=True)
    must_change_password = models.BooleanField(
        _("下次登录须改密码"), default=False, help_text=_("改好之前不能做别的事。")
    )
    only_tasks_by_mail = models.BooleanField(
        _("只收要我办的邮件"),
        default=False,
        help_text=_("退回、催报、待签这些照发；只是告知的不发。"),
    )
    password_changed_at = models.DateTimeField(_("改密码时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    replaced_password = ""  # the hash a change takes the place of, until it is saved

    def set_password(self, raw_password: str | None) -> None:
        self.replaced_password = self.password
        super().set_password(raw_password)
        self.password_changed_at = timezone.now()


class StaffQuerySet(OfCentreQuerySet):
    def with_role(self, role: str, day: dt.date) -> Self:
        return self.filter(valid_on(day), role=role, user__is_active=True)


class Staff(models.Model):
    """One role of one user: at a window, for a department, or at the centre."""

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    user = models.ForeignKey(User, models.CASCADE, related_name="staff", verbose_name=_("用户"))
    role = models.CharField(_("角色"), max_length=30, choices=list(roles.LABELS.items()))
    window = models.ForeignKey(
        ServiceWindow, models.PROTECT, null=True, blank=True, verbose_name=_("窗口")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门")
    )
    valid_from = models.DateField(_("起"), null=True, blank=True)
    valid_to = models.DateField(_("止"), null=True, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位人员")
        verbose_name_plural = _("岗位人员")
        permissions = [("import_staff", "导入岗位人员")]
        ordering = ["centre", "role", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "window"], name="once_a_window"),
            models.UniqueConstraint(
                fields=["user", "role", "department"],
                condition=Q(window=None),
                name="once_a_department",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "centre"],
                condition=Q(window=None, department=None),
                name="once_a_centre",
            ),
            models.CheckConstraint(
                condition=~Q(role=roles.WINDOW) | Q(window__isnull=False),
                name="window_staff_have_a_window",
                violation_error_message=_("窗口人员要选窗口。"),
            ),
            models.CheckConstraint(
                condition=~Q(role=roles.CHIEF) | Q(department__isnull=False),
                name="chief_has_a_department",
                violation_error_message=_("首席代表要选部门。"),
            ),
        ]

    def __str__(self) -> str:
        place = self.window or self.department or self.centre
        return f"{self.user}（{place}{roles.LABELS[self.role]}）"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        sync_groups(self.user)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        sync_groups(self.user)
        return gone

    def clean(self) -> None:
        for place in (self.window, self.department):
            if place and place.centre_id != self.centre_id:
                raise ValidationError(_("窗口、部门要属于同一个中心。"))
        self._check_separation()

    def _check_separation(self) -> None:
        """三员分立: the database refuses it too (migration 0004)."""
        if self.role not in roles.SEPARATED or self.user_id is None:
            return
        if self.user.is_superuser:
            raise ValidationError(_("系统管理员不能兼任管理员或审计员（三员分立）。"))
        for other in self.user.staff.filter(role__in=roles.SEPARATED).exclude(pk=self.pk):
            if other.role != self.role and _overlap(self, other):
                names = {"held": other.get_role_display(), "asked": self.get_role_display()}
                raise ValidationError(
                    _("这位用户已是%(held)s，不能再任%(asked)s（三员分立）。"), params=names
                )


def _overlap(one: Staff, other: Staff) -> bool:
    return (one.valid_from or dt.date.min) <= (other.valid_to or dt.date.max) and (
        other.valid_from or dt.date.min
    ) <= (one.valid_to or dt.date.max)


def sync_groups(user: User) -> None:
    """Make the user's role groups and admin access those of their staff rows."""
    held = set(user.staff.values_list("role", flat=True))
    others = user.groups.exclude(name__in=roles.LABELS)
    user.groups.set([*others, *Group.objects.filter(name__in=held)])
    at_centre = bool(held & roles.AT_THE_CENTRE) or user.is_superuser
    if user.is_staff != at_centre:
        user.is_staff = at_centre
        user.save(update_fields=["is_staff"])


class LeaderQuerySet(OfCentreQuerySet):
    def valid_on(self, day: dt.date) -> Self:
        return self.filter(valid_on(day))


class Leader(models.Model):
    """A person in a post for a time; a change of post is a new row."""

    class Rank(models.IntegerChoices):
        HEAD = 1, _("正职")
        DEPUTY = 2, _("副职")
        CHIEF_ENGINEER = 3, _("总师")
        INSPECTOR_1 = 4, _("一级巡视员")
        INSPECTOR_2 = 5, _("二级巡视员及相当职级")
        DIVISION = 6, _("处级")
        OTHER = 9, _("其他")

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="leaders", verbose_name=_("部门")
    )
    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(
        _("职务"), max_length=80, help_text=_("按刊出的写法，例如“党组书记、厅长”。")
    )
    rank = models.PositiveSmallIntegerField(_("职级"), choices=Rank, default=Rank.OTHER)
    acting = models.BooleanField(_("主持工作"), default=False)
    valid_from = models.DateField(_("任职起"), null=True, blank=True)
    valid_to = models.DateField(_("任职止"), null=True, blank=True)

    objects = LeaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("领导")
        verbose_name_plural = _("领导")
        permissions = [("import_leader", "导入领导")]
        ordering = ["department__order", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "name", "post", "valid_from"], name="leader_once_per_post"
            ),
            models.UniqueConstraint(
                fields=["department", "name", "post"],
                condition=Q(valid_from=None),
                name="leader_once_without_date",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None)
                | Q(valid_from=None)
                | Q(valid_to__gte=models.F("valid_from")),
                name="leader_post_ends_after_it_begins",
                violation_error_message=_("任职止不能早于任职起。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department}{self.post}{self.name}"
