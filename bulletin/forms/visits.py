"""A leader's visit: who came, on which day, what for, and what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bulletin.composing import closed
from bulletin.forms.base import LONGEST, Choice, DayForm, offer
from bulletin.forms.news import TOO_LONG, ParagraphMixin
from bulletin.forms.visitors import VisitorFormSet
from bulletin.handing_in import Person, Place, Visit
from bulletin.proofreading.cleaning import Cleaned
from windows.models import Leader, LeaderVisit, ServiceWindow
from windows.sentences import Visitor, duty_sentence, lead_sentence, month_label

OPENINGS: Final = ("他强调，", "他要求，", "他指出，", "{name}鼓励", "她强调，", "她要求，")
KINDS: Final = (
    (LeaderVisit.Kind.GUIDANCE.value, Choice("调研指导，讲了话", "单独成条，刊出讲话要点")),
    (LeaderVisit.Kind.DUTY.value, Choice("值守", "与其他领导合写成一句，不写要点")),
)


def directory(place: Place) -> list[Leader]:
    """Leaders in office at any time of this month or the one before, own department first."""
    first = (place.first_day - dt.timedelta(days=1)).replace(day=1)
    rows = (
        Leader.objects.filter(centre=place.window.centre_id)
        .filter(Q(valid_from=None) | Q(valid_from__lte=place.last_day))
        .filter(Q(valid_to=None) | Q(valid_to__gte=first))
        .select_related("department")
        .prefetch_related("department__former_names")
    )
    own = place.window.department
    return sorted(
        rows, key=lambda row: (row.department != own, row.department.order, row.department_id)
    )


class VisitForm(ParagraphMixin, DayForm):
    where = forms.ChoiceField(
        label=_("到了哪个窗口？"), widget=forms.RadioSelect, initial="own", required=False
    )
    other_window = forms.ChoiceField(label=_("其他窗口的名称"), required=False)
    kind = forms.ChoiceField(
        label=_("来做什么？"), choices=KINDS, widget=forms.RadioSelect, initial="guidance"
    )
    opening = forms.ChoiceField(
        label=_("讲话要点怎么起头？"), widget=forms.RadioSelect, required=False, initial=OPENINGS[0]
    )
    remarks = forms.CharField(
        label=_("讲了什么？"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "class": "song", "data-count": ""}),
        error_messages={"max_length": TOO_LONG},
        help_text=_("从“要……”写起，最多三层意思。值守不用写。"),
    )
    keep_typed = forms.BooleanField(label=_("按我写的，不要整理"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        place: Place,
        people: Iterable[Person] = (),
        extra: int = 0,
        **kw: Any,
    ) -> None:
        super().__init__(data, place=place, **kw)
        self.cleaned = Cleaned("")
        self.windows = list(
            ServiceWindow.objects.filter(centre=place.window.centre_id, is_open=True)
            .exclude(pk=place.window.pk)
            .select_related("department")
            .prefetch_related("department__former_names")
        )
        offer(self, "where", [("own", place.window.name), ("other", _("其他窗口"))])
        offer(
            self,
            "other_window",
            [("", _("请选择")), *((str(row.pk), row.name) for row in self.windows)],
        )
        self.visitors = VisitorFormSet(
            data,
            directory=directory(place),
            place=place,
            people=tuple(people),
            extra=extra,
            strict=self.strict,
        )
        offer(self, "opening", [(words, self._opening_label(words)) for words in OPENINGS])

    def _opening_label(self, words: str) -> str:
        return words.replace("{name}", self.visitors.first_name or str(_("（姓名）")))

    def clean_remarks(self) -> str:
        return self.tidy("remarks", self.cleaned_data["remarks"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.visitors.check(self.cleaned_data["date"])
        if self.cleaned_data.get("where") == "other":
            self.require("other_window", str(_("请选择到访的窗口。")))
        if self.cleaned_data.get("kind") == LeaderVisit.Kind.GUIDANCE:
            self.require("remarks", str(_("请写讲话要点；没有讲话的，上面选“值守”。")))
        remarks = self.cleaned_data.get("remarks") or ""
        if self.strict and len([line for line in remarks.split("\n") if line.strip()]) > 1:
            self.add_error("remarks", _("讲话要点只写一段，请合成一段。"))
        return self.cleaned_data

    def is_valid(self) -> bool:
        return super().is_valid() and self.visitors.is_valid()

    @property
    def summary(self) -> list[tuple[str, str]]:
        return self.visitors.summary + super().summary

    @cached_property
    def window(self) -> ServiceWindow:
        if self["where"].value() == "other":
            chosen = str(self["other_window"].value() or "")
            return next((row for row in self.windows if str(row.pk) == chosen), self.place.window)
        return self.place.window

    def written(self) -> Visit:
        data = self.cleaned_data
        return Visit(
            data["date"],
            self.window,
            data["kind"],
            data["opening"],
            data["remarks"],
            self.visitors.people,
        )

    def printed(self) -> tuple[str, str]:
        """As it will be printed: what the system writes in front, and the remarks."""
        date, hall = self.date, self.place.window.centre.hall_name  # cleans first
        people = [Visitor(p.department, p.post, p.name) for p in self.visitors.people]
        if not people or date is None:
            return "", ""
        if self["kind"].value() == LeaderVisit.Kind.DUTY:
            return duty_sentence(month_label(date.month), people, hall), ""
        remarks = (self["remarks"].value() or "").strip()
        window = self.window.department.name_on(date)
        opening = self["opening"].value() if remarks else ""
        lead = lead_sentence(date, people, hall, window=window, opening=opening or "")
        return lead, closed(remarks)
