"""The trail to read: nothing here is ever changed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bulletin.models import Trail
from bulletin.templatetags.newsroom import deed, moment
from bulletin.timeline import SUBJECTS
from bulletin.workflow import WORKFLOWS
from windows.importing.escaping import escape

from .base import ReadOnly, RoomAdmin
from .trail_filters import DeedChips, OneObject, PersonChips, Since, SubjectChips, Until

# Columns of the export: heading → what of the row.
COLUMNS: Final[dict[str, Callable[[Trail], Any]]] = {
    "序号": lambda row: row.serial,
    "时间": lambda row: f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}",
    "谁": lambda row: row.actor_name,
    "对象": lambda row: str(SUBJECTS.get(row.subject, row.subject)),
    "编号": lambda row: row.subject_id,
    "名称": lambda row: row.label,
    "做了什么": deed,
    "从": lambda row: row.source,
    "到": lambda row: row.target,
    "理由": lambda row: row.note,
    "附": lambda row: json.dumps(row.data, ensure_ascii=False) if row.data else "",
    "指纹": lambda row: row.digest,
}


@admin.register(Trail)
class TrailAdmin(ReadOnly, RoomAdmin):
    doors = frozenset({"changelist", "export"})
    list_display = ("when", "who", "what", "from_to", "why")
    list_display_links = None
    list_filter = (
        OneObject,
        SubjectChips,
        DeedChips,
        PersonChips,
        Since,
        Until,
    )
    search_fields = ("actor_name", "label", "note")
    search_help_text = gettext_lazy("姓名、名称、理由")
    ordering = ("-at", "-serial")
    list_per_page = 100
    show_full_result_count = False

    def get_urls(self) -> list[Any]:
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/", export, name="bulletin_trail_export"), *super().get_urls()]

    @method_decorator(require_safe)
    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """The rows of the list as narrowed, oldest first, as CSV for a spreadsheet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).queryset.order_by("centre", "serial")
        response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="trail.csv"'
        return response

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


class _Echo:
    """What a csv writer writes to: hands back each line."""

    def write(self, line: str) -> str:
        return line


def _lines(rows: QuerySet[Trail]) -> Iterator[str]:
    """Row by row; the mark in front lets spreadsheets take it for UTF-8, and no cell runs."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for row in rows.iterator(chunk_size=500):
        yield writer.writerow([escape(column(row)) for column in COLUMNS.values()])
