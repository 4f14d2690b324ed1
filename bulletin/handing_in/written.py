"""What a form holds, as plain values: where it is handed in, and what was written."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TypeAlias

from bulletin.models import Call, Publication
from stats.models import Indicator
from windows.models import Leader, ServiceWindow, User


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is handed in: a window, a publication and a month of it."""

    window: ServiceWindow
    publication: Publication
    year: int
    month: int
    call: Call | None = None

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last_day(self) -> dt.date:
        following = self.first_day + dt.timedelta(days=31)
        return following.replace(day=1) - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Target:
    """Which submission: a new one by `key` (a retried POST has the same), or one that is there.

    `version` is what the form was made from; an older one is refused with StaleDraft.
    """

    key: uuid.UUID | None = None
    pk: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class News:
    section_key: str
    date: dt.date | None
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """One visitor as printed; `leader` is None for somebody the directory does not have."""

    department: str
    post: str
    name: str
    leader: Leader | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    date: dt.date | None
    window: ServiceWindow | None
    kind: str
    opening: str
    remarks: str
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    indicator: Indicator
    value: int
    denominator: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """A month's figures in the order of the indicators; what is blank is absent, nil is said."""

    rows: tuple[Count, ...] = ()
    nil: bool = False


Written: TypeAlias = News | Visit | Counts


def own_key(user: User, window: ServiceWindow, key: uuid.UUID) -> uuid.UUID:
    """The stored key of a form: the same form key of somebody else is another submission."""
    return uuid.uuid5(key, f"{user.pk}:{window.pk}")
