"""订正: the figures of a published month beside what they become, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bulletin.forms.cells import read_cells, seen_text
from bulletin.restating import LONGEST_REASON, NewFigure, is_published
from stats.models import Figure, Indicator, MonthlyReport
from stats.month_checks import asked_of, indicators_in, place_of
from stats.totals import spec_of


@dataclass(frozen=True, slots=True)
class Line:
    indicator: Indicator
    figure: Figure | None
    seen: str
    value: str
    under: str
    parted: bool
    error: str = ""


class RestateForm(forms.Form):
    """`changes` are the figures that differ from what the page showed."""

    reason = forms.CharField(
        label=_("订正的理由"),
        max_length=LONGEST_REASON,
        help_text=_("会刊在下一期，例如“2月28日的办件漏计”。"),
        error_messages={"required": _("请写明订正的理由，下期要刊登。")},
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: Any = None, *, report: MonthlyReport, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
        self.report = report
        self.late = report.state == MonthlyReport.State.ENTERED and is_published(report)
        rows = list(indicators_in(report.centre, report.year, report.month))
        asked = {spec.key for spec in asked_of(map(spec_of, rows), place_of(report))}
        self.indicators = [row for row in rows if row.key in asked]
        self.read = read_cells(data.dict(), self.indicators) if data else None
        self.changes = [
            NewFigure(cell.indicator, *(cell.numbers or (0, None)), seen=cell.seen)
            for cell in (self.read.cells if self.read else ())
            if cell.numbers is not None
        ]

    def clean(self) -> dict[str, Any]:
        if self.read and self.read.errors:
            raise forms.ValidationError(list(self.read.errors.values()))
        if self.read and len(self.changes) < len(self.read.cells):
            raise forms.ValidationError(_("订正不能清空一项，没有发生的请填0。"))
        if not self.late and not self.changes:
            raise forms.ValidationError(_("没有改动任何数，不用订正。"))
        return self.cleaned_data

    def lines(self) -> list[Line]:
        figures = {f.indicator_id: f for f in self.report.figures.all()}
        return [self._line(row, figures.get(row.pk)) for row in self.indicators]

    def _line(self, row: Indicator, figure: Figure | None) -> Line:
        seen = seen_text((figure.value, figure.denominator) if figure else None)
        value, _slash, under = seen.partition("/")
        return Line(
            row,
            figure,
            self.data.get(f"w-{row.pk}", seen),
            self.data.get(f"v-{row.pk}", value),
            self.data.get(f"u-{row.pk}", under),
            spec_of(row).has_denominator,
            self.read.errors.get(row.pk, "") if self.read else "",
        )
