"""A month's figures typed by the data clerk: saved cell by cell, confirmed in one press.

A cell is written only over what its page showed; what somebody else wrote meanwhile stays
and is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bulletin.models import Submission
from bulletin.moves import MoveRefused, leave_trail, lock, make_move
from bulletin.reviewing import review
from stats.models import Figure, Indicator, MonthlyReport
from stats.month_checks import findings_of, in_the_way, place_of
from windows.models import Centre, ServiceWindow, User

Numbers = tuple[int, int | None]
"""(value, denominator)."""
HANDED_IN: Final = ("submitted", "endorsed", "claimed")


@dataclass(frozen=True, slots=True)
class Spot:
    """Whose month: a window's, or the centre's own."""

    centre: Centre
    window: ServiceWindow | None
    year: int
    month: int


@dataclass(frozen=True, slots=True)
class TypedCell:
    """`numbers` None empties the cell; `seen` is what the page showed."""

    indicator: Indicator
    numbers: Numbers | None
    seen: Numbers | None


@dataclass(frozen=True, slots=True)
class Saved:
    written: int
    conflicts: Sequence[str] = ()


def save_cells(spot: Spot, typed: Sequence[TypedCell], *, by: User) -> Saved:
    """Raises MoveRefused when the month of the place is closed."""
    try:
        return _save(spot, typed, by)
    except IntegrityError:  # the report was made at the same time: it is there now
        return _save(spot, typed, by)


@transaction.atomic
def _save(spot: Spot, typed: Sequence[TypedCell], by: User) -> Saved:
    report = _open_report(spot)
    stored = {figure.indicator_id: figure for figure in report.figures.select_related("entered_by")}
    changes: dict[str, list[Numbers | None]] = {}
    conflicts = []
    for cell in typed:
        figure = stored.get(cell.indicator.pk)
        now = (figure.value, figure.denominator) if figure else None
        if now == cell.numbers:
            continue
        if now != cell.seen:
            conflicts.append(_conflict(cell, figure))
            continue
        _write(report, cell, figure, by)
        changes[cell.indicator.key] = [now, cell.numbers]
    if changes:
        nil = report.nil and not report.figures.exists()
        MonthlyReport.objects.filter(pk=report.pk).update(version=F("version") + 1, nil=nil)
        leave_trail(report, "enter_figures", by=by, data=changes)
    return Saved(len(changes), tuple(conflicts))


def _open_report(spot: Spot) -> MonthlyReport:
    row, _made = MonthlyReport.objects.get_or_create(
        centre=spot.centre, window=spot.window, year=spot.year, month=spot.month
    )
    report = lock(row)
    if report.state == MonthlyReport.State.CONFIRMED:
        raise MoveRefused(_("这个窗口的数据已确认，没有保存。要改请先取消确认。"))
    if report.state == MonthlyReport.State.LOCKED:
        raise MoveRefused(_("这个月已随刊物发布，没有保存。要改请用“订正”。"))
    return report


def _conflict(cell: TypedCell, figure: Figure | None) -> str:
    if figure is None:
        return _("%(label)s刚才被清空了，没有写入您的数。") % {"label": cell.indicator.label}
    words = {"label": cell.indicator.label, "who": figure.entered_by or _("别人")}
    return _("%(label)s刚才由%(who)s改为%(now)s，没有写入您的数。") % {
        **words,
        "now": figure.value,
    }


def _write(report: MonthlyReport, cell: TypedCell, figure: Figure | None, by: User) -> None:
    if cell.numbers is None:
        if figure is not None:
            figure.delete()
        return
    figure = figure or Figure(report=report, indicator=cell.indicator)
    figure.value, figure.denominator = cell.numbers
    figure.precision, figure.source, figure.entered_by = 1, "admin", by
    figure.save()


def say_nil(spot: Spot, *, by: User) -> None:
    """零报告 for a place that gave nothing. Raises MoveRefused."""
    with transaction.atomic():
        report = _open_report(spot)
        if report.figures.exists():
            raise MoveRefused(_("已经填了数，不能记为零报告。请先清空。"))
        if not report.nil:
            MonthlyReport.objects.filter(pk=report.pk).update(nil=True, version=F("version") + 1)
            leave_trail(report, "enter_figures", by=by, data={"nil": True})


# Confirming


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Names of the places confirmed, and of the others with the reason."""

    done: Sequence[str]
    left: Sequence[tuple[str, str]]


def confirm_clean(centre: Centre, year: int, month: int, *, by: User) -> Confirmed:
    """Confirm every report of the month that nothing speaks against."""
    reports = list(
        MonthlyReport.objects.filter(centre=centre, year=year, month=month, state="entered")
        .select_related("window", "centre")
        .prefetch_related("figures__indicator")
    )
    found = findings_of(centre, year, month, reports)
    done, left = [], []
    for report in reports:
        name = report.window.name if report.window else str(centre.self_name)
        wrong = in_the_way([finding for finding in found if finding.window == place_of(report)])
        reason = wrong[0].message if wrong else _confirm(report, by)
        if reason:
            left.append((name, reason))
        else:
            done.append(name)
    return Confirmed(done, left)


def _confirm(report: MonthlyReport, by: User) -> str:
    """Why it cannot be; empty when it was. A window's own submission is accepted with it."""
    submission = Submission.objects.filter(report=report).exclude(state="withdrawn").first()
    try:
        with transaction.atomic():
            if submission is None:
                make_move(report, "confirm", by=by)
            elif submission.state in HANDED_IN:
                _accept(submission, by)
            elif submission.state == "accepted":
                make_move(report, "confirm", by=by)
            else:
                return _("窗口还没有提交。")
    except MoveRefused as refused:
        return str(refused)
    return ""


def _accept(submission: Submission, by: User) -> None:
    if submission.state != "claimed":
        submission = make_move(submission, "claim", by=by)
    review(submission, "accept", by=by)


def spots_of(centre: Centre, year: int, month: int) -> Mapping[int, Spot]:
    """By the window's key, 0 for the centre itself."""
    windows = ServiceWindow.objects.filter(centre=centre)
    found = {window.pk: Spot(centre, window, year, month) for window in windows}
    return found | {0: Spot(centre, None, year, month)}
