"""Staff in and out of spreadsheets. No account is made unless the row asks for it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from windows import roles
from windows.importing.base import CentreResource, Values
from windows.importing.widgets import Choice, Column, Day, Directory, Named, Text, YesNo
from windows.models import Department, ServiceWindow, Staff, User
from windows.permissions import users_visible_to
from windows.resources import department_directory

NEW_ACCOUNT = "新建账号"


class StaffResource(CentreResource):
    """A row is one role of one user. 姓名 of a known user is only held against the account."""

    key: ClassVar = ("用户名", "角色", "窗口", "部门")
    needed: ClassVar = ("用户名", "角色")

    username = Column("用户名", "user__username", Text(150, required=True), writes=False)
    person = Column("姓名", "user__name", Text(40), writes=False)
    role = Column("角色", "role", Choice(roles.LABELS.items()))
    window = Column("窗口", "window", Named())
    department = Column("部门", "department", Named())
    valid_from = Column("起", "valid_from", Day())
    valid_to = Column("止", "valid_to", Day())
    new_account = Column(NEW_ACCOUNT, "new_account", YesNo(default=False), writes=False)

    class Meta:
        model = Staff
        name = "岗位人员"

    def rows(self) -> QuerySet[Any]:
        return super().rows().select_related("user", "window", "department")

    def prepare(self, dataset: Any) -> None:
        departments = Department.objects.filter(centre=self.centre)
        windows = {w.name: w for w in ServiceWindow.objects.filter(centre=self.centre)}
        self.columns["窗口"].widget.directory = Directory("窗口", windows, {})
        self.columns["部门"].widget.directory = department_directory(
            departments.prefetch_related("former_names")
        )
        visible = User.objects.all() if self.user is None else users_visible_to(self.user)
        self.users = {user.username: user for user in visible}

    def key_of(self, instance: Staff) -> Hashable:
        return (instance.user.username, instance.role, instance.window, instance.department)

    def shown(self, instance: Staff) -> Values:
        """An order to make an account is no content of the row."""
        return {k: v for k, v in super().shown(instance).items() if k != NEW_ACCOUNT}

    def export_field(self, field: Column, instance: Staff, **kwargs: Any) -> Any:
        if field.column_name == NEW_ACCOUNT:
            return ""
        return super().export_field(field, instance, **kwargs)

    def check_row(self, values: Values, errors: dict[str, str], row: Mapping[str, Any]) -> None:
        username, name = values.get("用户名", ""), values.get("姓名", "")
        user = self.users.get(username)
        if user is None and username:
            self._check_new_account(values, errors)
        elif user is not None and name and name != user.name:
            errors["姓名"] = f"用户“{username}”的姓名是“{user.name}”。请核对；改姓名请到用户页面。"
        if values.get("角色") == roles.WINDOW and not values.get("窗口"):
            errors.setdefault("窗口", "窗口人员要有窗口，请填写。")
        if values.get("角色") == roles.CHIEF and not values.get("部门"):
            errors.setdefault("部门", "首席代表要有部门，请填写。")

    def _check_new_account(self, values: Values, errors: dict[str, str]) -> None:
        username = values["用户名"]
        if not values.get(NEW_ACCOUNT):
            errors["用户名"] = (
                f"没有用户“{username}”。请先建账号，或在“{NEW_ACCOUNT}”一列填“是”"
                "（账号没有密码，由管理员设好才能登录）。"
            )
            return
        user = User(username=username, name=values.get("姓名", ""))
        user.set_unusable_password()
        try:
            user.full_clean(exclude=["password"])
        except ValidationError:
            errors["用户名"] = f"用户名“{username}”不能用。请换一个，只用字母、数字和@.+-_。"
            return
        if not user.name:
            errors["姓名"] = "新建账号要写姓名，请填写。"
            return
        self.users[username] = user

    def import_instance(self, instance: Staff, _row: Any, **_kwargs: Any) -> None:
        super().import_instance(instance, _row, **_kwargs)
        user = self.users[self.values["用户名"]]
        if user.pk is None:
            user.save()
        instance.user = user
