"""零报告 in one press, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bulletin.handing_in import nil_month, nil_return, undo_nil_return
from bulletin.moves import MoveRefused
from bulletin.views.desk.gate import Desk, desk_of
from bulletin.views.desk.ledger import LABELS
from windows.models import User


@require_POST
@login_required
def give(request: HttpRequest, year: int, month: int, kind: str) -> HttpResponse:
    desk = desk_of(request, year, month)
    name = _name(kind)
    try:
        nil_return(desk.place, kind, by=_user(request))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        words = {"month": month, "name": name}
        messages.success(
            request, _("已报：%(month)d月%(name)s零报告。有了再报，随时可以改。") % words
        )
    return _back(desk)


@require_POST
@login_required
def give_all(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The whole month in one press: whatever has no answer yet."""
    desk = desk_of(request, year, month)
    try:
        kinds = nil_month(desk.place, by=_user(request))
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return _back(desk)
    words = {"month": month, "names": "、".join(str(LABELS[kind]) for kind in kinds)}
    if kinds:
        text = _("已报：%(month)d月%(names)s零报告。有了再报，随时可以改。") % words
    else:
        text = _("%(month)d月各项都已经有了，没有再报。") % words
    messages.success(request, text)
    return _back(desk)


@require_POST
@login_required
def undo(request: HttpRequest, year: int, month: int, kind: str) -> HttpResponse:
    desk = desk_of(request, year, month)
    name = _name(kind)
    undo_nil_return(desk.place, kind, by=_user(request))
    messages.success(request, _("已撤回%(name)s零报告。") % {"name": name})
    return _back(desk)


def _name(kind: str) -> str:
    if kind not in LABELS:
        raise Http404
    return str(LABELS[kind])


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # login_required stands above


def _back(desk: Desk) -> HttpResponse:
    page = reverse("desk:month", args=[desk.place.year, desk.place.month])
    return redirect(page + desk.query)
