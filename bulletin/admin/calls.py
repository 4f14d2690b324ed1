"""The month's call to the windows, what is asked of one of them, and the reminders."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bulletin.forms.issues import next_issue
from bulletin.models import Call, Commission, Publication
from bulletin.moves import MoveRefused
from bulletin.reminding import Reminded, remind
from bulletin.templatetags.newsroom import moment, state

from .base import RoomAdmin, RoomInline, person
from .commissions import Asking
from .discussing import comments_of


class CommissionInline(RoomInline):
    model = Commission
    fields = (("window", "topic", "due"), "came_in")
    readonly_fields = ("came_in",)
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Commission]:
        return super().get_queryset(request).select_related("window", "submission")

    @admin.display(description=gettext_lazy("来稿"))
    def came_in(self, row: Commission) -> str | SafeString:
        """A draft is the window's own business: it is said, not linked."""
        if row.pk is None:
            return _("保存之后，窗口在“我的本月”看到。")
        join = reverse("admin:bulletin_call_came_in", args=[row.call_id, row.pk])
        if row.submission is None:
            choose = _("选一篇来稿关联")
            return format_html('{} <a href="{}">{}</a>', _("还没有来稿。"), join, choose)
        if row.submission.state in {"draft", "withdrawn"}:
            return state(row.submission)
        url = reverse("admin:bulletin_submission_change", args=[row.submission_id])
        return format_html(
            '<a href="{}">{}</a> {} <a href="{}">{}</a>',
            url,
            row.submission.headline,
            state(row.submission),
            join,
            _("改关联"),
        )


@admin.register(Call)
class CallAdmin(Asking, RoomAdmin):
    list_display = ("__str__", "publication", "until", "collecting", "asked")
    list_select_related = ("publication",)
    inlines = (CommissionInline,)
    fields = ("publication", ("year", "month"), "cutoff", "topics", "is_open")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/remind/", wrap(self.remind_view), name="bulletin_call_remind"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        answered = Q(commissions__submission__isnull=False) & ~Q(
            commissions__submission__state__in=["draft", "withdrawn"]
        )
        return (
            super()
            .get_queryset(request)
            .annotate(
                commission_total=Count("commissions"),
                answered_total=Count("commissions", filter=answered),
            )
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        said = comments_of(request, self.gate(request, unquote(object_id)))
        return super().change_view(request, object_id, form_url, {**said, **(extra_context or {})})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        publication = Publication.objects.visible_to(request.user).first()
        if publication is None:
            return {}
        months = next_issue(publication)
        return {"publication": publication.pk, "year": months["year"], "month": months["month"]}

    @admin.display(description=gettext_lazy("截止"), ordering="cutoff")
    def until(self, row: Call) -> str:
        return moment(row.cutoff)

    @admin.display(description=gettext_lazy("征稿中"), ordering="is_open")
    def collecting(self, row: Call) -> str:
        return _("是") if row.is_open else _("已结束")

    @admin.display(description=gettext_lazy("约稿"))
    def asked(self, row: Any) -> str:
        if not row.commission_total:
            return "—"
        words = {"n": row.commission_total, "came": row.answered_total}
        return _("约%(n)s篇，来%(came)s篇") % words

    @method_decorator(require_POST)
    def remind_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        call: Call = self.gate(request, pk)
        if not self.has_change_permission(request, call):
            raise PermissionDenied
        try:
            done = remind(call, by=person(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _said(done))
        bench = reverse("admin:index")
        return HttpResponseRedirect(f"{bench}?publication={call.publication.slug}#wall")


def _said(done: Reminded) -> str:
    """What the press did, in one line."""
    words = {"sent": done.sent, "already": done.already, "who": "、".join(done.unreachable)}
    parts = []
    if done.sent:
        parts.append(_("催报邮件写给了%(sent)s人。") % words)
    if done.already:
        parts.append(_("%(already)s人今天已经催过，没有重发。") % words)
    if done.unreachable:
        parts.append(_("%(who)s没有邮箱，请打电话。") % words)
    return "".join(parts) or _("没有要催的。")
