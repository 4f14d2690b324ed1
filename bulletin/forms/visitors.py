"""Who came: each row a leader of the directory, or somebody typed in whom it does not have."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from bulletin.document import chinese_date
from bulletin.forms.base import errors_of, offer
from bulletin.handing_in import Person, Place
from windows.models import Leader
from windows.sentences import day_label

MOST: Final = 20
_TOTAL: Final = "visitors-TOTAL"
_BLANKS: Final = re.compile(r"\s+")


class VisitorForm(forms.Form):
    use_required_attribute = False

    leader = forms.ChoiceField(label=_("谁来了？"), required=False)
    department = forms.CharField(label=_("部门"), required=False, max_length=60)
    post = forms.CharField(label=_("职务"), required=False, max_length=80)
    name = forms.CharField(label=_("姓名"), required=False, max_length=40)

    def __init__(self, *args: Any, choices: list[Any], strict: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "leader", choices)
        self.strict = strict

    @property
    def typed(self) -> bool:
        """Whether the free entry is in use, so that it is shown open."""
        return any(self[name].value() for name in ("post", "name")) or bool(
            self["department"].value() or self["post"].errors or self["name"].errors
        )

    def clean_name(self) -> str:
        return _BLANKS.sub("", self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        typed = data.get("post") or data.get("name") or data.get("department")
        if data.get("leader") and typed:
            self.add_error("leader", _("名录里选了，下面就不用填；要自己填，这里请改为没有选。"))
        elif typed and not data.get("name"):
            self.add_error("name", _("请填写到访领导的姓名。"))
        elif typed and self.strict and not data.get("post"):
            self.add_error("post", _("请填写职务，例如 党组成员、副厅长。"))
        return data

    @property
    def empty(self) -> bool:
        return not any(self[name].value() for name in self.fields)


class VisitorFormSet:
    """The rows of one visit; one is always offered, at most twenty are taken."""

    def __init__(
        self,
        data: Any,
        *,
        directory: list[Leader],
        place: Place,
        people: Sequence[Person],
        extra: int,
        strict: bool,
    ) -> None:
        self.place, self.strict = place, strict
        self.day = place.last_day  # on which departments are named
        self.leaders = {str(row.pk): row for row in directory}
        choices = _choices(directory)
        count = _total(data) if data is not None else len(people)
        shown = [_initial(person, self.leaders) for person in people]
        self.rows = [
            VisitorForm(
                data,
                prefix=f"visitors-{n}",
                initial=shown[n] if data is None and n < len(shown) else {},
                choices=choices,
                strict=strict,
            )
            for n in range(min(max(count, 1) + extra, MOST))
        ]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def full(self) -> bool:
        return self.total >= MOST

    def is_valid(self) -> bool:
        return all([row.is_valid() for row in self.rows])

    def check(self, day: dt.date | None) -> None:
        """Holds the rows against each other and against the directory of that day."""
        self.is_valid()
        self.day = day or self.day
        seen: set[str] = set()
        for row in self.rows:
            chosen = row.cleaned_data.get("leader") or ""
            leader = self.leaders.get(chosen)
            if chosen in seen:
                row.add_error("leader", _("这一位上面已经选过。"))
            elif leader and day and not _in_office(leader, day):
                row.add_error("leader", _not_in_office(leader, day))
            seen |= {chosen} - {""}
        if self.strict and all(row.empty for row in self.rows):
            self.rows[0].add_error("leader", _("请选择到访的领导；名录里没有的，在下面填写。"))

    @property
    def people(self) -> tuple[Person, ...]:
        """Who came, as it stands in the rows; a row without a person is passed over."""
        return tuple(person for row in self.rows if (person := self._person(row)))

    @property
    def first_name(self) -> str:
        return next((person.name for person in self.people), "")

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [error for row in self.rows for error in errors_of(row)]

    def _person(self, row: VisitorForm) -> Person | None:
        own = self.place.window.department.name_on(self.day)
        leader = self.leaders.get(str(row["leader"].value() or ""))
        if leader:
            department = leader.department.name_on(self.day)
            return Person(department, leader.post, leader.name, leader)
        name = _BLANKS.sub("", row["name"].value() or "")
        if not name:
            return None
        department = (row["department"].value() or "").strip() or own
        return Person(department, (row["post"].value() or "").strip(), name)


def _total(data: Any) -> int:
    total = str(data.get(_TOTAL, ""))
    return min(int(total), MOST) if total.isdecimal() and len(total) < 4 else 1


def _choices(directory: list[Leader]) -> list[Any]:
    groups = groupby(directory, key=lambda row: row.department)
    return [
        ("", _("名录里没有，或还没有选")),
        *((str(name), [(str(row.pk), _label(row)) for row in rows]) for name, rows in groups),
    ]


def _label(leader: Leader) -> str:
    label = f"{leader.name}　{leader.department}{leader.post}"
    if leader.valid_to:
        label += now_("（至%(day)s）") % {"day": chinese_date(leader.valid_to)}
    return label


def _initial(person: Person, leaders: dict[str, Leader]) -> dict[str, str]:
    """The directory's row while it still says what was kept; otherwise the words themselves."""
    leader = person.leader
    if leader and str(leader.pk) in leaders and leader.post == person.post:
        return {"leader": str(leader.pk)}
    return {"department": person.department, "post": person.post, "name": person.name}


def _in_office(leader: Leader, day: dt.date) -> bool:
    return (leader.valid_from or dt.date.min) <= day <= (leader.valid_to or dt.date.max)


def _not_in_office(leader: Leader, day: dt.date) -> str:
    words = {"name": leader.name, "post": leader.post, "day": day_label(day)}
    return now_("%(day)s%(name)s不任%(post)s，请换一位，或在下面自己填写。") % words
