"""The quiet tabs: earlier months, the directory, how to report."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bulletin.models import Submission
from bulletin.views.desk.gate import desk_of
from bulletin.views.desk.printed import is_printed
from windows.models import Leader

MOST_MONTHS = 36


@require_safe
@login_required
def months(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    rows = Submission.objects.filter(window=desk.window).exclude(state__in=["draft", "withdrawn"])
    rows = rows.annotate(in_print=is_printed())
    counted = rows.values("year", "month").annotate(
        sent=Count("pk"), printed=Count("pk", filter=Q(in_print=True))
    )
    recent = counted.order_by("-year", "-month")[:MOST_MONTHS]
    return render(request, "desk/months.html", {"desk": desk, "tab": "months", "rows": recent})


@require_safe
@login_required
def directory(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    leaders = Leader.objects.filter(department=desk.window.department)
    return render(
        request,
        "desk/directory.html",
        {"desk": desk, "tab": "directory", "leaders": leaders.valid_on(timezone.localdate())},
    )


@require_safe
@login_required
def how(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help.html", {"desk": desk_of(request), "tab": "help"})
