"""The outbox to look at: what waits to be sent, what went out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin.models import Mail
from bulletin.templatetags.newsroom import mark, moment

from .base import ReadOnly, RoomAdmin


class SentChips(admin.SimpleListFilter):
    title = gettext_lazy("状态")
    parameter_name = "sent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [("no", _("待发")), ("yes", _("已发"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in {"no", "yes"}:
            return queryset.filter(sent_at__isnull=self.value() == "no")
        return queryset


@admin.register(Mail)
class MailAdmin(ReadOnly, RoomAdmin):
    doors = frozenset({"changelist"})
    list_display = ("what", "to", "which_state", "made")
    list_display_links = None
    list_filter = (SentChips,)
    search_fields = ("to", "subject")
    search_help_text = gettext_lazy("收件人、标题")
    show_full_result_count = False

    @admin.display(description=gettext_lazy("标题"))
    def what(self, row: Mail) -> SafeString:
        return format_html("{}<small>{}</small>", row.subject, row.body[:60])

    @admin.display(description=gettext_lazy("到哪一步"), ordering="sent_at")
    def which_state(self, row: Mail) -> SafeString:
        return mark("done", _("已发")) if row.sent_at else mark("held", _("待发"))

    @admin.display(description=gettext_lazy("写入"), ordering="made_at")
    def made(self, row: Mail) -> SafeString:
        return format_html("{}<small>{}</small>", moment(row.made_at), moment(row.sent_at))
