"""What all desk forms share: strict on submitting, lenient in drafts; a day in three parts."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bulletin.document import chinese_date
from bulletin.handing_in import Place

DATE_PARTS: Final = ("year", "month", "day")
LONGEST: Final = 2000  # characters of one paragraph; ten times what is printed


class Choice(str):
    """The label of a radio button with a hint under it."""

    hint: str

    def __new__(cls, label: str, hint: str = "") -> Choice:
        made = super().__new__(cls, label)
        made.hint = hint
        return made


class DeskForm(forms.Form):
    """`strict` while submitting: what is missing is an error. A draft may have gaps."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, place: Place, strict: bool = False, **kw: Any) -> None:
        super().__init__(data, **kw)
        self.place, self.strict = place, strict
        self.reminders: list[str] = []

    def full_clean_once(self) -> None:
        """Django cleans a form when its errors are first asked for."""
        _errors = self.errors

    def require(self, name: str, message: str) -> None:
        """On submitting, say what to do about a field left empty."""
        if self.strict and name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, message)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every error once with the id of its field, in the order of the page."""
        return errors_of(self)


def errors_of(form: forms.Form) -> list[tuple[str, str]]:
    return [(field.id_for_label, str(m)) for field in form.visible_fields() for m in field.errors]


def offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def number_input(size: int, label: Any) -> forms.TextInput:
    attrs = {"inputmode": "numeric", "maxlength": size, "size": size, "autocomplete": "off"}
    return forms.TextInput({**attrs, "class": f"digits w{size}", "aria-label": label})


class DayForm(DeskForm):
    """A day typed as year, month and day; `cleaned_data["date"]` is the day or None."""

    year = forms.CharField(required=False, label=_("年"), widget=number_input(4, _("年")))
    month = forms.CharField(required=False, label=_("月"), widget=number_input(2, _("月")))
    day = forms.CharField(required=False, label=_("日"), widget=number_input(2, _("日")))
    day_example = _("请填写日期，例如 %(date)s。")

    def __init__(self, *args: Any, place: Place, day: dt.date | None = None, **kw: Any) -> None:
        shown = {"year": place.year, "month": place.month}
        if day:
            shown = {"year": day.year, "month": day.month, "day": day.day}
        initial = {**shown, **kw.pop("initial", {})}
        super().__init__(*args, place=place, initial=initial, **kw)

    @property
    def date_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in DATE_PARTS]

    @property
    def date(self) -> dt.date | None:
        """The day as it stands in the form, whether posted or shown for the first time."""
        if self.is_bound:
            self.full_clean_once()
            return self.cleaned_data.get("date")
        try:
            return dt.date(*(int(self[name].value()) for name in DATE_PARTS))
        except (TypeError, ValueError):
            return None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["date"] = self._read_day()
        return self.cleaned_data

    def day_is_needed(self) -> bool:
        return True

    def _read_day(self) -> dt.date | None:
        year, month, day = (self.cleaned_data.get(name, "").strip() for name in DATE_PARTS)
        if not day:
            if self.strict and self.day_is_needed():
                example = chinese_date(self.place.last_day)
                self.add_error("day", self.day_example % {"date": example})
            return None
        wrong = next((n for n in DATE_PARTS if not self._digits(n)), None)
        if wrong:
            self.add_error(wrong, _("日期只填数字，例如 2、25。"))
            return None
        return self._real_day(int(year), int(month), int(day))

    def _digits(self, name: str) -> bool:
        return bool(self.cleaned_data[name].strip().isdecimal())

    def _real_day(self, year: int, month: int, day: int) -> dt.date | None:
        if not 2000 <= year <= 2199:
            self.add_error("year", _("年份请填四位数，例如 %(year)s。") % {"year": self.place.year})
        elif not 1 <= month <= 12:
            self.add_error("month", _("没有%(month)s月，请填 1 到 12。") % {"month": month})
        else:
            try:
                return self._past(dt.date(year, month, day))
            except ValueError:
                words = {"month": month, "day": day}
                self.add_error("day", _("%(month)s月没有%(day)s日，请核对日期。") % words)
        return None

    def _past(self, date: dt.date) -> dt.date | None:
        if date > timezone.localdate():
            words = {"date": chinese_date(date)}
            self.add_error("day", _("%(date)s还没有到，请核对日期。") % words)
            return None
        if (date.year, date.month) != (self.place.year, self.place.month):
            months = {"there": f"{date.year}年{date.month}月", "here": self.place.month}
            reminder = _("这是%(there)s的事，随%(here)s月一起报，由编辑决定怎么刊出。")
            self.reminders.append(reminder % months)
        return date
