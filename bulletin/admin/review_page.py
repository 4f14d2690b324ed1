"""What the review page of one submission shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from bulletin.checking import proofreading_context
from bulletin.lookalikes import lookalikes
from bulletin.models import Submission
from bulletin.moves import possible_moves, refusal
from bulletin.proofreading.problems import Problem
from bulletin.proofreading.rules import check_text
from bulletin.reasons import REASONS
from bulletin.reviewing import may_edit
from bulletin.timeline import timeline
from bulletin.workflow import REVIEW, Move
from stats.figures import change_words
from stats.models import Figure, MonthlyReport
from windows.models import User

from .inbox_filters import due_of

# The newsroom's buttons, the main one first; what windows press is not among them.
BUTTONS: Final = ("accept", "claim", "take_back", "return", "release", "decline")
WAITING: Final = ("submitted", "endorsed")
SHORT, LONG = 140, 260  # rule 1.1.6 of the domain: guidance, never a wall


@dataclass(frozen=True, slots=True)
class FigureRow:
    label: str
    unit: str
    value: int
    previous: int | None
    note: str

    @property
    def change(self) -> str:
        """少168，−8.3% in the paper's words; empty without a month to compare with."""
        if self.previous is None:
            return ""
        return change_words(self.value, self.previous, unit=self.unit)


def review_context(row: Submission, user: User) -> dict[str, Any]:
    report = row.report
    return {
        "row": row,
        "original": row.handed_in,
        "editable": may_edit(row, user),
        "moves": (moves := newsroom_moves(row, user)),
        "reasons": REASONS if any(move.needs_note for move in moves) else (),
        "why_not": _why_not(row, user),
        "length": _length(row),
        "problems": problems_of(row),
        "lookalikes": lookalikes(row, user),
        "figures": list(figure_rows(report)) if report else (),
        "trail": timeline(user, "submission", row.pk),
        "queue": _queue(row, user),
        "siblings": _siblings(row, user),
        "due": due_of(row),
        "placement": getattr(row, "placement", None),
        "attachments": list(row.attachments.all()),
    }


def newsroom_moves(row: Submission, user: User) -> list[Move]:
    possible = {move.name: move for move in possible_moves(row, user)}
    return [possible[name] for name in BUTTONS if name in possible]


def _why_not(row: Submission, user: User) -> str:
    """Why a person who could claim cannot: said once, above an empty strip."""
    if row.state in {"submitted", "endorsed"}:
        return refusal(row, REVIEW.move("claim"), user)
    if row.state == "claimed" and row.holder_id != user.pk:
        return _("%(holder)s正在处理，您可以看，不能改。") % {"holder": row.holder}
    return ""


def problems_of(row: Submission) -> list[Problem]:
    """What proofreading says of the text as it stands; nothing once it is decided."""
    if row.kind == Submission.Kind.REPORT or row.state in {"declined", "withdrawn"}:
        return []
    context = proofreading_context(row.centre, year=row.year, month=row.month)
    return check_text(row.text, context)


def _length(row: Submission) -> str:
    size = len(row.text)
    if row.kind == Submission.Kind.REPORT or not size:
        return ""
    if size < SHORT:
        return _("%(n)s字，偏短") % {"n": size}
    return (_("%(n)s字，偏长") if size > LONG else _("%(n)s字，正合适")) % {"n": size}


def figure_rows(report: MonthlyReport) -> Iterator[FigureRow]:
    """Each figure beside the same window's last month."""
    before = {figure.indicator_id: figure.value for figure in _last_month(report)}
    for figure in report.figures.select_related("indicator").order_by("indicator__order", "pk"):
        yield FigureRow(
            figure.indicator.label,
            figure.indicator.unit,
            figure.value,
            before.get(figure.indicator_id),
            figure.note,
        )


def _last_month(report: MonthlyReport) -> Any:
    year, month = (report.year, report.month - 1) if report.month > 1 else (report.year - 1, 12)
    return Figure.objects.filter(
        report__centre=report.centre_id,
        report__window=report.window_id,
        report__year=year,
        report__month=month,
    )


def _queue(row: Submission, user: User) -> dict[str, Any]:
    """Where the item stands with its neighbours: in the person's hands, or among what waits.

    What waits is gone through as the inbox lists it, the latest first.
    """
    rows = Submission.objects.visible_to(user)
    mine = rows.filter(holder=user, state="claimed").order_by("moved_at", "pk")
    in_hand = list(mine.values_list("pk", flat=True))
    waiting = rows.filter(state__in=WAITING).order_by("-moved_at", "-pk")
    through = in_hand if row.pk in in_hand else list(waiting.values_list("pk", flat=True))
    if row.pk not in through:
        return {"size": len(in_hand), "next": in_hand[0] if in_hand else None}
    at = through.index(row.pk)
    return {
        "size": len(through),
        "place": at + 1,
        "waiting": through is not in_hand,
        "previous": through[at - 1] if at else None,
        "next": through[at + 1] if at + 1 < len(through) else None,
    }


def _siblings(row: Submission, user: User) -> list[Submission]:
    if row.window is None:
        return []
    rows = Submission.objects.visible_to(user).for_inbox()
    same = {"window": row.window, "year": row.year, "month": row.month}
    return list(rows.filter(**same).exclude(pk=row.pk)[:6])
