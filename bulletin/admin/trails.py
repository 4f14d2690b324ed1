"""The trail to read: nothing here is ever changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from bulletin.models import Trail
from bulletin.templatetags.newsroom import deed, moment
from bulletin.timeline import SUBJECTS
from bulletin.workflow import WORKFLOWS

from .base import ReadOnly, RoomAdmin


class SubjectChips(admin.SimpleListFilter):
    title = gettext_lazy("对象")
    parameter_name = "subject"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return list(SUBJECTS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(subject=self.value()) if self.value() else queryset


@admin.register(Trail)
class TrailAdmin(ReadOnly, RoomAdmin):
    doors = frozenset({"changelist"})
    list_display = ("when", "who", "what", "from_to", "why")
    list_display_links = None
    list_filter = (SubjectChips, ("at", admin.DateFieldListFilter))
    search_fields = ("actor_name", "label", "note")
    search_help_text = gettext_lazy("姓名、名称、理由")
    ordering = ("-at", "-serial")
    list_per_page = 100
    show_full_result_count = False

    @admin.display(description=gettext_lazy("时间"), ordering="at")
    def when(self, row: Trail) -> SafeString:
        return format_html("{}<small>{}</small>", moment(row.at), f"{row.serial}号")

    @admin.display(description=gettext_lazy("谁"), ordering="actor_name")
    def who(self, row: Trail) -> str:
        return row.actor_name

    @admin.display(description=gettext_lazy("做了什么"))
    def what(self, row: Trail) -> SafeString:
        return format_html("{}<small>{}</small>", deed(row), row.label)

    @admin.display(description=gettext_lazy("从哪一步到哪一步"))
    def from_to(self, row: Trail) -> str:
        table = WORKFLOWS.get(row.subject)
        if table is None or not row.target:
            return ""
        return f"{table.states.get(row.source, row.source)} → {table.states.get(row.target, '')}"

    @admin.display(description=gettext_lazy("理由"))
    def why(self, row: Trail) -> str:
        return row.note
