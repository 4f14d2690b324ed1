"""约稿 joined with what came in: from the call's page and from the item's, undone from both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bulletin.commissioning import answers, link, unanswered, unlink
from bulletin.models import Commission, Submission
from bulletin.moves import MoveRefused
from windows.models import User

from .base import person


class Asking:
    """Mixed in before RoomAdmin on the call's side: a page for each commission."""

    admin_site: Any

    def get_urls(self) -> list[Any]:
        wrap, one = self.admin_site.admin_view, "<int:pk>/commissions/<int:commission>/"
        return [
            path(one, wrap(self.came_in_view), name="bulletin_call_came_in"),
            path(f"{one}link/", wrap(self.link_view), name="bulletin_call_link"),
            path(f"{one}unlink/", wrap(self.unlink_view), name="bulletin_call_unlink"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_safe)
    def came_in_view(self, request: HttpRequest, pk: int, commission: int) -> HttpResponse:
        asked = self._asked(request, pk, commission)
        held = asked.submission
        context = {
            "asked": asked,
            "call": asked.call,
            "held": held if held and held.state != "draft" else None,
            "writing": bool(held and held.state == "draft"),
            "candidates": list(answers(asked, person(request))[:50]),
        }
        title = _("约稿“%(topic)s”") % {"topic": asked.topic}
        return self.page(request, "call/came_in.html", title, context)  # type: ignore[attr-defined]

    @method_decorator(require_POST)
    def link_view(self, request: HttpRequest, pk: int, commission: int) -> HttpResponseRedirect:
        asked = self._asked(request, pk, commission)
        if row := _chosen(answers(asked, person(request)), request, "submission"):
            join(request, asked, row)
        return redirect("admin:bulletin_call_came_in", asked.call_id, asked.pk)

    @method_decorator(require_POST)
    def unlink_view(self, request: HttpRequest, pk: int, commission: int) -> HttpResponseRedirect:
        asked = self._asked(request, pk, commission)
        part(request, asked)
        return redirect("admin:bulletin_call_came_in", asked.call_id, asked.pk)

    def _asked(self, request: HttpRequest, pk: int, commission: int) -> Commission:
        call = self.gate(request, pk)  # type: ignore[attr-defined]
        if not self.has_change_permission(request, call):  # type: ignore[attr-defined]
            raise PermissionDenied
        rows = call.commissions.select_related("call__publication", "window", "submission")
        return get_object_or_404(rows, pk=commission)


class Answering:
    """Mixed in before RoomAdmin on the item's side: joined and parted on the review page."""

    admin_site: Any

    def get_urls(self) -> list[Any]:
        wrap, stem = self.admin_site.admin_view, "bulletin_submission"
        own = [
            path("<int:pk>/commission/", wrap(self.join_view), name=f"{stem}_commission"),
            path("<int:pk>/uncommission/", wrap(self.part_view), name=f"{stem}_uncommission"),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_POST)
    def join_view(self, request: HttpRequest, pk: int) -> HttpResponseRedirect:
        row = self._own(request, pk)
        if asked := _chosen(unanswered(row), request, "commission"):
            join(request, asked, row)
        return _to(row)

    @method_decorator(require_POST)
    def part_view(self, request: HttpRequest, pk: int) -> HttpResponseRedirect:
        row = self._own(request, pk)
        if asked := getattr(row, "commission", None):
            part(request, asked)
        return _to(row)

    def _own(self, request: HttpRequest, pk: int) -> Submission:
        row: Submission = self.gate(request, pk)  # type: ignore[attr-defined]
        if not self.has_change_permission(request, row):  # type: ignore[attr-defined]
            raise PermissionDenied
        return row


def commission_context(row: Submission, user: User) -> dict[str, Any]:
    """For submission/commission.html: what it answers, or could."""
    held: Commission | None = getattr(row, "commission", None)
    offered = held is None and user.has_perm("bulletin.change_submission")
    return {"commission": held, "commissions": list(unanswered(row)) if offered else ()}


def join(request: HttpRequest, asked: Commission, row: Submission) -> None:
    try:
        link(asked, row, by=person(request))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已关联约稿“%(topic)s”。") % {"topic": asked.topic})


def part(request: HttpRequest, asked: Commission) -> None:
    try:
        unlink(asked, by=person(request))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        said = _("已取消关联，约稿“%(topic)s”又在等来稿。")
        messages.success(request, said % {"topic": asked.topic})


def _chosen(rows: QuerySet[Any], request: HttpRequest, field: str) -> Any:
    """The row named in the form, of those offered; None, and a word about it, without one."""
    typed = request.POST.get(field, "")
    found = rows.filter(pk=int(typed)).first() if typed.isdecimal() else None
    if found is None:
        messages.error(request, _("没有选上，或者刚被别人关联了。请看看现在的再选。"))
    return found


def _to(row: Submission) -> HttpResponseRedirect:
    return redirect("admin:bulletin_submission_change", row.pk)
