"""Opening an issue and its particulars."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin.assembly import next_number
from bulletin.models import Issue, Publication
from windows.access import Actor
from windows.workdays import add_workdays, exceptions_of


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OpenIssueForm(forms.Form):
    """The next issue, filled in as far as the system knows."""

    publication = forms.ModelChoiceField(
        Publication.objects.none(), label=gettext_lazy("刊物"), empty_label=None
    )
    year = forms.IntegerField(label=gettext_lazy("所报年份"), min_value=2000, max_value=2199)
    month = forms.IntegerField(label=gettext_lazy("所报月份"), min_value=1, max_value=12)
    month_to = forms.IntegerField(
        label=gettext_lazy("合刊到几月"),
        min_value=2,
        max_value=12,
        required=False,
        help_text=gettext_lazy("只报一个月的不填。"),
    )
    number = forms.IntegerField(
        label=gettext_lazy("期号"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=gettext_lazy("不填就接着上一期排。"),
    )
    issued_on = forms.DateField(
        label=gettext_lazy("印发日期"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("照上一期的日子填好，遇休息日顺延；以后还可以改。"),
    )

    def __init__(self, user: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Publication.objects.visible_to(user)
        self.fields["publication"].queryset = mine  # type: ignore[attr-defined]
        first = mine.first()
        if first and not self.is_bound:
            known = next_issue(first)
            self.initial = {
                "publication": first.pk,
                **known,
                "issued_on": issue_day(first, **known),
            }
            number = next_number(first, known["year"], known["month"])
            self.fields["number"].help_text = _("不填就接着排，现在轮到第%(n)s期。") % {"n": number}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        month, month_to = data.get("month"), data.get("month_to")
        if month and month_to and month_to <= month:
            self.add_error("month_to", _("合刊的末月要晚于首月，例如1月到2月填2。"))
        return data


def next_issue(publication: Publication) -> dict[str, int]:
    """The months after the latest issue; without one, last month. The number is given when
    the issue is opened, since two may be opened at once."""
    last = Issue.objects.filter(publication=publication).order_by("-year", "-month").first()
    if last is None:
        today = timezone.localdate()
        year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
        return {"year": year, "month": month}
    covered = last.months[-1]
    if covered == 12:
        return {"year": last.year + 1, "month": 1}
    return {"year": last.year, "month": covered + 1}


USUAL_DAY: Final = 26  # of the month after, as the printed bulletin does


def issue_day(publication: Publication, year: int, month: int) -> dt.date:
    """When the issue of that month usually comes out: the day of the month the last one did,
    in the month after, or the next working day."""
    dated = Issue.objects.filter(publication=publication, issued_on__isnull=False)
    last = dated.order_by("-year", "-month").first()
    usual = last.issued_on.day if last and last.issued_on else USUAL_DAY
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    length = calendar.monthrange(after.year, after.month)[1]
    day = after.replace(day=min(usual, length))
    exceptions = exceptions_of(publication.centre, day, day + dt.timedelta(days=20))
    return add_workdays(day - dt.timedelta(days=1), 1, exceptions)


class ParticularsForm(forms.ModelForm):
    class Meta:
        model = Issue
        fields = ("issued_on", "number", "number_to")
        widgets = {"issued_on": DateInput()}
