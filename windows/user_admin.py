"""Accounts: an administrator makes people and gives them places, never more than that."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from windows.access import scope_of
from windows.accounts.freshness import require_fresh
from windows.centre_admin import CentreForm, Noted, OwnRows, in_words
from windows.models import Staff, User
from windows.permissions import centres_with, users_visible_to

IS_ACTIVE = in_words("is_active", _("账号"), _("有效"), _("停用"))


class NewUserForm(UserCreationForm):
    """The first password is known to the administrator: it is changed at first sign-in."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "name", "email")

    def save(self, commit: bool = True) -> Any:
        self.instance.must_change_password = True
        return super().save(commit)


class ResetPasswordForm(AdminPasswordChangeForm):
    def save(self, commit: bool = True) -> Any:
        self.user.must_change_password = True
        return super().save(commit)


class UserForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class StaffInline(OwnRows):
    model = Staff
    form = CentreForm
    fields = ("centre", "role", "window", "department", "valid_from", "valid_to")
    verbose_name = _("岗位")
    verbose_name_plural = _("岗位")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Staff]:
        own = centres_with(request.user, "windows.view_staff", "windows.change_staff")
        return super().get_queryset(request).filter(centre__in=own)

    def get_min_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Who has no place is seen by no administrator."""
        return 0 if scope_of(request.user).everything else 1

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, **kwargs)


@admin.register(User)
class UserAdmin(Noted, StockUserAdmin):
    form = UserForm
    add_form = NewUserForm
    change_password_form = ResetPasswordForm
    add_form_template = "admin/windows/user/add_form.html"
    inlines = (StaffInline,)
    list_display = ("username", "name", "places", IS_ACTIVE, "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "name", "email")
    search_help_text = _("按用户名、姓名、邮箱查找")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email", "is_active")}),
        (_("登录"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {"fields": ("username", "name", "email", "password1", "password2")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        seen = users_visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=seen).prefetch_related("staff__window")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not scope_of(request.user).everything:
            return fieldsets
        return (*fieldsets, (_("系统"), {"fields": ("is_superuser",)}))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accounts and roles are given by whoever has just proved who they are."""
        if request.method == "POST":
            require_fresh(request)
        return super().changeform_view(request, *args, **kwargs)

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            require_fresh(request)
        return super().user_change_password(request, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("last_login", "date_joined")

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Also on the page that makes the account, which the stock admin leaves without."""
        return self.inlines

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> Any:
        return super(StockUserAdmin, self).get_inline_instances(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever also stands in a centre that is not one's own is looked at, not changed."""
        return super().has_change_permission(request, obj) and (
            obj is None or _is_all_own(request, obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People leave by 有效: their name stays on what they did."""
        return False

    @admin.display(description=_("岗位"))
    def places(self, user: User) -> str:
        return "；".join(
            f"{staff.window or ''}{staff.get_role_display()}" for staff in user.staff.all()
        )


def _is_all_own(request: HttpRequest, user: User) -> bool:
    if scope_of(request.user).everything:
        return True
    own = centres_with(request.user, "windows.change_user")
    return not user.is_superuser and not user.staff.exclude(centre__in=own).exists()
