"""The periodicals: title, page, the headings and imprint every issue starts with."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bulletin.models import ImprintTemplate, Publication, SectionTemplate

from .base import RoomAdmin, RoomInline


class SectionTemplateInline(RoomInline):
    model = SectionTemplate
    fields = (("position", "heading", "kind", "key", "print_when_empty"),)


class ImprintTemplateInline(RoomInline):
    model = ImprintTemplate
    fields = (("position", "label", "text"),)


@admin.register(Publication)
class PublicationAdmin(RoomAdmin):
    list_display = ("title", "centre", "issuer", "public")
    list_select_related = ("centre",)
    inlines = (SectionTemplateInline, ImprintTemplateInline)
    fieldsets = (
        (None, {"fields": ("centre", "title", "slug", "issuer", "is_public")}),
        (_("版面"), {"fields": ("rows_per_page", "cells_per_row")}),
        (_("网站检索"), {"fields": ("synonyms",)}),
        (_("运行情况"), {"fields": ("narrative",)}),
    )

    @admin.display(description=_("公开"), ordering="is_public")
    def public(self, row: Publication) -> str:
        return gettext("公开") if row.is_public else gettext("不公开")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
