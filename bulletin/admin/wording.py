"""What the entries of an issue say: edited, mended, merged, their warnings answered for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.assembly import (
    StaleEdit,
    edit_entry,
    keep_by_hand,
    merge_entries,
    restore_composed,
)
from bulletin.models import Entry, Issue
from bulletin.moves import MoveRefused
from bulletin.readiness import check_issue
from bulletin.waivers import acknowledge

from .base import person
from .discussing import comments_of
from .entry_deeds import EntryDeeds, at_entry, back, entry_of, look_or_save, number, post
from .numbers import paragraph


class Wording(EntryDeeds):
    WORDING_VIEWS = (
        ("<int:pk>/acknowledge/", "acknowledge"),
        ("<int:pk>/entries/<int:entry>/", "entry"),
        ("<int:pk>/entries/<int:entry>/fix/", "fix"),
        ("<int:pk>/entries/<int:entry>/composed/", "composed"),
        ("<int:pk>/entries/<int:entry>/merge/", "merge_with"),
        ("<int:pk>/entries/<int:entry>/merge/<int:other>/", "merge"),
    )

    @look_or_save
    def entry_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        """The text and everything else that can be done with one entry."""
        issue = self.editing(request, pk)
        row = entry_of(issue, entry)
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
        row = entry_of(issue, entry)
        key = request.POST.get("key")
        found = [one for one in check_issue(issue) if one.key == key and one.entry_id == row.pk]
        problem = next((one for one in found if one.suggestion is not None), None)
        if problem is None or problem.start is None:
            messages.error(request, _("这一处已经变了，请看最新的清单。"))
            return back(issue, at_entry(row))
        text = f"{row.text[: problem.start]}{problem.suggestion}{row.text[problem.end :]}"
        return self.do_to(
            request, issue, row, edit_entry, said=_("已改。"), text=text, version=row.version
        )

    @post
    def composed_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        issue = self.editing(request, pk)
        row = entry_of(issue, entry)
        if request.POST.get("deed") == "keep":
            return self.do_to(request, issue, row, keep_by_hand, said=_("保留了您写的。"))
        return self.do_to(request, issue, row, restore_composed, said=_("已恢复系统写的。"))

    # Two entries, one event

    @post
    def merge_with_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        """From the choice of the other entry to the page with both texts."""
        issue = self.editing(request, pk)
        row = entry_of(issue, entry)
        other = issue.entries.filter(pk=number(request.POST.get("other"))).first()
        if other is None:
            messages.error(request, _("请选本期里的另一条来合并。"))
            return back(issue, at_entry(row))
        at = reverse("admin:bulletin_issue_merge", args=[issue.pk, row.pk, other.pk])
        return HttpResponseRedirect(at)

    @look_or_save
    def merge_view(self, request: HttpRequest, pk: int, entry: int, other: int) -> HttpResponse:
        issue = self.editing(request, pk)
        one, two = entry_of(issue, entry), entry_of(issue, other)
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
