"""The directories in the admin: centres, departments, windows, leaders, staff, calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin  # noqa: F401 - registers what is taken away below
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from windows.access import scope_of
from windows.centre_admin import CentreRowsAdmin, Noted, OwnRows, ValuesFilter, in_words
from windows.footer_form import CentreFooterForm
from windows.footers import missing, pairs_of
from windows.importing.admin import SheetAdmin
from windows.models import Centre, Department, FormerName, Leader, ServiceWindow, Staff, WorkDay
from windows.permissions import centres_with
from windows.resources import (
    DepartmentResource,
    LeaderResource,
    ServiceWindowResource,
    WorkDayResource,
)
from windows.staff_resources import StaffResource
from windows.user_admin import UserAdmin as UserAdmin

IS_CONFIRMED = in_words("confirmed", _("核定"), _("已核定"))
IS_ENDORSED = in_words("needs_endorsement", _("首席代表审核"), _("须审核"))
IS_OPEN = in_words("is_open", _("在用"), _("在用"), _("停用"))
IS_ACTING = in_words("acting", _("主持工作"), _("主持工作"))
ARRANGEMENT = in_words("is_working", _("安排"), _("上班"), _("休息"))
OF_OWN_DEPARTMENTS = ("department", admin.RelatedOnlyFieldListFilter)

admin.site.unregister(Group)  # roles come from staff rows alone


@admin.register(Centre)
class CentreAdmin(Noted, admin.ModelAdmin):
    list_display = ("short_name", "official_name", "self_name", "hall_name")
    fields = ("official_name", "short_name", "self_name", "hall_name", "slug", "footer")
    form = CentreFooterForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Centre]:
        own = centres_with(request.user, "windows.view_centre", "windows.change_centre")
        return super().get_queryset(request).filter(pk__in=own)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new centre is nobody's yet."""
        return scope_of(request.user).everything

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Addresses of published issues carry the slug."""
        return ("slug",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Centre, form: Any, change: bool) -> None:
        """What the rules ask for and the foot lacks is said, never insisted on."""
        super().save_model(request, obj, form, change)
        if lacking := "、".join(str(_(name)) for name in missing(pairs_of(obj.footer))):
            messages.warning(request, _("政府网站的页脚还应列明：%s。") % lacking)


class FormerNameInline(OwnRows):
    model = FormerName
    fields = ("kind", "short_name", "official_name", "valid_from", "valid_to")


@admin.register(Department)
class DepartmentAdmin(SheetAdmin, CentreRowsAdmin):
    resource_classes = (DepartmentResource,)
    inlines = (FormerNameInline,)
    list_display = ("short_name", "official_name", "group", "order", "head_title", IS_CONFIRMED)
    list_filter = (("group", ValuesFilter), "confirmed")
    search_fields = ("short_name", "official_name", "former_names__short_name")
    search_help_text = _("按全称、简称、曾用名查找")
    fields = (
        "centre",
        ("short_name", "official_name"),
        ("order", "group", "head_title"),
        ("certainty", "confirmed"),
        ("valid_from", "valid_to"),
        "note",
    )


@admin.register(ServiceWindow)
class ServiceWindowAdmin(SheetAdmin, CentreRowsAdmin):
    resource_classes = (ServiceWindowResource,)
    list_display = ("name", "department", "code", IS_ENDORSED, IS_OPEN)
    list_filter = ("is_open", "needs_endorsement")
    list_select_related = ("department",)
    search_fields = ("name", "code", "department__short_name")
    search_help_text = _("按窗口、编号、部门查找")
    fields = ("centre", "department", "name", "code", "needs_endorsement", "is_open")


@admin.register(Leader)
class LeaderAdmin(SheetAdmin, CentreRowsAdmin):
    resource_classes = (LeaderResource,)
    list_display = ("name", "post", "department", "rank", IS_ACTING, "valid_from", "valid_to")
    list_filter = ("rank", "acting", OF_OWN_DEPARTMENTS)
    list_select_related = ("department",)
    search_fields = ("name", "post", "department__short_name")
    search_help_text = _("按姓名、职务、部门查找")
    fields = (
        "centre",
        "department",
        ("name", "post"),
        ("rank", "acting"),
        ("valid_from", "valid_to"),
    )


@admin.register(Staff)
class StaffAdmin(SheetAdmin, CentreRowsAdmin):
    resource_classes = (StaffResource,)
    list_display = ("user", "role", "window", "department", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("user", "window", "department")
    search_fields = ("user__username", "user__name", "window__name", "department__short_name")
    search_help_text = _("按姓名、用户名、窗口、部门查找")
    fields = ("centre", "user", "role", ("window", "department"), ("valid_from", "valid_to"))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Staff]) -> None:
        """One by one: each takes the role's group from its user."""
        for staff in queryset:
            staff.delete()


@admin.register(WorkDay)
class WorkDayAdmin(SheetAdmin, CentreRowsAdmin):
    resource_classes = (WorkDayResource,)
    list_display = ("date", ARRANGEMENT, "name")
    list_filter = ("is_working",)
    date_hierarchy = "date"
    search_fields = ("name",)
    fields = ("centre", "date", "is_working", "name")
