"""What an editor does to the entries of an issue; every view works without script.

The page's script sends the same forms and takes the answer's page apart, so an answer is
always a whole page: after a redirect, or with 409 where something stood against it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bulletin.assembly import (
    StaleEdit,
    StaleOrder,
    carry_entry,
    carry_submission,
    drop_entry,
    edit_entry,
    keep_by_hand,
    merge_entries,
    place_entry,
    place_waiting,
    restore,
    restore_composed,
    undo,
    waiting,
)
from bulletin.models import Aside, Entry, Issue, Submission
from bulletin.moves import MoveRefused
from bulletin.readiness import check_issue
from bulletin.timeline import action_label
from bulletin.waivers import acknowledge

from .base import person
from .discussing import comments_of
from .numbers import paragraph

look_or_save = method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
post = method_decorator(require_POST)


def back(issue: Issue, place: str = "") -> HttpResponseRedirect:
    url = reverse("admin:bulletin_issue_change", args=[issue.pk])
    return HttpResponseRedirect(f"{url}#{place}" if place else url)


def at_entry(entry: Entry) -> str:
    return f"entry-{entry.pk}"


def number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 10 else 0


class Assembling:
    """Mixed in before RoomAdmin, which gives gate, page and permissions."""

    VIEWS = (
        ("<int:pk>/undo/", "undo"),
        ("<int:pk>/acknowledge/", "acknowledge"),
        ("<int:pk>/asides/<int:aside>/restore/", "restore"),
        ("<int:pk>/waiting/<int:submission>/place/", "place_waiting"),
        ("<int:pk>/waiting/<int:submission>/next/", "carry_waiting"),
        ("<int:pk>/entries/<int:entry>/", "entry"),
        ("<int:pk>/entries/<int:entry>/place/", "place"),
        ("<int:pk>/entries/<int:entry>/drop/", "drop"),
        ("<int:pk>/entries/<int:entry>/next/", "carry"),
        ("<int:pk>/entries/<int:entry>/fix/", "fix"),
        ("<int:pk>/entries/<int:entry>/composed/", "composed"),
        ("<int:pk>/entries/<int:entry>/merge/", "merge_with"),
        ("<int:pk>/entries/<int:entry>/merge/<int:other>/", "merge"),
    )

    editing: Callable[[HttpRequest, int], Issue]
    page: Callable[..., Any]
    present: Callable[..., str]
    assembly: Callable[..., HttpResponse]
    send: Callable[[HttpRequest, Issue], HttpResponse]

    # An entry's words

    @look_or_save
    def entry_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        """The text and everything else that can be done with one entry."""
        issue = self.editing(request, pk)
        row = _entry(issue, entry)
        context: dict[str, Any] = {"text": row.text}
        if request.method == "POST":
            context["text"] = request.POST.get("text", "")
            version = number(request.POST.get("version"))
            try:
                edit_entry(
                    row,
                    by=person(request),
                    text=context["text"],
                    version=version,
                    revoking="revoke" in request.POST,
                )
            except StaleEdit as stale:
                row.refresh_from_db()
                context |= {"refused": str(stale), "stale": stale.current}
            except MoveRefused as refused:
                context |= {"refused": str(refused)}
            else:
                messages.success(request, _("条目已保存。"))
                if "send" in request.POST:
                    return self.send(request, issue)
                return back(issue, at_entry(row))
        return self._entry_page(request, issue, row, context)

    def _entry_page(
        self, request: HttpRequest, issue: Issue, row: Entry, context: dict[str, Any]
    ) -> HttpResponse:
        others = issue.entries.filter(kind=row.kind).exclude(pk=row.pk).select_related("section")
        context |= {
            "issue": issue,
            "entry": row,
            "sections": list(issue.sections.all()),
            "others": list(others.order_by("section__position", "position")),
            "pieces": paragraph(issue) if row.kind == Entry.Kind.NARRATIVE else [],
            **comments_of(request, row),
            "presence": self.present(request, issue),
            "presence_url": reverse("admin:bulletin_issue_presence", args=[issue.pk]),
        }
        page = self.page(request, "issue/entry.html", _("改条目"), context)
        page.status_code = 409 if "refused" in context else 200
        return page

    @post
    def fix_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        """Put a problem's suggestion in the place of the words it is about."""
        issue = self.editing(request, pk)
        row = _entry(issue, entry)
        key = request.POST.get("key")
        found = [one for one in check_issue(issue) if one.key == key and one.entry_id == row.pk]
        problem = next((one for one in found if one.suggestion is not None), None)
        if problem is None or problem.start is None:
            messages.error(request, _("这一处已经变了，请看最新的清单。"))
            return back(issue, at_entry(row))
        text = f"{row.text[: problem.start]}{problem.suggestion}{row.text[problem.end :]}"
        return self._do(
            request, issue, row, edit_entry, said=_("已改。"), text=text, version=row.version
        )

    @post
    def composed_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = _entry(issue, entry)
        if request.POST.get("deed") == "keep":
            return self._do(request, issue, row, keep_by_hand, said=_("保留了您写的。"))
        return self._do(request, issue, row, restore_composed, said=_("已恢复系统写的。"))

    # Its place

    @post
    def place_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        """Up, down, to a place, or to another section's end; refused where the order is not
        the one that was looked at."""
        issue = self.editing(request, pk)
        row = _entry(issue, entry)
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
        row = _entry(issue, entry)
        said = _("已取下“%(what)s”，来稿回到待编入。") % {"what": row.text[:20]}
        return self._do(request, issue, row, drop_entry, said=said, place="waiting")

    @post
    def carry_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = _entry(issue, entry)
        said = _("“%(what)s”已移至下期。") % {"what": row.text[:20]}
        reason = request.POST.get("reason", "")
        return self._do(request, issue, row, carry_entry, said=said, place="moved", reason=reason)

    @post
    def restore_view(self, request: HttpRequest, pk: int, aside: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = get_object_or_404(issue.asides, pk=aside)
        done = _("已拆开。") if row.deed == Aside.Deed.MERGED else _("已放回原处。")
        return self._do(request, issue, row, restore, said=done, place="waiting")

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

    # Two entries, one event

    @post
    def merge_with_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        """From the choice of the other entry to the page with both texts."""
        issue = self.editing(request, pk)
        row = _entry(issue, entry)
        other = issue.entries.filter(pk=number(request.POST.get("other"))).first()
        if other is None:
            messages.error(request, _("请选本期里的另一条来合并。"))
            return back(issue, at_entry(row))
        at = reverse("admin:bulletin_issue_merge", args=[issue.pk, row.pk, other.pk])
        return HttpResponseRedirect(at)

    @look_or_save
    def merge_view(self, request: HttpRequest, pk: int, entry: int, other: int) -> HttpResponse:
        issue = self.editing(request, pk)
        one, two = _entry(issue, entry), _entry(issue, other)
        context: dict[str, Any] = {"issue": issue, "one": one, "two": two, "text": one.text}
        context["version"] = issue.version
        if request.method == "POST":
            own = request.POST.get("text", "")
            use = request.POST.get("use")
            text = {"one": one.text, "two": two.text}.get(use or "", own)
            seen = number(request.POST.get("version")) or None
            try:
                kept = merge_entries(one, two, by=person(request), text=text, version=seen)
            except MoveRefused as refused:
                context |= {"refused": str(refused), "text": own, "use": use}
            else:
                messages.success(request, _("已合并，两家都记作来源。可以随时拆开。"))
                return back(issue, at_entry(kept))
        page = self.page(request, "issue/merge.html", _("合并两条"), context)
        page.status_code = 409 if "refused" in context else 200
        return page

    # What waits

    @post
    def place_waiting_view(self, request: HttpRequest, pk: int, submission: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = _waiting(issue, submission)
        return self._do(
            request, issue, row, place_waiting, said=_("已编入。"), place="waiting", issue_too=True
        )

    @post
    def carry_waiting_view(self, request: HttpRequest, pk: int, submission: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = _waiting(issue, submission)
        said = _("“%(what)s”已移至下期。") % {"what": row.headline}
        reason = request.POST.get("reason", "")
        return self._do(
            request, issue, row, carry_submission,
            said=said, place="moved", issue_too=True, reason=reason,
        )  # fmt: skip

    # Warnings

    @post
    def acknowledge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = self.editing(request, pk)
        keys, reason = request.POST.getlist("key"), request.POST.get("reason", "")
        try:
            made = acknowledge(issue, keys, by=person(request), reason=reason)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已确认%(n)s处，记了您的名字和理由。") % {"n": len(made)})
        return back(issue, f"problem-{keys[0]}" if keys else "")

    def _do(
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


def _entry(issue: Issue, pk: int) -> Entry:
    return get_object_or_404(issue.entries.select_related("section", "issue__publication"), pk=pk)


def _waiting(issue: Issue, pk: int) -> Submission:
    row = waiting(issue).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
