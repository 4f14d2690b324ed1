"""A month's counts: one row an indicator, last month beside it. Blank is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from bulletin.forms.base import DeskForm
from bulletin.forms.changes import change_words, likely_meant
from bulletin.handing_in import Count, Counts, Place
from stats.checks import (
    CountError,
    Finding,
    check_blank,
    check_rate,
    check_relations,
    check_swing,
    parse_count,
)
from stats.counts import conversion
from stats.defaults import PARTS, SHARES
from stats.figure_columns import COMPUTED
from stats.models import Figure, Indicator
from stats.specs import IndicatorSpec, Value
from stats.totals import spec_of

HISTORY: Final = 12  # months
_NUMBER: Final = {
    "inputmode": "numeric",
    "autocomplete": "off",
    "maxlength": "40",
    "class": "number",
}


@dataclass(slots=True)
class Row:
    """One indicator on the page: its fields, what last month was, and what is noticed."""

    indicator: Indicator
    spec: IndicatorSpec
    value: forms.BoundField
    denominator: forms.BoundField | None
    note: forms.BoundField
    last: Figure | None
    history: list[int]
    number: int | None = None
    under: int | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def given(self) -> Value | None:
        return None if self.number is None else Value(self.number, self.under)

    @property
    def swings(self) -> list[Finding]:
        return [found for found in self.findings if found.code in {"swing", "unit_slip"}]

    @property
    def change(self) -> str:
        if self.denominator:
            return ""
        return change_words(self.number, self.last.value if self.last else None)

    @property
    def converted(self) -> str:
        """What a number typed in 万 was taken for."""
        fields = (self.value, self.denominator)
        typed = [str(field.value() or "") for field in fields if field]
        return "".join(conversion(text, self.indicator.unit) for text in typed)

    @property
    def guess(self) -> int | None:
        return likely_meant(self.number, self.history) if self.swings else None

    @property
    def shows_note(self) -> bool:
        return bool(self.swings or self.note.value() or self.note.errors)


def indicators_of(place: Place) -> list[Indicator]:
    """What the window is asked for in that month."""
    rows = Indicator.objects.filter(centre=place.window.centre_id).valid_on(place.last_day)
    asked = rows.exclude(owner=Indicator.Owner.CENTRE)
    return list(asked.exclude(over_windows__in=COMPUTED))


def past_figures(place: Place) -> dict[int, dict[int, Figure]]:
    """The window's figures of the twelve months before: indicator → months back → figure."""
    past: dict[int, dict[int, Figure]] = {}
    figures = Figure.objects.filter(report__window=place.window).select_related("report")
    for row in figures.filter(report__year__in=[place.year - 1, place.year]):
        back = (place.year - row.report.year) * 12 + place.month - row.report.month
        if 1 <= back <= HISTORY:
            past.setdefault(row.indicator_id, {})[back] = row
    return past


class CountsForm(DeskForm):
    def __init__(
        self, data: Any = None, *, place: Place, counts: Counts | None = None, **kw: Any
    ) -> None:
        self.indicators = indicators_of(place)
        super().__init__(data, place=place, initial=_initial(counts or Counts()), **kw)
        for indicator in self.indicators:
            self._add_fields(indicator)
        past = past_figures(place)
        self.rows = [
            self._row(indicator, past.get(indicator.pk, {})) for indicator in self.indicators
        ]
        if data is None:
            self._read_all(strict=False)

    def _add_fields(self, indicator: Indicator) -> None:
        key = indicator.pk
        self.fields[f"value_{key}"] = _number_field(indicator.label, indicator.unit)
        if indicator.over_windows in {"ratio", "weighted"}:
            label = _("%(label)s的分母") % {"label": indicator.label}
            self.fields[f"under_{key}"] = _number_field(label, _("件"))
        self.fields[f"note_{key}"] = forms.CharField(
            label=_("%(label)s的口径说明") % {"label": indicator.label},
            required=False,
            max_length=200,
            widget=forms.Textarea(
                {"rows": 2, "placeholder": _("例如：2月起把进园区咨询计入现场咨询。")}
            ),
        )

    def _row(self, indicator: Indicator, past: Mapping[int, Figure]) -> Row:
        key = indicator.pk
        return Row(
            indicator,
            spec_of(indicator),
            self[f"value_{key}"],
            self[f"under_{key}"] if f"under_{key}" in self.fields else None,
            self[f"note_{key}"],
            past.get(1),
            [past[back].value for back in sorted(past)],
        )

    def clean(self) -> dict[str, Any]:
        self._read_all(strict=self.strict)
        return self.cleaned_data

    def _read_all(self, *, strict: bool) -> None:
        for row in self.rows:
            row.number = self._read(row, row.value, row.indicator.unit)
            row.under = self._read(row, row.denominator, _("件")) if row.denominator else None
        for row in self.rows:
            self._check(row)
        if strict:
            self._complain()

    def _read(self, row: Row, bound: forms.BoundField, unit: str) -> int | None:
        try:
            return parse_count(str(bound.value() or ""), unit)
        except CountError as error:
            self._say(bound.name, f"{row.spec.label}：{error}")
            return None

    def _say(self, name: str, message: str) -> None:
        if self.is_bound and message not in self.errors.get(name, []):
            self.add_error(name, message)

    def _check(self, row: Row) -> None:
        if row.given is None:
            return
        noted = bool(str(row.note.value() or "").strip())
        row.findings = check_rate(row.spec, row.given)
        row.findings += check_swing(row.spec, row.given, row.history, explained=noted)

    def _complain(self) -> None:
        """What must be put right before the month can be handed in."""
        by_key = {row.spec.key: row for row in self.rows}
        for row in self.rows:
            for found in row.findings:
                self._complain_of(row, found)
        for found in [*self._relations(), *self._blanks()]:
            if found.severity == "block":
                self._say(by_key[found.keys[0]].value.name, found.message)
            else:
                self.reminders.append(found.message)

    def _complain_of(self, row: Row, found: Finding) -> None:
        if found.code == "swing":
            self._say(
                row.note.name,
                _("%(label)s变化很大：数字没错，请写口径说明；写错了，请改数字。")
                % {"label": row.spec.label},
            )
        elif found.severity == "block":
            place = (
                row.denominator if found.code == "denominator" and row.denominator else row.value
            )
            self._say(place.name, found.message)

    def _relations(self) -> list[Finding]:
        specs = {row.spec.key: row.spec for row in self.rows}
        values = {row.spec.key: row.given for row in self.rows if row.given is not None}
        return check_relations(specs, values, PARTS, SHARES)

    def _blanks(self) -> list[Finding]:
        specs = [row.spec for row in self.rows]
        given = {row.spec.key: row.given for row in self.rows if row.given is not None}
        broken = any(row.value.errors for row in self.rows)  # then something was filled in
        return [] if broken else check_blank(specs, given, nil=False)

    @property
    def groups(self) -> Iterator[tuple[str, list[Row]]]:
        for name, rows in groupby(self.rows, lambda row: row.indicator.group):
            yield name, list(rows)

    @property
    def filled(self) -> int:
        return sum(row.number is not None for row in self.rows)

    @property
    def well_begun(self) -> bool:
        """From here on what is still blank is pointed out; an untouched page is no wall of red."""
        return self.filled * 2 >= len(self.rows)

    @property
    def unexplained(self) -> int:
        return sum(any(found.code == "swing" for found in row.findings) for row in self.rows)

    def written(self) -> Counts:
        return Counts(
            tuple(
                Count(row.indicator, row.number, row.under, str(row.note.value() or "").strip())
                for row in self.rows
                if row.number is not None
            )
        )


def _number_field(label: str, unit: str) -> forms.CharField:
    name = _("%(label)s，单位：%(unit)s") % {"label": label, "unit": unit}
    widget = forms.TextInput({**_NUMBER, "placeholder": _("未填")})
    return forms.CharField(label=name, required=False, widget=widget)


def _initial(counts: Counts) -> dict[str, Any]:
    return dict(pair for count in counts.rows for pair in _of(count))


def _of(count: Count) -> Iterable[tuple[str, Any]]:
    key = count.indicator.pk
    return (
        (f"value_{key}", str(count.value)),
        (f"under_{key}", "" if count.denominator is None else str(count.denominator)),
        (f"note_{key}", count.note),
    )
