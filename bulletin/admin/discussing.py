"""What the pages of a submission and of an issue share: comments, and who else is there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bulletin.commenting import DEEDS, add_comment, mark_comment
from bulletin.models import Comment, Issue, Submission
from bulletin.moves import TABLES, MoveRefused
from bulletin.presence import others_at, touch
from windows.access import get_visible

from .base import person


class Discussed:
    """Mixed in before RoomAdmin, which gives the gate."""

    opts: Any
    admin_site: Any

    def edits(self, request: HttpRequest, row: Any) -> bool:
        """Whether the person, looking at the page, may be changing the row."""
        raise NotImplementedError

    def gate(self, request: HttpRequest, object_id: object) -> Any:
        return super().gate(request, object_id)  # type: ignore[misc]

    def get_urls(self) -> list[Any]:
        wrap, stem = self.admin_site.admin_view, f"bulletin_{self.opts.model_name}"
        return [
            path("<int:pk>/comments/", wrap(self.comment_view), name=f"{stem}_comment"),
            path(
                "<int:pk>/comments/<int:comment>/<slug:deed>/",
                wrap(self.comment_mark_view),
                name=f"{stem}_comment_mark",
            ),
            path("<int:pk>/presence/", wrap(self.presence_view), name=f"{stem}_presence"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_POST)
    def comment_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.gate(request, pk)
        text, pin = request.POST.get("comment", ""), "pin" in request.POST
        try:
            add_comment(row, by=person(request), text=text, pin=pin)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("批注已添加，窗口看不到。"))
        return self._to_comments(row)

    @method_decorator(require_POST)
    def comment_mark_view(
        self, request: HttpRequest, pk: int, comment: int, deed: str
    ) -> HttpResponse:
        row = self.gate(request, pk)
        found = get_visible(Comment.objects.about(row), request.user, pk=comment)
        if deed not in DEEDS:
            raise Http404
        mark_comment(found, deed, by=person(request))
        return self._to_comments(row)

    @method_decorator(require_POST)
    def presence_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every 20 seconds from the page's script: here still; and who else is."""
        return JsonResponse({"who": self.present(request, self.gate(request, pk))})

    def present(self, request: HttpRequest, row: Submission | Issue) -> str:
        """Say who else is at it, and be there oneself if it can be changed."""
        subject = TABLES[type(row)].subject
        if self.edits(request, row):
            touch(person(request), subject, row.pk)
        return others_at(person(request), subject, row.pk)

    def discussion(self, request: HttpRequest, row: Submission | Issue) -> dict[str, Any]:
        """For the page's template."""
        stem = f"admin:bulletin_{self.opts.model_name}"
        return {
            "comments": list(Comment.objects.visible_to(person(request)).about(row)),
            "comment_url": reverse(f"{stem}_comment", args=[row.pk]),
            "presence": self.present(request, row),
            "presence_url": reverse(f"{stem}_presence", args=[row.pk]),
        }

    def _to_comments(self, row: Submission | Issue) -> HttpResponseRedirect:
        stem = f"admin:bulletin_{self.opts.model_name}"
        return HttpResponseRedirect(reverse(f"{stem}_change", args=[row.pk]) + "#comments")
