"""Rows for tests. Names and places are invented (云川省)."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

import factory
from django.utils import timezone

from bulletin.assembly import build_document
from bulletin.document import dumps
from bulletin.models import (
    Call,
    Edition,
    Entry,
    ImprintTemplate,
    Issue,
    NewsItem,
    Publication,
    Section,
    SectionTemplate,
    Submission,
)
from bulletin.proofs import keep_sources
from stats.models import Figure, Indicator, MonthlyReport
from windows import roles
from windows.models import (
    Centre,
    Department,
    Leader,
    LeaderVisit,
    ServiceWindow,
    Staff,
    User,
    Visitor,
)

SHANGHAI = dt.timezone(dt.timedelta(hours=8))


class CentreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Centre

    official_name = "云川省政府政务服务中心"
    short_name = "省政务服务中心"
    slug = factory.Sequence(lambda n: f"centre-{n}")


class DepartmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Department

    centre = factory.SubFactory(CentreFactory)
    short_name = factory.Sequence(lambda n: f"第{n}厅")
    official_name = factory.LazyAttribute(lambda row: f"云川省{row.short_name}")
    order = factory.Sequence(lambda n: n + 1)


class WindowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceWindow

    department = factory.SubFactory(DepartmentFactory)
    centre = factory.SelfAttribute("department.centre")
    name = factory.LazyAttribute(lambda row: f"{row.department.short_name}窗口")


class UserFactory(factory.django.DjangoModelFactory):
    """Without a password: tests sign in with `force_login`."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user-{n}")
    name = factory.Sequence(lambda n: f"张三{n}")
    email = factory.LazyAttribute(lambda row: f"{row.username}@example.cn")


class StaffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Staff

    user = factory.SubFactory(UserFactory)
    centre = factory.SubFactory(CentreFactory)
    role = roles.EDITOR


class LeaderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Leader

    department = factory.SubFactory(DepartmentFactory)
    centre = factory.SelfAttribute("department.centre")
    name = "方伯成"
    post = "党组书记、厅长"
    rank = Leader.Rank.HEAD


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator

    centre = factory.SubFactory(CentreFactory)
    key = factory.Sequence(lambda n: f"indicator_{n}")
    label = factory.Sequence(lambda n: f"指标{n}")


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MonthlyReport

    window = factory.SubFactory(WindowFactory)
    centre = factory.SelfAttribute("window.centre")
    year = 2026
    month = 2


class FigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Figure

    value = 100


def printed_figure(
    window: ServiceWindow, indicator: Indicator, value: int = 100, **of: Any
) -> Figure:
    """A figure of a locked month: entered first, since the database takes none afterwards."""
    figure = FigureFactory(
        report=ReportFactory(window=window, **of), indicator=indicator, value=value
    )
    MonthlyReport.objects.filter(pk=figure.report.pk).update(state="locked")
    figure.report.refresh_from_db()
    return figure


class PublicationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Publication

    centre = factory.SubFactory(CentreFactory)
    slug = factory.Sequence(lambda n: f"monthly-{n}")
    issuer = "云川省政府政务服务中心"


class IssueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Issue

    publication = factory.SubFactory(PublicationFactory)
    year = 2026
    month = 2
    number = factory.SelfAttribute("month")
    issued_on = dt.date(2026, 3, 25)
    title = "政务窗口月报"
    issuer = "云川省政府政务服务中心"


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    issue = factory.SubFactory(IssueFactory)
    position = factory.Sequence(lambda n: n + 1)
    key = factory.LazyAttribute(lambda row: f"section-{row.position}")
    heading = "窗口资讯"


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entry

    section = factory.SubFactory(SectionFactory)
    issue = factory.SelfAttribute("section.issue")
    position = factory.Sequence(lambda n: n + 1)
    text = "2月3日，商务厅窗口推出企业备案当日办结。"


SECTIONS = (
    ("overview", "{y}年{m}月总体运行情况", "stats"),
    ("politics", "政务工作动态", "news"),
    ("key_work", "重点工作推进情况", "progress"),
    ("window_news", "窗口资讯", "news"),
    ("leader_visits", "厅（局）长进大厅", "visits"),
)


def standing_edition(issue: Issue, by: User) -> Edition:
    """A printed edition of the issue, without the walk there."""
    now = timezone.now()
    edition = Edition.objects.create(
        issue=issue,
        proof_no=1,
        content=dumps(build_document(issue)).decode(),
        year=issue.year,
        number=issue.number,
        sent_by=by,
        signed_by=by,
        signed_at=now,
        published_at=now,
    )
    keep_sources(edition)
    return edition


class House:
    """One centre of 云川省 as tests need it; every person is made when first named."""

    def __init__(self, slug: str = "monthly") -> None:
        self.centre = CentreFactory()
        self.department = DepartmentFactory(centre=self.centre, short_name="商务厅")
        self.window = WindowFactory(department=self.department)
        self.publication = PublicationFactory(centre=self.centre, slug=slug)
        for position, (key, heading, kind) in enumerate(SECTIONS, 1):
            SectionTemplate.objects.create(
                publication=self.publication,
                key=key,
                heading=heading,
                kind=kind,
                position=position,
            )
        for position, (label, text) in enumerate(
            [("报", "省政务管理办公室、省中心领导。"), ("发", "省级相关部门（单位）窗口。")], 1
        ):
            ImprintTemplate.objects.create(
                publication=self.publication, label=label, text=text, position=position
            )

    def person(self, role: str, **place) -> User:
        if role == roles.WINDOW:
            place.setdefault("window", self.window)
        if role == roles.CHIEF:
            place.setdefault("department", self.department)
        return StaffFactory(centre=self.centre, role=role, **place).user

    @cached_property
    def clerk(self) -> User:
        return self.person(roles.WINDOW)

    @cached_property
    def chief(self) -> User:
        return self.person(roles.CHIEF)

    @cached_property
    def editor(self) -> User:
        return self.person(roles.EDITOR)

    @cached_property
    def other_editor(self) -> User:
        return self.person(roles.EDITOR)

    @cached_property
    def approver(self) -> User:
        return self.person(roles.APPROVER)

    @cached_property
    def publisher(self) -> User:
        return self.person(roles.PUBLISHER)

    @cached_property
    def data_clerk(self) -> User:
        return self.person(roles.DATA_CLERK)

    @cached_property
    def auditor(self) -> User:
        return self.person(roles.AUDITOR)

    @cached_property
    def administrator(self) -> User:
        return self.person(roles.ADMINISTRATOR)

    def everyone(self) -> dict[str, User]:
        return {
            roles.WINDOW: self.clerk,
            roles.CHIEF: self.chief,
            roles.EDITOR: self.editor,
            roles.APPROVER: self.approver,
            roles.PUBLISHER: self.publisher,
            roles.DATA_CLERK: self.data_clerk,
            roles.AUDITOR: self.auditor,
            roles.ADMINISTRATOR: self.administrator,
        }

    def call(self, **fields) -> Call:
        values = {
            "year": 2026,
            "month": 2,
            "cutoff": dt.datetime(2026, 3, 5, 17, tzinfo=SHANGHAI),
            **fields,
        }
        return Call.objects.create(publication=self.publication, **values)

    def news(self, **fields) -> Submission:
        """A draft news submission of the clerk; `state` and the like may be given."""
        text = fields.pop("text", "推出企业备案当日办结。")
        day = fields.pop("date", dt.date(2026, 2, 3))
        window = fields.pop("window", self.window)
        item = NewsItem.objects.create(
            centre=self.centre,
            window=window,
            date=day,
            subject=fields.pop("subject", "商务厅窗口"),
            text=text,
            section_key=fields.pop("section_key", "window_news"),
        )
        dated = f"{day.month}月{day.day}日，" if day else ""
        handed_in = f"{dated}{item.subject}{text}"
        return self._submission("news", window, news=item, **{"handed_in": handed_in, **fields})

    def visit(self, *visitors: tuple[str, str, str], **fields) -> Submission:
        """A draft visit submission; `visitors` are (department, post, name)."""
        window = fields.pop("window", self.window)
        day = fields.pop("date", dt.date(2026, 2, 4))
        visit = LeaderVisit.objects.create(
            centre=self.centre,
            window=window,
            year=2026,
            month=2,
            date=day,
            kind=fields.pop("visit_kind", "guidance"),
            opening=fields.pop("opening", "他强调，"),
            remarks=fields.pop("remarks", "要把企业的事当作自己的事。"),
        )
        people = visitors or (("商务厅", "党组书记、厅长", "方伯成"),)
        for position, (department, post, name) in enumerate(people, 1):
            Visitor.objects.create(
                visit=visit, position=position, department_name=department, post=post, name=name
            )
        return self._submission("visit", window, visit=visit, **{"handed_in": "到访。", **fields})

    def report(self, values: dict[str, int] | None = None, **fields) -> Submission:
        window = fields.pop("window", self.window)
        month = fields.get("month", 2)
        report = MonthlyReport.objects.create(
            centre=self.centre, window=window, year=fields.get("year", 2026), month=month
        )
        for key, value in (values or {}).items():
            indicator = Indicator.objects.get(centre=self.centre, key=key)
            Figure.objects.create(report=report, indicator=indicator, value=value)
        return self._submission("report", window, report=report, **fields)

    def _submission(self, kind: str, window: ServiceWindow, **fields) -> Submission:
        values = {"year": 2026, "month": 2, "submitted_by": self.clerk, **fields}
        return Submission.objects.create(
            centre=self.centre, publication=self.publication, window=window, kind=kind, **values
        )
