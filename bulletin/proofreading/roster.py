"""Names and posts in a text, held against the directory of leaders on a day.

Rules 28 and 30 of `domain.md` section 2. The longest names are looked for first, so that
欧阳青 is not read as 阳青; a name counts only where a post stands before it, because names
of two characters stand inside other words (高明 in 高明区).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bulletin.proofreading.names import SURNAMES
from bulletin.proofreading.problems import Severity

HEAD: Final = 1  # rank of a 正职, as in windows.Leader
_COMPONENT: Final = (
    r"(?:分?党组|党委|党工委)(?:副?书记|成员|委员)"
    r"|(?:驻[\u4e00-\u9fff]{1,4}?)?纪检监察组副?组长"
    r"|[\u4e00-\u9fff]{0,4}?总(?:工程师|经济师|会计师|农艺师|规划师|监)"
    r"|警务技术[一二三四]级(?:总监|主任|主管)|[一二三四]级(?:巡视员|调研员|高级警长|警务专员|警长)"
    r"|副?(?:厅长|局长|主任|处长|行长|会长|部长|秘书长|巡视员)|首席代表"
)
_ACTING: Final = r"(?:（主持工作）)?"
_SPACE: Final = "[ \u3000\u00a0]*"
_DOTS: Final = "[·.•・‧∙⋅･]"
# What may stand behind a name that the directory does not have.
_AFTER: Final = (
    r"(?=到|在|赴|率|带队|一行|出席|主持|参加|陪同|调研|强调|要求|指出|鼓励|表示|[，。、；（]|$)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the directory: a person in a post for a time. `names` of the department are
    all it ever had; `department` is the one to print on that day."""

    pk: int
    name: str
    post: str
    department: str
    names: tuple[str, ...]
    rank: int
    acting: bool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    @property
    def printed(self) -> str:
        return f"{self.department}{self.post}{self.name}"

    def has_post(self, post: str) -> bool:
        """Whether `post` is theirs, whole or one of its parts: 厅长 of 党组书记、厅长."""
        plain = post.removesuffix("（主持工作）")
        if plain != post and not self.acting and not self.post.endswith("（主持工作）"):
            return False
        parts = set(self.post.removesuffix("（主持工作）").split("、"))
        return set(plain.split("、")) <= parts


@dataclass(frozen=True, slots=True)
class Roster:
    people: tuple[Person, ...]
    departments: tuple[str, ...]  # every name a department has or had

    def named(self, name: str) -> list[Person]:
        return [one for one in self.people if one.name == name]

    def knows(self, department: str) -> bool:
        return any(department in one.names for one in self.people)


@dataclass(frozen=True, slots=True)
class Mention:
    """A post with a name behind it; `start` to `end` covers department, post and name."""

    start: int
    end: int
    department: str
    post: str
    name: str

    @property
    def printed(self) -> str:
        return f"{self.department}{self.post}{self.name}"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`person` is the row of the directory it was held against, if there is one."""

    start: int
    end: int
    severity: Severity
    message: str
    suggestion: str | None = None
    person: Person | None = None
    name: str = ""


def mentions(text: str, roster: Roster) -> list[Mention]:
    """Every name behind a post, in reading order: those of the directory wherever they stand,
    others where a department and a post stand before them."""
    found = []
    for match in _pattern(roster).finditer(text):
        name = match["known"] or match["name"]
        department = match["department"] or ""
        if match["known"] or department:
            plain = re.sub(_SPACE, "", re.sub(_DOTS, "·", name))
            found.append(Mention(match.start(), match.end(), department, match["post"], plain))
    return found


def mismatches(
    text: str, roster: Roster, day: dt.date, days: Mapping[str, dt.date] | None = None
) -> Iterator[Mismatch]:
    """Rule 28. `days` tells when a person came, where the text names many."""
    for one in mentions(text, roster):
        on = (days or {}).get(one.name, day)
        if found := mismatch(one, roster, on):
            yield found


def mismatch(one: Mention, roster: Roster, day: dt.date) -> Mismatch | None:
    rows = roster.named(one.name)
    if not rows:
        return _unknown(one, roster, day)
    own = [row for row in rows if not one.department or one.department in row.names]
    if not own:
        return _elsewhere(one, rows, day)
    valid = [row for row in own if row.holds_on(day)]
    right = [row for row in valid if row.has_post(one.post)]
    if not right:
        return _other_post(one, valid or own, day)
    return _former_department(one, right)


def _unknown(one: Mention, roster: Roster, day: dt.date) -> Mismatch | None:
    """Nobody of that name: with a post only one person holds, it is a slip of the name."""
    if not roster.knows(one.department):
        return None
    holders = [
        row
        for row in roster.people
        if one.department in row.names and row.holds_on(day) and row.has_post(one.post)
    ]
    if len(holders) == 1:
        holder = holders[0]
        message = f"名录里没有“{one.name}”，{one.department}{one.post}是“{holder.name}”。"
        return _found(one, _gravity(holder), message, holder)
    severity: Severity = "block" if _leads(one.post) else "warn"
    message = f"名录里没有“{one.department}{one.post}{one.name}”，请核对姓名。"
    return Mismatch(one.start, one.end, severity, message, name=one.name)


def _elsewhere(one: Mention, rows: Sequence[Person], day: dt.date) -> Mismatch:
    valid = [row for row in rows if row.holds_on(day)] or list(rows)
    row = valid[0]
    message = f"“{one.name}”在名录里是{row.department}{row.post}，不在{one.department}。"
    return _found(one, _gravity(row), message, row if len(valid) == 1 else None)


def _other_post(one: Mention, rows: Sequence[Person], day: dt.date) -> Mismatch:
    row = rows[0]
    posts = "、".join(dict.fromkeys(f"“{each.department}{each.post}”" for each in rows))
    if not row.holds_on(day):
        message = f"名录里{one.name}{_term(row)}为{posts}，{_day(day)}不在任。"
        return _found(one, _gravity(row), message, None)
    message = f"{one.name}的职务写作“{one.post}”，名录在{_day(day)}是{posts}。"
    severity: Severity = "block" if _leads(one.post) or row.rank == HEAD else "warn"
    return _found(one, severity, message, row if len(rows) == 1 else None)


def _former_department(one: Mention, rows: Sequence[Person]) -> Mismatch | None:
    if not one.department or any(one.department == row.department for row in rows):
        return None
    row = rows[0]
    message = f"“{one.department}”当日叫“{row.department}”。"
    return _found(one, "warn", message, row)


def _found(one: Mention, severity: Severity, message: str, row: Person | None) -> Mismatch:
    """With the row as it should be printed, unless nobody can say which of several."""
    suggestion = None
    if row:
        suggestion = row.printed if one.department else f"{row.post}{row.name}"
    return Mismatch(one.start, one.end, severity, message, suggestion, row, one.name)


def out_of_order(text: str, roster: Roster, day: dt.date) -> Iterator[Mismatch]:
    """Rule 30: of one department, who ranks higher stands first."""
    before: Mention | None = None
    highest = 99
    for one in mentions(text, roster):
        rows = [row for row in roster.named(one.name) if row.holds_on(day)]
        rank = min((row.rank for row in rows if one.department in row.names), default=None)
        if rank is None:
            continue
        if before and before.department == one.department and rank < highest:
            message = f"“{one.name}”职级在“{before.name}”之前，次序请核对。"
            yield Mismatch(one.start, one.end, "warn", message, name=one.name)
        before, highest = one, rank


def _leads(post: str) -> bool:
    return any(
        part in {"厅长", "局长", "主任", "党组书记", "党委书记"} for part in post.split("、")
    )


def _gravity(row: Person) -> Severity:
    return "block" if row.rank == HEAD else "warn"


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"


def _term(row: Person) -> str:
    if row.valid_from and row.valid_to:
        return f"{row.valid_from:%Y-%m-%d}至{row.valid_to:%Y-%m-%d}"
    if row.valid_from:
        return f"{row.valid_from.year}年{_day(row.valid_from)}起"
    return f"{row.valid_to.year}年{_day(row.valid_to)}止" if row.valid_to else ""


@lru_cache(maxsize=8)
def _pattern(roster: Roster) -> re.Pattern[str]:
    """Department, post, and a name of the directory or what reads like one."""
    posts = sorted({one.post for one in roster.people}, key=len, reverse=True)
    component = "|".join([*map(re.escape, posts), _COMPONENT])
    names = sorted({one.name for one in roster.people}, key=len, reverse=True)
    known = "|".join(map(_loosely, names)) or r"(?!)"
    departments = sorted(roster.departments, key=len, reverse=True)
    places = "|".join(map(re.escape, departments)) or r"(?!)"
    return re.compile(
        rf"(?:(?P<department>{places})(?:行政审批处)?)?"
        rf"(?P<post>(?:{component})(?:、(?:{component}))*{_ACTING})"
        rf"(?:(?P<known>{known})|(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}}{_AFTER}))"
    )


def _loosely(name: str) -> str:
    """A name as it may have been typed: with spaces, or another dot between its parts."""
    return _SPACE.join(_DOTS if char == "·" else re.escape(char) for char in name)
