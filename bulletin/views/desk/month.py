"""我的本月: what is due, what came back, where the rest is, what was printed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bulletin.handing_in.scratches import begun
from bulletin.models import Commission, NilReturn, Submission
from bulletin.views.desk.deadlines import deadline
from bulletin.views.desk.gate import Desk, desk_of
from bulletin.views.desk.ledger import Sheet, ledger
from bulletin.views.desk.printed import Printed, all_printed, in_print, is_printed
from bulletin.views.desk.status import chiefs_of, last_reasons, status_of, waits_for_chief
from windows.access import Actor, scope_of

HANDED_IN = ("submitted", "endorsed", "claimed", "accepted", "declined")
MOST_PRINTED = 12


@require_safe
@login_required
def now(request: HttpRequest) -> HttpResponse:
    return _page(request, desk_of(request))


@require_safe
@login_required
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return _page(request, desk_of(request, year, month))


def _page(request: HttpRequest, desk: Desk) -> HttpResponse:
    rows = list(_rows(desk))
    due = deadline(desk.window.centre, desk.cutoff)
    commissions = list(_commissions(desk))
    sheet = Sheet(desk.place, rows, _nils(desk), commissions, due)
    context: dict[str, Any] = {
        "desk": desk,
        "tab": "month",
        "due": due,
        "sheet": sheet,
        "ledger": ledger(sheet),
        "commissions": commissions,
        "printed": _printed(desk),
        "to_review": _to_review(request.user),
        "begun": begun(request.user, desk.place),  # type: ignore[arg-type]  # login_required
        **_piles(desk, rows),
    }
    return render(request, "desk/month.html", context)


def _rows(desk: Desk) -> QuerySet[Submission]:
    place = desk.place
    mine = Submission.objects.filter(window=place.window, year=place.year, month=place.month)
    related = mine.filter(publication=place.publication).select_related(
        "window", "holder", "news", "visit", "report", "placement__entry__issue"
    )
    return related.prefetch_related(in_print())


def _piles(desk: Desk, rows: list[Submission]) -> dict[str, Any]:
    """The rows in the piles of the page, each with its status and reason."""
    reasons = last_reasons(row for row in rows if row.state in {"returned", "declined"})
    chiefs = chiefs_of(desk.window.department) if any(map(waits_for_chief, rows)) else ""
    shown = [(row, status_of(row, chiefs), reasons.get(row.pk)) for row in rows]
    return {
        "returned": [pile for pile in shown if pile[0].state == "returned"],
        "drafts": [pile for pile in shown if pile[0].state == "draft"],
        "handed_in": [pile for pile in shown if pile[0].state in HANDED_IN],
    }


def _nils(desk: Desk) -> dict[str, NilReturn]:
    place = desk.place
    rows = NilReturn.objects.filter(publication=place.publication, window=place.window)
    return {row.kind: row for row in rows.filter(year=place.year, month=place.month)}


def _commissions(desk: Desk) -> QuerySet[Commission]:
    return Commission.objects.waiting().filter(call=desk.place.call, window=desk.window)


def _printed(desk: Desk) -> list[tuple[Submission, Printed]]:
    """What was printed of this window in the last published month, and on which page."""
    rows = Submission.objects.filter(is_printed(), window=desk.window)
    recent = rows.select_related("visit").prefetch_related(in_print())
    found = list(recent.order_by("-year", "-month", "pk")[:MOST_PRINTED])
    return all_printed(row for row in found if (row.year, row.month) == _month_of(found[0]))


def _month_of(row: Submission) -> tuple[int, int]:
    return row.year, row.month


def _to_review(user: Actor) -> list[Submission]:
    """What waits for this chief representative, of all windows of the department."""
    departments = scope_of(user).departments
    if not departments:
        return []
    waiting = Submission.objects.filter(
        window__department__in=departments, window__needs_endorsement=True, state="submitted"
    )
    return list(waiting.select_related("window", "submitted_by", "news", "visit", "report"))
