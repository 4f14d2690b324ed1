"""A Word document edited outside comes back to its issue: compared, accepted change by change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bulletin.models import Issue, ReturnedCopy
from bulletin.moves import MoveRefused
from bulletin.returning import accept, decline, offers, receive
from bulletin.uploads.checking import LARGEST
from windows.importing.refusals import Refused

from .base import person


class Returning:
    """Mixed in before RoomAdmin; IssueAdmin gives `editing`, the gate for those who edit."""

    admin_site: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        views = (
            ("<int:pk>/returned/", self.returned_view, "returned"),
            ("<int:pk>/returned/<int:copy>/", self.returned_copy_view, "returned_copy"),
            ("<int:pk>/returned/<int:copy>/settle/", self.returned_settle_view, "returned_settle"),
        )
        own = [path(at, wrap(view), name=f"bulletin_issue_{name}") for at, view, name in views]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def returned_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The copies that came back, and the door for one more."""
        issue: Issue = self.editing(request, pk)  # type: ignore[attr-defined]
        refused = ""
        if request.method == "POST":
            try:
                return _to(receive(issue, by=person(request), **_uploaded(request)))
            except (Refused, MoveRefused) as error:
                refused = str(error)
        copies = _copies(issue)[:20]
        context = {"issue": issue, "copies": copies, "refused": refused}
        return self._returned(request, "upload", _("Word改稿"), context, bool(refused))

    @method_decorator(require_safe)
    def returned_copy_view(self, request: HttpRequest, pk: int, copy: int) -> HttpResponse:
        issue: Issue = self.editing(request, pk)  # type: ignore[attr-defined]
        row = get_object_or_404(_copies(issue), pk=copy)
        found = offers(row)
        context = {
            "issue": issue,
            "copy": row,
            "offers": [one for one in found if one.acceptable],
            "named": [one for one in found if not one.acceptable],
        }
        return self._returned(request, "copy", _("对照Word改稿"), context)

    @method_decorator(require_POST)
    def returned_settle_view(self, request: HttpRequest, pk: int, copy: int) -> HttpResponse:
        issue: Issue = self.editing(request, pk)  # type: ignore[attr-defined]
        row = get_object_or_404(_copies(issue), pk=copy)
        key, deed = request.POST.get("key", ""), request.POST.get("deed", "")
        try:
            if deed == "accept":
                accept(row, key, by=person(request), version=_version(request))
                messages.success(request, _("已采用这一处。"))
            elif deed == "decline":
                decline(row, key, by=person(request))
                messages.success(request, _("这一处照系统里的，不改。"))
            else:
                messages.error(request, _("请按“采用”或“不改”，说明这一处怎么办。"))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        return _to(row)

    def _returned(
        self,
        request: HttpRequest,
        name: str,
        title: str,
        context: dict[str, Any],
        refused: bool = False,
    ) -> HttpResponse:
        template = f"issue/returned/{name}.html"
        page: HttpResponse = self.page(request, template, title, context)  # type: ignore[attr-defined]
        page.status_code = 409 if refused else 200
        return page


def _copies(issue: Issue) -> QuerySet[ReturnedCopy]:
    return ReturnedCopy.objects.filter(issue=issue).select_related("by")


def _uploaded(request: HttpRequest) -> dict[str, Any]:
    """Name and bytes of the file. Raises Refused."""
    file = request.FILES.get("document")
    if file is None:
        raise Refused(_("还没有选文件。请先选一个Word文档（.docx）。"))
    if (file.size or 0) > LARGEST:
        raise Refused(_("文件超过%(n)sMB。请去掉图片，再上传。") % {"n": LARGEST // 2**20})
    return {"name": file.name or "", "data": file.read()}


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else 0


def _to(copy: ReturnedCopy) -> HttpResponseRedirect:
    url = reverse("admin:bulletin_issue_returned_copy", args=[copy.issue_id, copy.pk])
    return HttpResponseRedirect(url)
