"""Where a printed number comes from: the windows, what each gave, who typed it, when.

Everything is read for one issue and one indicator, in a fixed number of queries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin.figure_records import leaves
from bulletin.models import Entry, Issue
from bulletin.narrating import Narrative, earlier, idle_names, since_january
from stats import formulas
from stats.models import Figure, MonthlyReport, Restatement
from stats.narrative import Span, located
from stats.specs import IndicatorSpec, Totals, amount
from stats.totals import COUNTED, counted_answers, specs_on, totals_of
from windows.models import ServiceWindow

CAME_BY = {
    "desk": gettext_lazy("窗口填报"),
    "import": gettext_lazy("导入"),
    "admin": gettext_lazy("后台填报"),
    "print": gettext_lazy("已刊出"),
    "restated": gettext_lazy("订正"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of the paragraph; with a `key` it is a number and leads to its sources."""

    text: str
    key: str = ""
    form: str = ""


def pieces(told: Narrative, text: str) -> list[Piece]:
    """The paragraph as it stands, cut at the numbers that are as composed."""
    if told.sentence is None:
        return [Piece(text)]
    found, at = [], 0
    for span in sorted(located(told.sentence, text), key=_start):
        found.append(Piece(text[at : span.start]))
        found.append(Piece(text[span.start : span.end], span.key, span.form))
        at = span.end
    return [piece for piece in (*found, Piece(text[at:])) if piece.text]


def _start(span: Span) -> int:
    return span.start


@dataclass(frozen=True, slots=True)
class Giver:
    """A window's month and what it gave; `figure` is None for a nil return or nothing.

    `counted` is whether it is in the printed total.
    """

    window: str
    month: int
    state: str
    counted: bool
    nil: bool
    figure: Figure | None
    came_by: str
    restatements: Sequence[Restatement] = ()

    @property
    def by(self) -> str:
        entered = self.figure.entered_by if self.figure else None
        return entered.name or entered.username if entered else ""

    @property
    def at(self) -> dt.datetime | None:
        return self.figure.entered_at if self.figure else None


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator itself, or an operand of its formula; `idle` names the windows that an
    indicator counts which nobody enters."""

    spec: IndicatorSpec
    total: str
    givers: Sequence[Giver]
    silent: Sequence[str]
    idle: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A total the paragraph compares with or adds up to: 上期, 上年同期, 累计."""

    name: str
    printed: str
    words: str


@dataclass(frozen=True, slots=True)
class Sources:
    spec: IndicatorSpec
    printed: str
    formula: str
    parts: Sequence[Part]
    compared: Sequence[Compared]


def sources_of(issue: Issue, key: str) -> Sources | None:
    """None where the centre has no such indicator in the issue's months."""
    specs = specs_on(issue.centre, issue.last_day)
    by_key = {spec.key: spec for spec in specs}
    if key not in by_key:
        return None
    spec, months = by_key[key], list(issue.months)
    answers = counted_answers(issue.centre, issue.year, months)
    totals = totals_of(issue.centre, issue.year, specs, answers, months)
    entered = [name for name in leaves(key, by_key) if name in by_key]
    reports = _reports(issue, entered)
    windows = list(ServiceWindow.objects.filter(centre=issue.centre, is_open=True))
    parts = [_part(by_key[name], totals, reports, windows, issue) for name in entered]
    if any(not part.spec.is_entered for part in parts):
        idle = idle_names(issue, specs, answers)
        parts = [part if part.spec.is_entered else replace(part, idle=idle) for part in parts]
    labels = {spec.key: spec.label for spec in specs} | {"working_days": _("工作日")}
    return Sources(
        spec=spec,
        printed=_printed(spec, totals),
        formula=formulas.describe(spec.formula, labels) if spec.formula else "",
        parts=parts,
        compared=list(_compared(issue, specs, spec, totals)),
    )


def _printed(spec: IndicatorSpec, totals: Totals) -> str:
    number = amount(spec, totals[spec.key]) if spec.key in totals else None
    return _("没有数据") if number is None else spec.printed(number)


def _reports(issue: Issue, keys: Sequence[str]) -> list[MonthlyReport]:
    figures = (
        Figure.objects.filter(indicator__key__in=keys)
        .select_related("indicator", "entered_by")
        .prefetch_related(
            Prefetch("restatements", Restatement.objects.select_related("by").order_by("at"))
        )
    )
    rows = MonthlyReport.objects.filter(
        centre=issue.centre, year=issue.year, month__in=issue.months
    )
    return list(
        rows.select_related("window__department", "centre")
        .prefetch_related(Prefetch("figures", figures))
        .order_by("window__department__order", "window__name", "month")
    )


def _part(
    spec: IndicatorSpec,
    totals: Totals,
    reports: Sequence[MonthlyReport],
    windows: Sequence[ServiceWindow],
    issue: Issue,
) -> Part:
    asked = windows if spec.owner in {"window", "both"} else []
    there = {(report.window_id, report.month) for report in reports}
    silent = [
        window.name if len(issue.months) == 1 else f"{window.name}（{month}月）"
        for month in issue.months
        for window in asked
        if (window.pk, month) not in there
    ]
    entered = reports if spec.is_entered else []
    givers = [_giver(report, spec) for report in entered if _concerns(report, spec)]
    return Part(spec, _printed(spec, totals), givers, silent)


def _concerns(report: MonthlyReport, spec: IndicatorSpec) -> bool:
    """Who is asked for it, and whoever gave it all the same."""
    owners = {"centre", "both"} if report.window_id is None else {"window", "both"}
    return spec.owner in owners or _figure(report, spec) is not None


def _figure(report: MonthlyReport, spec: IndicatorSpec) -> Figure | None:
    return next((f for f in report.figures.all() if f.indicator.key == spec.key), None)


def _giver(report: MonthlyReport, spec: IndicatorSpec) -> Giver:
    figure = _figure(report, spec)
    return Giver(
        window=report.window.name if report.window else str(report.centre.self_name),
        month=report.month,
        state=report.get_state_display(),
        counted=report.state in COUNTED,
        nil=report.nil,
        figure=figure,
        came_by=str(CAME_BY.get(figure.source, figure.source)) if figure else "",
        restatements=list(figure.restatements.all()) if figure else (),
    )


def _compared(
    issue: Issue, specs: Sequence[IndicatorSpec], spec: IndicatorSpec, totals: Totals
) -> Iterator[Compared]:
    """As far as the issue's template asks for them."""
    now = amount(spec, totals[spec.key]) if spec.key in totals else None
    for form, name, back in (("环比", _("上期"), len(issue.months)), ("同比", _("上年同期"), 12)):
        if f"{spec.key}:{form}" in _asked(issue):
            then = earlier(issue, specs, back).get(spec.key)
            before = amount(spec, then) if then else None
            known = now is not None and before is not None
            words = form + spec.changed(now, before) if known else ""  # type: ignore[arg-type]
            yield Compared(name, _("没有数据") if before is None else spec.printed(before), words)
    if f"{spec.key}:累计" in _asked(issue):
        yield Compared(_("1月起累计"), _printed(spec, since_january(issue, specs)), "")


def _asked(issue: Issue) -> str:
    return issue.narrative.replace("：", ":").replace(" ", "")


def paragraph_of(issue: Issue) -> Entry | None:
    return issue.entries.filter(kind=Entry.Kind.NARRATIVE).first()
