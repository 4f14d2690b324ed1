"""A department's other names in one cell: 工商局（云川省工商局，2009-03-01至2018-10-24）、…

The full name and the dates may be left out, also one end of the dates.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from windows.importing.widgets import Column, _Cell
from windows.models import Department, FormerName

_SEPARATORS: Final = "、；;\n"
_INTERVAL: Final = re.compile(r"(\d{4}-\d{2}-\d{2})?至(\d{4}-\d{2}-\d{2})?")
_ITEM: Final = re.compile(r"([^（）]+?)(?:（(.+)）)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OtherName:
    short: str
    official: str = ""
    begins: dt.date | None = None
    ends: dt.date | None = None

    def __str__(self) -> str:
        dates = f"{self.begins or ''}至{self.ends or ''}" if self.begins or self.ends else ""
        inside = "，".join(part for part in (self.official, dates) if part)
        return f"{self.short}（{inside}）" if inside else self.short


class OtherNames(_Cell):
    def empty(self) -> tuple[OtherName, ...]:
        return ()

    def read(self, value: Any) -> tuple[OtherName, ...]:
        names = tuple(_parse(item) for item in _split(str(value)))
        repeated = {name.short for name in names if [n.short for n in names].count(name.short) > 1}
        if repeated:
            raise ValueError(f"“{repeated.pop()}”写了两次，请删去一个。")
        return names

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return "、".join(map(str, value))


class OtherNamesColumn(Column):
    """The former names of one kind; new ones wait on the instance until it is saved."""

    def __init__(self, heading: str, kind: FormerName.Kind) -> None:
        super().__init__(heading, "pk", OtherNames())
        self.kind = kind

    def assign(self, instance: Department, value: tuple[OtherName, ...]) -> None:
        waiting_names(instance)[self.kind] = value

    def shown(self, instance: Department) -> str:
        names = waiting_names(instance).get(self.kind)
        return str(self.widget.render(stored(instance, self.kind) if names is None else names))


def waiting_names(department: Department) -> dict[FormerName.Kind, tuple[OtherName, ...]]:
    return department.__dict__.setdefault("_waiting_names", {})


def stored(department: Department, kind: FormerName.Kind) -> tuple[OtherName, ...]:
    """Reads the prefetched `former_names`."""
    rows = department.former_names.all() if department.pk else ()
    return tuple(
        OtherName(row.short_name, row.official_name, row.valid_from, row.valid_to)
        for row in rows
        if row.kind == kind
    )


def save_names(department: Department) -> None:
    """Makes the rows of each waiting kind those of its cell."""
    for kind, names in waiting_names(department).items():
        if names == stored(department, kind):
            continue
        department.former_names.filter(kind=kind).delete()
        FormerName.objects.bulk_create(_rows(department, kind, names))


def _rows(
    department: Department, kind: FormerName.Kind, names: Iterable[OtherName]
) -> list[FormerName]:
    return [
        FormerName(
            department=department,
            kind=kind,
            short_name=name.short,
            official_name=name.official,
            valid_from=name.begins,
            valid_to=name.ends,
        )
        for name in names
    ]


def _split(text: str) -> Iterator[str]:
    """At separators outside brackets."""
    item, depth = "", 0
    for character in text.replace("(", "（").replace(")", "）"):
        depth += (character == "（") - (character == "）")
        if character in _SEPARATORS and depth <= 0:
            yield from filter(None, [item.strip()])
            item = ""
        else:
            item += character
    yield from filter(None, [item.strip()])


def _parse(item: str) -> OtherName:
    found = _ITEM.fullmatch(item)
    if not found:
        raise ValueError(f"“{item[:30]}”的括号不成对，请改好。")
    official, begins, ends = _inside(found[2] or "")
    name = OtherName(found[1].strip(), official, begins, ends)
    if len(name.short) > 40 or len(name.official) > 100:
        raise ValueError(f"“{item[:30]}…”太长：简称最多40个字，全称最多100个字。")
    if begins and ends and ends < begins:
        raise ValueError(f"“{item[:30]}”的停用日期早于启用日期，请改正。")
    return name


def _inside(text: str) -> tuple[str, dt.date | None, dt.date | None]:
    """全称，起至止, either of which may be missing."""
    official, _comma, last = text.rpartition("，")
    found = _INTERVAL.fullmatch(last.strip())
    if not found:
        return text.strip(), None, None
    try:
        begins, ends = (dt.date.fromisoformat(day) if day else None for day in found.groups())
    except ValueError:
        raise ValueError(f"没有“{last}”里的日期，请改正。") from None
    return official.strip(), begins, ends
