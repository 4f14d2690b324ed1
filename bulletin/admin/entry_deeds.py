"""What the views of one issue's entries share: where they lead back to, and one deed said.

The page's script sends the same forms and takes the answer's page apart, so an answer is
always a whole page: after a redirect, or with 409 where something stood against it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from bulletin.models import Entry, Issue
from bulletin.moves import MoveRefused

from .base import person

look_or_save = method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
post = method_decorator(require_POST)


def back(issue: Issue, place: str = "") -> HttpResponseRedirect:
    url = reverse("admin:bulletin_issue_change", args=[issue.pk])
    return HttpResponseRedirect(f"{url}#{place}" if place else url)


def at_entry(entry: Entry) -> str:
    return f"entry-{entry.pk}"


def number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 10 else 0


def entry_of(issue: Issue, pk: int) -> Entry:
    return get_object_or_404(issue.entries.select_related("section", "issue__publication"), pk=pk)


class EntryDeeds:
    """Mixed in before RoomAdmin, which gives gate, page and permissions."""

    editing: Callable[[HttpRequest, int], Issue]
    page: Callable[..., Any]
    present: Callable[..., str]
    assembly: Callable[..., HttpResponse]
    send: Callable[[HttpRequest, Issue], HttpResponse]

    def do_to(
        self,
        request: HttpRequest,
        issue: Issue,
        row: Any,
        deed: Callable[..., Any],
        *,
        said: str,
        place: str = "",
        issue_too: bool = False,
        **words: Any,
    ) -> HttpResponse:
        """One deed on one row; what was done, or why not, is said on the issue's page."""
        try:
            deed(row, *([issue] if issue_too else []), by=person(request), **words)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        return back(issue, at_entry(row) if isinstance(row, Entry) and not place else place)
