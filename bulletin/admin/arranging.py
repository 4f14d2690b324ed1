"""Where the entries of an issue stand: moved, taken down, left to the next one, put back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from bulletin.assembly import (
    StaleOrder,
    carry_entry,
    carry_submission,
    drop_entry,
    place_entry,
    place_waiting,
    restore,
    undo,
    waiting,
)
from bulletin.models import Aside, Issue, Submission
from bulletin.moves import MoveRefused
from bulletin.timeline import action_label

from .base import person
from .entry_deeds import EntryDeeds, at_entry, back, entry_of, number, post


class Arranging(EntryDeeds):
    ARRANGING_VIEWS = (
        ("<int:pk>/undo/", "undo"),
        ("<int:pk>/asides/<int:aside>/restore/", "restore"),
        ("<int:pk>/waiting/<int:submission>/place/", "place_waiting"),
        ("<int:pk>/waiting/<int:submission>/next/", "carry_waiting"),
        ("<int:pk>/entries/<int:entry>/place/", "place"),
        ("<int:pk>/entries/<int:entry>/drop/", "drop"),
        ("<int:pk>/entries/<int:entry>/next/", "carry"),
    )

    @post
    def place_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        """Up, down, to a place, or to another section's end; refused where the order is not
        the one that was looked at."""
        issue = self.editing(request, pk)
        row = entry_of(issue, entry)
        section, position = row.section, row.position
        go = request.POST.get("go")
        if wanted := number(request.POST.get("section")):
            section = get_object_or_404(issue.sections, pk=wanted)
        if go in {"up", "down"}:
            position += 1 if go == "down" else -1
        elif go == "to":
            position = number(request.POST.get("position")) or position
        elif go == "section":
            position = section.entries.count() + 1
        seen = number(request.POST.get("version")) or None
        try:
            place_entry(row, by=person(request), section=section, position=position, version=seen)
        except StaleOrder as stale:
            again = {"entry": row, "section": section, "position": position}
            return self.assembly(request, issue, {"refused": str(stale), "again": again})
        except MoveRefused as refused:
            messages.error(request, str(refused))
        return back(issue, at_entry(row))

    @post
    def drop_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = entry_of(issue, entry)
        said = _("已取下“%(what)s”，来稿回到待编入。") % {"what": row.text[:20]}
        return self.do_to(request, issue, row, drop_entry, said=said, place="waiting")

    @post
    def carry_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = entry_of(issue, entry)
        said = _("“%(what)s”已移至下期。") % {"what": row.text[:20]}
        reason = request.POST.get("reason", "")
        return self.do_to(request, issue, row, carry_entry, said=said, place="moved", reason=reason)

    @post
    def restore_view(self, request: HttpRequest, pk: int, aside: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = get_object_or_404(issue.asides, pk=aside)
        done = _("已拆开。") if row.deed == Aside.Deed.MERGED else _("已放回原处。")
        return self.do_to(request, issue, row, restore, said=done, place="waiting")

    @post
    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = self.editing(request, pk)
        try:
            step = undo(issue, number(request.POST.get("serial")), by=person(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            words = {"step": action_label("issue", step.action)}
            messages.success(request, _("已撤销上一步：%(step)s。") % words)
        return back(issue)

    # What waits

    @post
    def place_waiting_view(self, request: HttpRequest, pk: int, submission: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = _waiting(issue, submission)
        return self.do_to(
            request, issue, row, place_waiting, said=_("已编入。"), place="waiting", issue_too=True
        )

    @post
    def carry_waiting_view(self, request: HttpRequest, pk: int, submission: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = _waiting(issue, submission)
        said = _("“%(what)s”已移至下期。") % {"what": row.headline}
        reason = request.POST.get("reason", "")
        return self.do_to(
            request, issue, row, carry_submission,
            said=said, place="moved", issue_too=True, reason=reason,
        )  # fmt: skip


def _waiting(issue: Issue, pk: int) -> Submission:
    row = waiting(issue).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
