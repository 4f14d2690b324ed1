"""Where a form is kept while it is typed; the page asks this by itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bulletin.handing_in.scratches import Slot, keep
from bulletin.models import Submission
from bulletin.views.desk.gate import desk_at, desk_of, own_submission


@require_POST
@login_required
def scratch(request: HttpRequest, year: int, month: int, kind: str) -> HttpResponse:
    desk = desk_of(request, year, month)
    if kind not in Submission.Kind.values:
        raise Http404
    return _answer(request, Slot(request.user, desk.place, kind))  # type: ignore[arg-type]


@require_POST
@login_required
def scratch_of(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_submission(request, pk)
    slot = Slot(request.user, desk_at(request, row).place, row.kind, row)  # type: ignore[arg-type]
    return _answer(request, slot)


def _answer(request: HttpRequest, slot: Slot) -> JsonResponse:
    """`over` when there is nothing more to keep: it was handed in."""
    kept = keep(slot, request.POST)
    if kept is None:
        return JsonResponse({"over": True})
    at = timezone.localtime(kept.saved_at)
    return JsonResponse({"saved": f"{at:%H:%M}", "at": at.isoformat()})
