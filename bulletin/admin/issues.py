"""The issues: opening one, assembling it, sending its proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bulletin.assembly import build_document, collect, open_issue
from bulletin.assembly.particulars import change_particulars
from bulletin.forms.issues import OpenIssueForm, ParticularsForm
from bulletin.marking import UNFINISHED
from bulletin.models import Issue
from bulletin.moves import MoveRefused
from bulletin.publishing import send_proof
from bulletin.templatetags.newsroom import state

from .arranging import Arranging
from .assembly_page import assembly_context
from .base import RoomAdmin, person
from .discussing import Discussed
from .entry_deeds import back, look_or_save
from .headings import Headings
from .numbers import Numbered, paragraph
from .printed import attachment, page_image
from .returning import Returning
from .wording import Wording


@admin.register(Issue)
class IssueAdmin(Arranging, Wording, Headings, Numbered, Discussed, Returning, RoomAdmin):
    list_display = ("which", "covers", "which_state", "entry_count", "issued_on")
    list_display_links = None
    list_select_related = ("publication",)
    list_per_page = 50

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        views: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("<int:pk>/particulars/", self.particulars_view, "particulars"),
            ("<int:pk>/collect/", self.collect_view, "collect"),
            ("<int:pk>/send/", self.send_view, "send"),
            ("<int:pk>/pages/<int:number>.svg", self.page_view, "page"),
            ("<int:pk>/draft/<slug:name>/", self.draft_view, "draft"),
        ]
        for at, name in (*self.ARRANGING_VIEWS, *self.WORDING_VIEWS, *self.HEADING_VIEWS):
            views.append((at, getattr(self, f"{name}_view"), name))
        own = [path(at, wrap(view), name=f"bulletin_issue_{name}") for at, view, name in views]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        return super().get_queryset(request).annotate(entry_total=Count("entries"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # The list

    @admin.display(description=gettext_lazy("期"), ordering="number")
    def which(self, row: Issue) -> SafeString:
        url = reverse("admin:bulletin_issue_change", args=[row.pk])
        return format_html(
            '<a href="{}">{}</a><small>{}</small>', url, row.number_label, row.publication
        )

    @admin.display(description=gettext_lazy("所报月份"), ordering="year")
    def covers(self, row: Issue) -> str:
        return row.period.label

    @admin.display(description=gettext_lazy("到哪一步"), ordering="state")
    def which_state(self, row: Issue) -> SafeString:
        return state(row)

    @admin.display(description=gettext_lazy("条目"))
    def entry_count(self, row: Any) -> int:
        return row.entry_total

    # Opening

    @look_or_save
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = OpenIssueForm(person(request), request.POST or None)
        if form.is_valid():
            try:
                issue = open_issue(by=person(request), **form.cleaned_data)
            except (MoveRefused, ValidationError) as refused:
                form.add_error(None, _reason(refused))
            else:
                messages.success(
                    request, _("已开%(what)s。按“收集”编入已采用的报送。") % {"what": issue}
                )
                return redirect("admin:bulletin_issue_change", issue.pk)
        return self.page(request, "issue/open.html", _("开新一期"), {"form": form})

    # Assembling

    @method_decorator(require_safe)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self.assembly(request, self.gate(request, object_id), {})

    def assembly(
        self, request: HttpRequest, issue: Issue, told: dict[str, Any]
    ) -> TemplateResponse:
        """The issue on one page; 409 where `told` says what stood against a change."""
        issue.refresh_from_db()
        context = {
            "is_nav_sidebar_enabled": False,
            **assembly_context(issue, person(request)),
            **self.discussion(request, issue),
            "pieces": paragraph(issue),
            **told,
        }
        title = _("%(number)s编排（%(months)s）") % {
            "number": issue.number_label,
            "months": issue.period.label,
        }
        page = self.page(request, "issue/assembly.html", title, context)
        page.status_code = 409 if "refused" in told else 200
        return page

    def edits(self, request: HttpRequest, row: Any) -> bool:
        return row.state in {"open", "proof"} and self.has_change_permission(request, row)

    def editing(self, request: HttpRequest, pk: int) -> Issue:
        """The visible issue, for a person whose role edits issues at all."""
        issue: Issue = self.gate(request, pk)
        if not self.has_change_permission(request, issue):
            raise PermissionDenied
        return issue

    @look_or_save
    def particulars_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = self.editing(request, pk)
        form = ParticularsForm(request.POST or None, instance=issue)
        if form.is_valid():
            try:
                change_particulars(issue, by=person(request), **form.cleaned_data)
            except (MoveRefused, ValidationError) as refused:
                form.add_error(None, _reason(refused))
            else:
                messages.success(request, _("期号和印发日期已保存。"))
                return back(issue)
        issue.refresh_from_db()
        context = {"form": form, "issue": issue}
        return self.page(request, "issue/particulars.html", _("期号和印发日期"), context)

    @method_decorator(require_POST)
    def collect_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = self.editing(request, pk)
        try:
            done = collect(issue, by=person(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            words = {"placed": len(done.placed), "composed": len(done.composed)}
            messages.success(request, _("编入%(placed)s条，重写%(composed)s段。") % words)
            for note in done.notes:
                messages.warning(request, note)
        return back(issue)

    # Pages and proof

    @method_decorator(require_safe)
    def page_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        return page_image(build_document(self.gate(request, pk)), number)

    @method_decorator(require_safe)
    def draft_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Any format of the issue as it stands, named as what it is: not final."""
        issue = self.gate(request, pk)
        title = _("%(issue)s未定稿") % {"issue": issue}
        return attachment(build_document(issue), name, title, UNFINISHED)

    @method_decorator(require_POST)
    def send_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.send(request, self.gate(request, pk))

    def send(self, request: HttpRequest, issue: Issue) -> HttpResponse:
        try:
            edition = send_proof(issue, by=person(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return back(issue)
        messages.success(request, _("%(what)s已冻结，送签发人。") % {"what": edition})
        return redirect("admin:bulletin_edition_change", edition.pk)


def _reason(refused: Exception) -> list[str]:
    return refused.messages if isinstance(refused, ValidationError) else [str(refused)]
