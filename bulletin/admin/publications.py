"""The periodicals: title, page, the headings and imprint every issue starts with."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bulletin.assembly import layout_of
from bulletin.forms.narratives import PublicationForm, offered
from bulletin.forms.publications import LayoutForm
from bulletin.models import ImprintTemplate, Publication, Recipient, SectionTemplate
from bulletin.narrating import narrative_of

from .base import RoomAdmin, RoomInline
from .printed import page_image
from .sample_page import sample


class SectionTemplateInline(RoomInline):
    model = SectionTemplate
    fields = (("position", "heading", "kind", "key", "print_when_empty"),)


class ImprintTemplateInline(RoomInline):
    model = ImprintTemplate
    fields = (("position", "label", "text"),)


class RecipientInline(RoomInline):
    model = Recipient
    fields = (("label", "name", "email", "is_active"),)


@admin.register(Publication)
class PublicationAdmin(RoomAdmin):
    list_display = ("title", "centre", "issuer", "public")
    list_select_related = ("centre",)
    inlines = (SectionTemplateInline, ImprintTemplateInline, RecipientInline)
    fieldsets = (
        (None, {"fields": ("centre", "title", "slug", "issuer", "is_public")}),
        (
            _("版面"),
            {
                "fields": (
                    ("rows_per_page", "cells_per_row"),
                    "hang_punctuation",
                    "autospace",
                ),
                "description": _("改动从下一份校样起印出来；已经送签、发布的各期照旧。"),
            },
        ),
        (_("网站检索"), {"fields": ("synonyms",)}),
        (_("运行情况"), {"fields": ("narrative", "told", "names")}),
    )
    form = PublicationForm
    readonly_fields = ("told", "names")

    class Media:
        js = ("bulletin/newsroom/sample.js",)

    def get_urls(self) -> list[Any]:
        sample = self.admin_site.admin_view(self.sample_view)
        return [path("sample.svg", sample, name="bulletin_publication_sample"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        shown = {name: form[name].value() for name in LayoutForm.base_fields if name in form.fields}
        context["sample_query"] = urlencode({name: value for name, value in shown.items() if value})
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_safe)
    def sample_view(self, request: HttpRequest) -> HttpResponse:
        """A page of made-up text as the asked settings print it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = LayoutForm(request.GET or None)
        if form.is_bound and not form.is_valid():
            raise Http404
        return page_image(sample(layout_of(form.instance)), 2)

    @admin.display(description=_("用在编的一期写成"))
    def told(self, row: Publication) -> str:
        issue = None
        if row.pk and row.narrative:
            issue = row.issues.exclude(state="published").order_by("year", "month").first()
        if issue is None:
            return gettext("有了模板和在编的一期，这里显示写成的样子。")
        told = narrative_of(issue, row.narrative)
        return told.sentence.text if told.sentence else told.reason

    @admin.display(description=_("可以用的名称"))
    def names(self, row: Publication) -> SafeString | str:
        if row.pk is None:
            return gettext("保存以后列出。")
        shown = ((one.name, one.label) for one in offered(row.centre, timezone.localdate()))
        return format_html_join("，", "<code>{}</code> {}", shown)

    @admin.display(description=_("公开"), ordering="is_public")
    def public(self, row: Publication) -> str:
        return gettext("公开") if row.is_public else gettext("不公开")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
