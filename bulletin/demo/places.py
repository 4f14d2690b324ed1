"""The centre with its calendar, departments, windows, people and publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.contrib.auth.hashers import make_password

from bulletin.models import ImprintTemplate, Publication, Recipient, SectionTemplate
from stats.defaults import INDICATORS, STATISTICS_TEMPLATE
from stats.models import Indicator
from windows import roles
from windows.models import (
    Centre,
    Department,
    FormerName,
    Leader,
    ServiceWindow,
    Staff,
    User,
    WorkDay,
)

from .data import tables
from .days import Days, exceptions_in

PASSWORD: Final = "demo-yunchuan"  # noqa: S105  known on purpose: demo mode alone
SHOWN_WINDOWS: Final = ("shangwu", "gongan")


@dataclass(frozen=True, slots=True)
class Account:
    """One line of what the command prints."""

    username: str
    name: str
    role: str
    place: str


@dataclass
class Cast:
    """Everything and everybody the story needs, by name."""

    centre: Centre
    publication: Publication
    days: Days
    departments: dict[str, Department] = field(default_factory=dict)
    windows: dict[str, ServiceWindow] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    clerks: dict[str, User] = field(default_factory=dict)
    staff: dict[str, User] = field(default_factory=dict)
    leaders: dict[str, Leader] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)

    @property
    def chief(self) -> User:
        return self.staff["daibiao"]


def accounts() -> list[Account]:
    """The accounts worth showing: one of each role, and two windows."""
    shown = [
        Account(row["username"], row["name"], roles.LABELS[row["role"]], _place(row))
        for row in tables("places")["staff"]
    ]
    windows = [
        Account(row["login"], row["clerk"], roles.LABELS[roles.WINDOW], f"{row['short']}窗口")
        for row in tables("places")["departments"]
        if row["login"] in SHOWN_WINDOWS
    ]
    return windows + shown


def _place(row: dict[str, Any]) -> str:
    return row.get("department") or tables("places")["centre"]["self_name"]


def build() -> Cast:
    data = tables("places")
    centre = Centre.objects.create(**data["centre"])
    exceptions = exceptions_in(data["holidays"])
    WorkDay.objects.bulk_create(
        WorkDay(centre=centre, date=day, is_working=works, name=name)
        for day, (works, name) in exceptions.items()
    )
    days = Days({day: works for day, (works, _name) in exceptions.items()})
    cast = Cast(centre, _publication(centre, data["publication"]), days)
    secret = make_password(PASSWORD)
    for order, row in enumerate(data["departments"], 1):
        _department(cast, row, order, secret)
    for row in data["staff"]:
        _staff(cast, row, secret)
    _leaders(cast, data["leaders"])
    for order, spec in enumerate(INDICATORS, 1):
        cast.indicators[spec.key] = Indicator.objects.create(
            centre=centre, order=order, **asdict(spec)
        )
    return cast


def _publication(centre: Centre, row: dict[str, Any]) -> Publication:
    publication = Publication.objects.create(
        centre=centre,
        slug=row["slug"],
        title=row["title"],
        issuer=centre.official_name,
        narrative=STATISTICS_TEMPLATE,
        synonyms=row["synonyms"].strip(),
    )
    for position, section in enumerate(row["sections"], 1):
        SectionTemplate.objects.create(publication=publication, position=position, **section)
    for position, line in enumerate(row["imprint"], 1):
        ImprintTemplate.objects.create(publication=publication, position=position, **line)
    for recipient in row["recipients"]:
        Recipient.objects.create(publication=publication, **recipient)
    return publication


def _department(cast: Cast, row: dict[str, Any], order: int, secret: str) -> None:
    department = Department.objects.create(
        centre=cast.centre,
        official_name=row["official"],
        short_name=row["short"],
        order=order,
        group=row["group"],
        head_title=row["title"],
        certainty="invented",
        confirmed=True,
    )
    cast.departments[row["short"]] = department
    FormerName.objects.bulk_create(_other_names(department, row))
    clerk = _user(row["login"], row["clerk"], secret)
    names = [row.get("own_window", f"{row['short']}窗口"), *row.get("more_windows", ())]
    for number, name in enumerate(names, 1):
        window = ServiceWindow.objects.create(
            centre=cast.centre,
            department=department,
            name=name,
            code=f"{order:02}-{number}",
            needs_endorsement=number == 1 and row.get("endorsed", False),
        )
        cast.windows[name], cast.clerks[name] = window, clerk
        cast.sizes[name] = row["size"] // number
        Staff.objects.create(centre=cast.centre, user=clerk, role=roles.WINDOW, window=window)


def _other_names(department: Department, row: dict[str, Any]) -> Iterator[FormerName]:
    for name in row.get("informal", ()):
        yield FormerName(department=department, short_name=name, kind=FormerName.Kind.INFORMAL)
    for name, year in row.get("former", ()):
        last = dt.date(year, 12, 31)
        yield FormerName(department=department, short_name=name, valid_to=last)


def _staff(cast: Cast, row: dict[str, Any], secret: str) -> None:
    user = _user(row["username"], row["name"], secret)
    department = cast.departments[row["department"]] if "department" in row else None
    Staff.objects.create(centre=cast.centre, user=user, role=row["role"], department=department)
    cast.staff[row["username"]] = user


def _user(username: str, name: str, secret: str) -> User:
    return User.objects.create(
        username=username, name=name, email=f"{username}@yunchuan.example", password=secret
    )


def _leaders(cast: Cast, rows: dict[str, list[Any]]) -> None:
    for short_name, people in rows.items():
        for post, name, rank in people:
            cast.leaders[name] = Leader.objects.create(
                centre=cast.centre,
                department=cast.departments[short_name],
                name=name,
                post=post,
                rank=rank,
            )
