"""Departments, windows, leaders and calendars in and out of spreadsheets."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet

from windows.importing.base import CentreResource, Values
from windows.importing.names import OtherNamesColumn, save_names, stored, waiting_names
from windows.importing.widgets import Choice, Column, Day, Directory, Named, Text, Whole, YesNo
from windows.models import Department, FormerName, Leader, ServiceWindow, WorkDay

LARGEST_ORDER = 99_999


def department_directory(departments: Iterable[Department]) -> Directory:
    """By short name; official, former and colloquial names are told with the right one."""
    by_name: dict[str, Model] = {}
    wrong: dict[str, str] = {}
    for department in departments:
        by_name[department.short_name] = department
        names = [department.official_name, *(n.short_name for n in department.former_names.all())]
        wrong.update(dict.fromkeys(names, department.short_name))
    return Directory("部门", by_name, wrong)


class DepartmentResource(CentreResource):
    key: ClassVar = ("规范简称",)
    needed: ClassVar = ("规范简称", "全称")

    order = Column("次序", "order", Whole(0, LARGEST_ORDER, default=0))
    short_name = Column("规范简称", "short_name", Text(40, required=True))
    official_name = Column("全称", "official_name", Text(100, required=True))
    group = Column("类别", "group", Text(40))
    head_title = Column("正职称谓", "head_title", Text(20))
    former = OtherNamesColumn("曾用名", FormerName.Kind.FORMER)
    informal = OtherNamesColumn("不规范简称", FormerName.Kind.INFORMAL)
    certainty = Column("依据", "certainty", Text(20))
    confirmed = Column("已核定", "confirmed", YesNo(default=False))
    valid_from = Column("启用", "valid_from", Day())
    valid_to = Column("停用", "valid_to", Day())
    note = Column("说明", "note", Text(200))

    class Meta:
        model = Department
        name = "部门"

    def rows(self) -> QuerySet[Any]:
        return super().rows().prefetch_related("former_names")

    def prepare(self, dataset: Any) -> None:
        self.wrong = department_directory(self.rows()).wrong

    def check_row(self, values: Values, errors: dict[str, str], row: Mapping[str, Any]) -> None:
        self._refuse_wrong_names(values, errors)
        both = {name.short for name in values.get("曾用名", ())}
        both &= {name.short for name in values.get("不规范简称", ())}
        if both:
            errors["不规范简称"] = f"“{both.pop()}”也写在“曾用名”里，请只留一处。"

    def _refuse_wrong_names(self, values: Values, errors: dict[str, str]) -> None:
        """A new row under a name that another department has or had is a mistake."""
        short = values.get("规范简称", "")
        known = (short,) in self.known
        for heading in ("规范简称", "全称"):
            owner = self.wrong.get(values.get(heading, ""))
            if owner and owner != short and not (known and heading == "规范简称"):
                errors[heading] = (
                    f"这个名称属于“{owner}”。要改简称，请在部门页面上改；否则请改正这一格。"
                )

    def validate_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        super().validate_instance(instance, *args, **kwargs)
        _refuse_name_in_both_kinds(instance)

    def after_save_instance(self, instance: Any, *_args: Any, **_kwargs: Any) -> None:
        save_names(instance)


def _refuse_name_in_both_kinds(department: Department) -> None:
    """When a file has one of the two columns only, the other is what is stored."""
    names = [
        name.short
        for kind in FormerName.Kind
        for name in waiting_names(department).get(kind, stored(department, kind))
    ]
    for name in set(names):
        if names.count(name) > 1:
            raise ValueError(f"“{name}”在曾用名和不规范简称里各有一个，请在部门页面上改。")


class _OfDepartment(CentreResource):
    """Rows that name a department."""

    def prepare(self, dataset: Any) -> None:
        rows = Department.objects.filter(centre=self.centre).prefetch_related("former_names")
        self.columns["部门"].widget.directory = department_directory(rows)


class ServiceWindowResource(_OfDepartment):
    key: ClassVar = ("窗口名称",)
    needed: ClassVar = ("窗口名称", "部门")

    name = Column("窗口名称", "name", Text(60, required=True))
    department = Column("部门", "department", Named(required=True))
    code = Column("编号", "code", Text(20))
    needs_endorsement = Column("须首席代表审核", "needs_endorsement", YesNo(default=False))
    is_open = Column("在用", "is_open", YesNo(default=True))

    class Meta:
        model = ServiceWindow
        name = "窗口"

    def rows(self) -> QuerySet[Any]:
        return super().rows().select_related("department")


class LeaderResource(_OfDepartment):
    """A row is a person in a post. A changed 任职起 moves the one post there is of that name."""

    key: ClassVar = ("部门", "姓名", "职务", "任职起")
    needed: ClassVar = ("部门", "姓名", "职务")

    department = Column("部门", "department", Named(required=True))
    person = Column("姓名", "name", Text(40, required=True))
    post = Column("职务", "post", Text(80, required=True))
    rank = Column("职级", "rank", Choice(Leader.Rank.choices, default=Leader.Rank.OTHER))
    acting = Column("主持工作", "acting", YesNo(default=False))
    valid_from = Column("任职起", "valid_from", Day())
    valid_to = Column("任职止", "valid_to", Day())

    class Meta:
        model = Leader
        name = "领导"

    def rows(self) -> QuerySet[Any]:
        return super().rows().select_related("department")

    def prepare(self, dataset: Any) -> None:
        super().prepare(dataset)
        self.posts: dict[Hashable, list[Leader]] = {}
        for leader in self.rows():
            self.posts.setdefault((leader.department, leader.name, leader.post), []).append(leader)
        wanted = [tuple(row.get(h) for h in self.key[:3]) for row in dataset.dict]
        self.times = {post: wanted.count(post) for post in set(wanted)}

    def find(self, key: Any) -> Model | None:
        exact = super().find(key)
        stored = self.posts.get(key[:3], [])
        named = (key[0].short_name, key[1], key[2])
        if exact or len(stored) != 1 or self.times.get(named, 1) > 1:
            return exact
        return self.known[self.key_of(stored[0])]


class WorkDayResource(CentreResource):
    key: ClassVar = ("日期",)
    needed: ClassVar = ("日期", "安排")

    date = Column("日期", "date", Day(required=True))
    is_working = Column("安排", "is_working", Choice([(True, "上班"), (False, "休息")]))
    title = Column("名称", "name", Text(40))

    class Meta:
        model = WorkDay
        name = "工作日历"
