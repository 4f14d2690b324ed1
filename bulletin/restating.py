"""订正: a published month's figures, changed for a stated reason, and the issue that tells it.

The move, the figure and the row that keeps both numbers are written together or not at all;
without that row the database itself refuses the figure (stats/locked.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from bulletin.models import Edition, Issue
from bulletin.moves import MoveRefused, lock, make_move
from stats.models import Figure, Indicator, MonthlyReport, Restatement
from stats.month_checks import indicators_in, place_of
from stats.restated import RestatedTotal, restated_totals
from stats.totals import asked_of, spec_of
from windows.models import User

LONGEST_REASON: Final = 200

Seen = tuple[int, int | None]
"""(value, denominator)."""


class StaleFigure(MoveRefused):
    """Somebody restated the figure since the page was opened."""


@dataclass(frozen=True, slots=True)
class NewFigure:
    """`seen` is the pair (value, denominator) that the page showed, None for nothing."""

    indicator: Indicator
    value: int
    denominator: int | None = None
    seen: Seen | None = None


def restate(
    report: MonthlyReport, changes: Sequence[NewFigure], *, by: User, reason: str
) -> list[Restatement]:
    """Change figures of a locked month. Raises MoveRefused, StaleFigure among them."""
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise MoveRefused(_("理由最多%(n)d个字，请写短些。") % {"n": LONGEST_REASON})
    with transaction.atomic():
        row = lock(report)
        stored = {
            figure.indicator_id: figure for figure in row.figures.order_by("pk").select_for_update()
        }
        for change in changes:
            _refuse_stale(change, stored.get(change.indicator.pk))
        data = {change.indicator.key: _before_after(change) for change in changes}
        make_move(row, "restate", by=by, note=reason, data=data)
        return [_write(row, change, stored, by, reason) for change in changes]


def is_published(report: MonthlyReport) -> bool:
    """Whether the report's month was printed, with this window or without it."""
    if report.state == MonthlyReport.State.LOCKED:
        return True
    return MonthlyReport.objects.filter(
        centre=report.centre_id,
        year=report.year,
        month=report.month,
        state=MonthlyReport.State.LOCKED,
    ).exists()


def take_late(report: MonthlyReport, *, by: User, reason: str) -> list[Restatement]:
    """A window that came after its month was published: all it gives is told as 订正.

    Raises MoveRefused.
    """
    with transaction.atomic():
        row = lock(report)
        if row.state != MonthlyReport.State.ENTERED or not is_published(row):
            raise MoveRefused(_("只有月份已经发布、窗口补报的数据才这样处理。"))
        figures = list(row.figures.select_related("indicator"))
        if not figures and not row.nil:
            raise MoveRefused(_("这个窗口还没有填数，没有可以补报的。"))
        if not figures:
            figures = _zeros(row, by)
        for name in ("confirm", "lock"):
            row = make_move(row, name, by=None)
        data = {f.indicator.key: [None, [f.value, f.denominator]] for f in figures}
        make_move(row, "restate", by=by, note=reason, data=data)
        return [_keep(figure, None, by, reason.strip()) for figure in figures]


def _zeros(report: MonthlyReport, by: User) -> list[Figure]:
    """A late 零报告 says zero of everything, so that the next issue can tell it."""
    specs = [spec_of(row) for row in indicators_in(report.centre, report.year, report.month)]
    asked = {spec.key: spec for spec in asked_of(specs, place_of(report))}
    MonthlyReport.objects.filter(pk=report.pk).update(nil=False)
    return Figure.objects.bulk_create(
        Figure(
            report=report,
            indicator=indicator,
            value=0,
            denominator=0 if asked[indicator.key].has_denominator else None,
            source="restated",
            entered_by=by,
        )
        for indicator in Indicator.objects.filter(centre=report.centre, key__in=asked)
    )


def _refuse_stale(change: NewFigure, stored: Figure | None) -> None:
    now = (stored.value, stored.denominator) if stored else None
    if now != change.seen:
        raise StaleFigure(
            _("%(label)s刚才有人改过，现在是%(now)s，没有写入。请核对后再订正。")
            % {"label": change.indicator.label, "now": _("空") if now is None else now[0]}
        )
    if now == (change.value, change.denominator):
        raise MoveRefused(_("%(label)s没有变，不用订正。") % {"label": change.indicator.label})


def _before_after(change: NewFigure) -> list[list[int | None] | None]:
    return [list(change.seen) if change.seen else None, [change.value, change.denominator]]


def _write(
    report: MonthlyReport,
    change: NewFigure,
    stored: dict[int, Figure],
    by: User,
    reason: str,
) -> Restatement:
    """The restatement first: the database takes no other figure of a locked month."""
    figure = stored.get(change.indicator.pk) or Figure(
        pk=_next_figure(), report=report, indicator=change.indicator
    )
    figure.value, figure.denominator, figure.precision = change.value, change.denominator, 1
    figure.source, figure.entered_by = "restated", by
    figure.full_clean(exclude=["id", "report", "indicator", "entered_by"])
    row = _keep(figure, change.seen, by, reason)
    figure.save()
    return row


def _next_figure() -> int:
    """The key a new figure will have: its restatement is written before it.

    Within a transaction that has written already: on SQLite nobody else writes meanwhile.
    """
    table = Figure._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        else:
            last = "SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = %s"
            cursor.execute(last, [table])
        return int(cursor.fetchone()[0])


def _keep(figure: Figure, old: Seen | None, by: User, reason: str) -> Restatement:
    value, denominator = old or (None, None)
    return Restatement.objects.create(
        centre_id=figure.report.centre_id,
        figure=figure,
        old=value,
        old_denominator=denominator,
        new=figure.value,
        new_denominator=figure.denominator,
        reason=reason,
        by=by,
    )


# What the next issue tells


def restatements_told_in(issue: Issue) -> Sequence[Restatement]:
    """Made since the publication's issue before this one became public, until this one does.

    Those of the months this issue itself is about are in its figures already.
    """
    after, until = _published_before(issue), _published(issue)
    rows = Restatement.objects.filter(centre=issue.centre).made_between(after, until).in_order()
    own = {(issue.year, month) for month in issue.months}
    return [r for r in rows if (r.figure.report.year, r.figure.report.month) not in own]


def restated_in(issue: Issue) -> list[RestatedTotal]:
    """The same as printed totals: what stood, what stands, why; `.sentence` says it."""
    return restated_totals(issue.centre, restatements_told_in(issue))


def _published(issue: Issue) -> dt.datetime | None:
    first = Edition.objects.filter(issue=issue, published_at__isnull=False)
    return first.order_by("published_at").values_list("published_at", flat=True).first()


def _published_before(issue: Issue) -> dt.datetime | None:
    """When the issue before this one became public, whichever month it was about. What a
    withdrawn one told has to be told again."""
    earlier = Edition.objects.filter(
        issue__publication=issue.publication_id, published_at__isnull=False, withdrawn_at=None
    ).exclude(issue=issue)
    mine = _published(issue)
    if mine is not None:
        earlier = earlier.filter(published_at__lt=mine)
    firsts = earlier.filter(supersedes=None).order_by("-published_at")
    return firsts.values_list("published_at", flat=True).first()
