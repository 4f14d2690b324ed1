"""The headings of one issue, changed on its page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from bulletin.assembly import add_section, move_section, remove_section, rename_section
from bulletin.models import Issue, Section
from bulletin.moves import MoveRefused
from windows.models import User

from .base import person
from .entry_deeds import back, post


class Headings:
    """Mixed in before RoomAdmin."""

    HEADING_VIEWS = (
        ("<int:pk>/sections/", "add_section"),
        ("<int:pk>/sections/<int:section>/", "section"),
    )

    editing: Callable[[HttpRequest, int], Issue]

    @post
    def add_section_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = self.editing(request, pk)
        heading = request.POST.get("heading", "")
        try:
            section = add_section(issue, by=person(request), heading=heading)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return back(issue, "headings")
        messages.success(request, _("已加栏目“%(what)s”，只在本期。") % {"what": section})
        return back(issue, f"section-{section.pk}")

    @post
    def section_view(self, request: HttpRequest, pk: int, section: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = get_object_or_404(issue.sections.select_related("issue__publication"), pk=section)
        try:
            said = _change(row, request, person(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        return back(issue, f"section-{row.pk}")


def _change(row: Section, request: HttpRequest, by: User) -> str:
    deed = request.POST.get("deed")
    if deed in {"up", "down"}:
        move_section(row, by=by, position=row.position + (1 if deed == "down" else -1))
        return _("栏目次序已调整。")
    if deed == "remove":
        remove_section(row, by=by)
        return _("已删去栏目“%(what)s”。") % {"what": row}
    empty = "print_when_empty" in request.POST
    heading = request.POST.get("heading", "")
    rename_section(row, by=by, heading=heading, print_when_empty=empty)
    return _("栏目已保存。")
