"""The template of the statistics paragraph: tried with figures, refused with the place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin.models import Issue
from bulletin.narrating import narrative_of
from bulletin.sources import Piece, pieces
from stats.narrative import NAMES, check_template
from stats.specs import IndicatorSpec
from stats.totals import specs_on
from windows.models import Centre


@dataclass(frozen=True, slots=True)
class Offered:
    """A name that may stand in braces, and what it prints."""

    name: str
    label: str
    sample: str


def offered(centre: Centre, day: dt.date) -> list[Offered]:
    """Every name a template may use, in print order."""
    fixed = [Offered("{y}", _("所报年份"), "2026"), Offered("{m}", _("所报月份"), "2")]
    specs = specs_on(centre, day)
    counted = [Offered(f"{{{spec.key}}}", spec.label, _sample(spec)) for spec in specs]
    named = [
        Offered(f"{{{spec.key}:{NAMES}}}", _("%(label)s的名单") % {"label": spec.label}, "甲、乙")
        for spec in specs
        if spec.over_windows == "idle"
    ]
    return fixed + counted + named


def _sample(spec: IndicatorSpec) -> str:
    return spec.printed(98 if spec.is_rate else 12 * spec.scale if spec.scale > 1 else 120)


class PublicationForm(forms.ModelForm):
    """Refuses a template that names what the centre does not count, and says where."""

    def clean_narrative(self) -> str:
        text: str = self.cleaned_data["narrative"].strip()
        centre = self.cleaned_data.get("centre") or getattr(self.instance, "centre", None)
        specs = specs_on(centre, timezone.localdate()) if centre else []
        if problems := check_template(text, specs):
            raise forms.ValidationError(problems)
        return text


class NarrativeForm(forms.Form):
    narrative = forms.CharField(
        label=gettext_lazy("模板"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 8, "class": "printed"}),
        help_text=gettext_lazy(
            "花括号里写指标代码，例如{mailed}；{mailed:环比}、{mailed:同比}、{mailed:累计}"
            "写出变化和累计数。留空就不写这一段。"
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, issue: Issue, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issue = issue
        self.initial = {"narrative": issue.narrative, "seen": issue.narrative}

    def clean_narrative(self) -> str:
        text: str = self.cleaned_data["narrative"]
        specs = specs_on(self.issue.centre, self.issue.last_day)
        if problems := check_template(text, specs):
            raise forms.ValidationError(problems)
        return text

    @property
    def text(self) -> str:
        return self.data.get("narrative", "") if self.is_bound else self.issue.narrative

    @property
    def preview(self) -> dict[str, Any]:
        """What the wording says with this month's confirmed figures, or why it cannot."""
        if not self.text.strip() or self.errors:
            return {}
        told = narrative_of(self.issue, self.text.strip())
        if told.sentence is None:
            return {"reason": told.reason}
        shown: list[Piece] = pieces(told, told.sentence.text)
        return {"pieces": shown}
