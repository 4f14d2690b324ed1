"""The inbox: everything the windows handed in, and the page one item is reviewed on."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bulletin.assembly import StaleEdit
from bulletin.models import Submission, Trail
from bulletin.moves import MoveRefused, make_move
from bulletin.reasons import reason_label
from bulletin.reviewing import may_edit, review, save_edited
from bulletin.templatetags.newsroom import headline, mark, moment, since, state
from bulletin.workflow import REVIEW, Move

from .base import RoomAdmin, person
from .commissions import Answering, commission_context
from .discussing import Discussed
from .inbox_filters import DueChips, HolderChips, KindChips, MonthChips, StateChips, due_of
from .kept_filter import last_query, remember
from .review_page import BUTTONS, review_context

# The class of the reason a submission was last returned or declined for.
_LAST_REASON: Final = Subquery(
    Trail.objects.filter(
        subject="submission", subject_id=OuterRef("pk"), action__in=["return", "decline"]
    )
    .order_by("-serial")
    .annotate(reason=KT("data__reason"))
    .values("reason")[:1]
)


@admin.register(Submission)
class InboxAdmin(Answering, Discussed, RoomAdmin):
    doors = frozenset({"changelist", "change"})
    list_display = ("what", "whose", "which_state", "held_by", "held_since", "due")
    list_display_links = None
    list_filter = (StateChips, HolderChips, KindChips, DueChips, MonthChips)
    search_fields = ("handed_in", "edited", "window__name", "submitted_by__name")
    search_help_text = gettext_lazy("正文、单位、姓名")
    list_per_page = 50
    show_full_result_count = False
    actions = ("claim_selected", "release_selected")
    actions_selection_counter = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/edit/", wrap(self.edit_view), name="bulletin_submission_edit"),
            path(
                "<int:pk>/move/<slug:name>/", wrap(self.move_view), name="bulletin_submission_move"
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        rows: Any = super().get_queryset(request)
        return (
            rows.for_inbox()
            .select_related("placement__entry__section", "commission")
            .annotate(reason=_LAST_REASON)
        )

    # The list

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        last = last_query(request)
        if request.method == "GET":
            remember(request)
        context = {"bulk_moves": _bulk_moves(), "last_query": "" if request.GET else last}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=gettext_lazy("是什么"), ordering="moved_at")
    def what(self, row: Submission) -> SafeString:
        url = reverse("admin:bulletin_submission_change", args=[row.pk])
        size = _(" · %(n)s字") % {"n": len(row.text)} if row.text else ""
        return format_html(
            '<a href="{}">{}</a><small>{}{}</small>',
            url,
            headline(row),
            row.get_kind_display(),
            size,
        )

    @admin.display(description=gettext_lazy("谁报的"), ordering="window__department__order")
    def whose(self, row: Submission) -> SafeString:
        place = row.window.department if row.window else row.centre
        return format_html("{}<small>{}</small>", place, row.submitted_by or "")

    @admin.display(description=gettext_lazy("到哪一步"), ordering="state")
    def which_state(self, row: Any) -> SafeString:
        if row.state == "accepted" and getattr(row, "placement", None):
            return mark("done", _("已编入"))
        if row.state in {"returned", "declined"} and (why := reason_label(row.reason)):
            return format_html("{}<small>{}</small>", state(row), why)
        return state(row)

    @admin.display(description=gettext_lazy("在谁手里"), ordering="holder__name")
    def held_by(self, row: Submission) -> str:
        if row.state in {"submitted", "endorsed"}:
            return _("无人")
        if row.state == "returned":
            return str(row.submitted_by or "—")
        if placement := getattr(row, "placement", None):
            return _("编入“%(section)s”") % {"section": placement.entry.section}
        return str(row.holder or "—")

    @admin.display(description=gettext_lazy("自何时"), ordering="moved_at")
    def held_since(self, row: Submission) -> SafeString:
        return format_html("{}<small>{}</small>", moment(row.moved_at), since(row.moved_at))

    @admin.display(description=gettext_lazy("到期"), ordering="call__cutoff")
    def due(self, row: Submission) -> SafeString:
        at, what = due_of(row)
        return format_html("{}<small>{}</small>", moment(at) or "—", what)

    @admin.action(description=gettext_lazy("认领"), permissions=["claim"])
    def claim_selected(self, request: HttpRequest, queryset: QuerySet[Submission]) -> None:
        _move_all(request, queryset, "claim")

    @admin.action(description=gettext_lazy("放回"), permissions=["claim"])
    def release_selected(self, request: HttpRequest, queryset: QuerySet[Submission]) -> None:
        _move_all(request, queryset, "release")

    def has_claim_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("bulletin.claim_submission")

    # One item

    def edits(self, request: HttpRequest, row: Any) -> bool:
        return may_edit(row, person(request))

    @method_decorator(require_safe)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        submission = self.gate(request, object_id)
        return self._review(request, submission)

    def _review(self, request: HttpRequest, row: Submission, **extra: Any) -> HttpResponse:
        """The page; `status` tells a refused or stale save from a plain look."""
        status = extra.pop("status", 200)
        context = {**review_context(row, person(request)), **self.discussion(request, row)}
        context |= commission_context(row, person(request))
        context |= {"last_query": last_query(request), **extra}
        page = self.page(request, "submission/review.html", headline(row), context)
        page.status_code = status
        return page

    @method_decorator(require_POST)
    def edit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        submission = self.gate(request, pk)
        typed = request.POST.get("text", "")
        try:
            save_edited(submission, by=person(request), text=typed, version=_version(request))
        except StaleEdit as stale:
            return self._stale(request, submission, typed, stale)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("编辑稿已保存。"))
        return _back(submission)

    @method_decorator(require_POST)
    def move_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        submission = self.gate(request, pk)
        move = _move_named(name)
        typed, note = request.POST.get("text"), request.POST.get("note", "")
        reason = request.POST.get("reason", "")
        try:
            review(
                submission, move.name, by=person(request), note=note, reason=reason, text=typed,
                version=_version(request),
            )  # fmt: skip
        except StaleEdit as stale:
            return self._stale(request, submission, typed or "", stale)
        except MoveRefused as refused:
            return self._review(
                request, submission, typed=typed, note=note, reason=reason,
                refused=str(refused), status=409,
            )  # fmt: skip
        messages.success(request, _done(move, submission))
        return _back(submission)

    def _stale(
        self, request: HttpRequest, submission: Submission, typed: str, stale: StaleEdit
    ) -> HttpResponse:
        """Both texts; saving again, now against the fresh version, is a decision."""
        submission.refresh_from_db()
        return self._review(
            request, submission, typed=typed, stale=stale.current, refused=str(stale), status=409
        )


def _bulk_moves() -> list[dict[str, Any]]:
    """The buttons over the list, each with what it will do."""
    return [
        {"action": f"{name}_selected", "move": REVIEW.move(name)} for name in ("claim", "release")
    ]


def _move_all(request: HttpRequest, rows: QuerySet[Submission], name: str) -> None:
    """Each row by itself; then what happened to how many, and why not to the others."""
    done = 0
    refused: dict[str, list[str]] = {}
    for row in rows:
        try:
            make_move(row, name, by=person(request))
            done += 1
        except MoveRefused as reason:
            refused.setdefault(str(reason), []).append(headline(row))
    words = {"move": REVIEW.move(name).label, "n": done}
    if done:
        messages.success(request, _("%(move)s了%(n)s条。") % words)
    for why, titles in refused.items():
        words = {"n": len(titles), "why": why, "first": titles[0]}
        messages.warning(request, _("%(n)s条没有动（“%(first)s”等）：%(why)s") % words)


def _move_named(name: str) -> Move:
    if name not in BUTTONS:
        raise Http404
    return REVIEW.move(name)


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else 0


def _done(move: Move, row: Submission) -> str:
    return _("已%(move)s：%(what)s。") % {"move": move.label, "what": headline(row)}


def _back(row: Submission) -> HttpResponseRedirect:
    return redirect("admin:bulletin_submission_change", row.pk)
