"""Comments on whatever the newsroom works with: one gate, one form, one list; and who is there.

**comments_of(request, row)     # for the template parts/comments.html
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bulletin.commenting import add_comment, talked_about
from bulletin.models import Comment, Issue, Submission
from bulletin.models.comments import ABOUT, Discussable, subject_of
from bulletin.moves import TABLES, MoveRefused
from bulletin.presence import others_at, touch
from windows.access import get_visible

from .base import person

# Who may look at the object may read and write what is said of it.
LOOKED_AT_WITH: Final = {
    "submission": "bulletin.view_submission",
    "issue": "bulletin.view_issue",
    "entry": "bulletin.view_issue",
    "edition": "bulletin.view_edition",
    "call": "bulletin.view_call",
    "report": "stats.view_monthlyreport",
}
# The pages that show the comments of their object themselves; the others have a page for them.
_OWN_PAGE: Final = ("submission", "issue", "edition", "call")


def gate(request: HttpRequest, subject: str, pk: int) -> Discussable:
    """The visible object, or 404; 403 for a role that has no business with such objects."""
    if subject not in ABOUT:
        raise Http404
    model: Any = ABOUT[subject]
    row: Discussable = get_visible(model._default_manager.all(), request.user, pk=pk)
    if not person(request).has_perm(LOOKED_AT_WITH[subject]):
        raise PermissionDenied
    return row


def comments_of(request: HttpRequest, row: Discussable) -> dict[str, Any]:
    """For parts/comments.html."""
    target = talked_about(row)
    rows = Comment.objects.visible_to(person(request)).about(target)
    at = reverse("admin:bulletin_comment_about", args=[subject_of(target), target.pk])
    return {"comments": list(rows), "comment_url": at}


def said_of_entries(request: HttpRequest, issue: Issue) -> dict[int, list[Comment]]:
    """What is open, for each entry: shown beside it; the pinned note first."""
    rows = Comment.objects.visible_to(person(request)).filter(entry__issue=issue).open()
    said: dict[int, list[Comment]] = defaultdict(list)
    for row in rows.select_related("author").order_by("-pinned", "made_at", "pk"):
        said[row.entry_id or 0].append(row)
    return dict(said)


def page_of(row: Discussable) -> str:
    """Where the object and what is said of it are read together."""
    target = talked_about(row)
    subject = subject_of(target)
    if subject in _OWN_PAGE:
        return reverse(f"admin:bulletin_{subject}_change", args=[target.pk]) + "#comments"
    return reverse("admin:bulletin_comment_about", args=[subject, target.pk])


def add_from(request: HttpRequest, row: Discussable) -> HttpResponseRedirect:
    """Write the comment of the form and go back to where it is read."""
    text, pin = request.POST.get("comment", ""), "pin" in request.POST
    try:
        add_comment(row, by=person(request), text=text, pin=pin)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("批注已添加，窗口看不到。"))
    return redirect(page_of(row))


class Discussed:
    """Mixed in before RoomAdmin, which gives the gate: a page with comments and presence."""

    opts: Any
    admin_site: Any

    def edits(self, request: HttpRequest, row: Any) -> bool:
        """Whether the person, looking at the page, may be changing the row."""
        raise NotImplementedError

    def gate(self, request: HttpRequest, object_id: object) -> Any:
        return super().gate(request, object_id)  # type: ignore[misc]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.presence_view)
        name = f"bulletin_{self.opts.model_name}_presence"
        return [path("<int:pk>/presence/", view, name=name), *super().get_urls()]  # type: ignore[misc]

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
        said = said_of_entries(request, row) if isinstance(row, Issue) else {}
        return {
            **comments_of(request, row),
            "said_of_entries": said,
            "presence": self.present(request, row),
            "presence_url": reverse(f"{stem}_presence", args=[row.pk]),
        }
