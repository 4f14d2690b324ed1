"""The numbers of an issue's paragraph: each one's sources, and the template they stand in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bulletin.assembly.template import StaleTemplate, change_template
from bulletin.forms.narratives import NarrativeForm, offered
from bulletin.models import Issue
from bulletin.moves import MoveRefused
from bulletin.narrating import narrative_of
from bulletin.sources import paragraph_of, pieces, sources_of

from .base import person


class Numbered:
    """Mixed in before RoomAdmin, which gives the gate and the frame."""

    admin_site: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/numbers/<slug:key>/",
                wrap(self.number_view),
                name="bulletin_issue_number",
            ),
            path("<int:pk>/template/", wrap(self.template_view), name="bulletin_issue_template"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_safe)
    def number_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """A page of its own, for who has no script and for who wants to print it."""
        issue: Issue = self.gate(request, pk)  # type: ignore[attr-defined]
        sources = sources_of(issue, key)
        if sources is None:
            raise Http404
        context = {"issue": issue, "sources": sources, "pieces": paragraph(issue), "key": key}
        title = _("%(label)s的来历") % {"label": sources.spec.label}
        return self.page(request, "issue/number.html", title, context)  # type: ignore[attr-defined]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def template_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try a wording with this month's figures; keep it for this issue alone."""
        issue: Issue = self.gate(request, pk)  # type: ignore[attr-defined]
        if not self.has_change_permission(request, issue):  # type: ignore[attr-defined]
            raise PermissionDenied
        form, status = NarrativeForm(issue, request.POST or None), 200
        if form.is_valid() and "save" in request.POST:
            try:
                change_template(issue, by=person(request), **form.cleaned_data)
            except StaleTemplate as stale:
                issue.refresh_from_db()
                status = 409
                form.add_error("narrative", str(stale))
            except MoveRefused as refused:
                status = 409
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("模板已保存。按“收集”照新模板重写这一段。"))
                return redirect("admin:bulletin_issue_change", issue.pk)
        context = {"issue": issue, "form": form, "offered": offered(issue.centre, issue.last_day)}
        page = self.page(request, "issue/template.html", _("运行情况模板"), context)  # type: ignore[attr-defined]
        page.status_code = status
        return page


def paragraph(issue: Issue) -> list[Any]:
    """The paragraph with its numbers; empty where there is none."""
    entry = paragraph_of(issue)
    return pieces(narrative_of(issue), entry.text) if entry else []
