"""One submission: where it is, what was done with it, what may be done; and its moves."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bulletin.handing_in import EDITABLE
from bulletin.models import Submission
from bulletin.moves import MoveRefused, possible_moves
from bulletin.proofreading.difference import differences
from bulletin.reasons import REASONS
from bulletin.reviewing import review
from bulletin.views.desk.gate import desk_at, own_submission
from bulletin.views.desk.printed import printed_of, why_edited
from bulletin.views.desk.status import (
    chiefs_of,
    status_of,
    steps_of,
    waits_for_chief,
)
from bulletin.workflow import REVIEW, Move
from windows.models import User

# Handing in goes through the form; the rest of the window's moves are buttons here.
# Whoever reviews finds the review first.
BUTTONS: Final = ("endorse", "return", "recall", "withdraw")


@require_safe
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_submission(request, pk)
    return render(request, "desk/submission.html", _context(request, row))


@require_safe
@login_required
def submitted(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens next and who has it now."""
    row = own_submission(request, pk)
    if row.state in EDITABLE:
        return redirect("desk:edit", row.pk)
    return render(request, "desk/submitted.html", _context(request, row))


@require_POST
@login_required
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    row = own_submission(request, pk)
    if name not in BUTTONS:
        raise Http404
    by: User = request.user  # type: ignore[assignment]  # login_required
    note, reason = request.POST.get("note", ""), request.POST.get("reason", "")
    try:
        row = review(row, name, by=by, note=note, reason=reason)
    except MoveRefused as refused:
        typed = {"refused": str(refused), "tried": name, "note": note, "reason": reason}
        return render(
            request, "desk/submission.html", {**_context(request, row), **typed}, status=409
        )
    words = {"move": REVIEW.move(name).label, "state": REVIEW.states[row.state]}
    messages.success(request, _("已%(move)s，现在是“%(state)s”。") % words)
    return redirect("desk:edit" if name == "recall" else "desk:submission", pk)


def _context(request: HttpRequest, row: Submission) -> dict[str, Any]:
    printed = printed_of(row)
    chiefs = chiefs_of(row.window.department) if row.window and waits_for_chief(row) else ""
    return {
        "desk": desk_at(request, row),
        "tab": "month",
        "row": row,
        "status": status_of(row, chiefs),
        "chiefs": chiefs,
        "editable": row.state in EDITABLE,
        "steps": steps_of(row),
        "buttons": _buttons(row, request),
        "reasons": REASONS,
        "printed": printed,
        "why": why_edited(row) if printed else None,
        "pieces": differences(row.handed_in, printed.text) if printed else (),
        "figures": _figures(row),
        "attachments": row.attachments.all(),
    }


def _buttons(row: Submission, request: HttpRequest) -> list[Move]:
    by: User = request.user  # type: ignore[assignment]  # login_required
    possible = {move.name: move for move in possible_moves(row, by)}
    offered = [possible[name] for name in BUTTONS if name in possible]
    if row.kind == "report":  # a month has one report: it is corrected, never dropped
        offered = [move for move in offered if move.name != "withdraw"]
    return offered


def _figures(row: Submission) -> list[Any]:
    return list(row.report.figures.select_related("indicator")) if row.report else []
