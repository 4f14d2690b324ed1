"""The month's call to the windows, and what is asked of one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bulletin.forms.issues import next_issue
from bulletin.models import Call, Commission, Publication

from .base import RoomAdmin, RoomInline


class CommissionInline(RoomInline):
    model = Commission
    fields = (("window", "topic", "due"),)
    extra = 1


@admin.register(Call)
class CallAdmin(RoomAdmin):
    list_display = ("__str__", "publication", "cutoff", "is_open", "asked")
    list_select_related = ("publication",)
    inlines = (CommissionInline,)
    fields = ("publication", ("year", "month"), "cutoff", "topics", "is_open")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        return super().get_queryset(request).annotate(commission_total=Count("commissions"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        publication = Publication.objects.visible_to(request.user).first()
        if publication is None:
            return {}
        months = next_issue(publication)
        return {"publication": publication.pk, "year": months["year"], "month": months["month"]}

    @admin.display(description=_("约稿"))
    def asked(self, row: Any) -> int:
        return row.commission_total
