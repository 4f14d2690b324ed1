"""Proofs and editions: read, signed, returned, published. Their content never changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bulletin import storage
from bulletin.marking import copy_marks, public_marks
from bulletin.models import Edition
from bulletin.renderers import FORMATS
from bulletin.templatetags.newsroom import moment

from .base import ReadOnly
from .deeds import edition_state
from .going_public import GoingPublic
from .printed import attachment, file_response, page_image
from .signing import SignOff


@admin.register(Edition)
class EditionAdmin(ReadOnly, SignOff, GoingPublic):
    list_display = ("which", "which_state", "sent", "signed")
    list_display_links = None
    list_select_related = ("issue__publication", "sent_by", "signed_by", "superseded_by")
    list_per_page = 50
    ordering = ("-sent_at", "-pk")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        views: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("<int:pk>/pages/<int:number>.svg", self.page_view, "page"),
            ("<int:pk>/files/<slug:name>/", self.file_view, "file"),
            ("<int:pk>/sheet/", self.sheet_view, "sheet"),
            ("<int:pk>/sign/", self.sign_view, "sign"),
            ("<int:pk>/confirm/", self.confirm_view, "confirm"),
            ("<int:pk>/return/", self.return_view, "return"),
            ("<int:pk>/void/", self.void_view, "void"),
            ("<int:pk>/revoke/", self.revoke_view, "revoke"),
            ("<int:pk>/links/", self.make_link_view, "make_link"),
            ("<int:pk>/links/<int:link>/revoke/", self.revoke_link_view, "revoke_link"),
            ("link/<str:token>/", self.link_view, "link"),
            ("<int:pk>/rehearsal/", self.rehearsal_view, "rehearsal"),
            ("<int:pk>/publish/", self.publish_view, "publish"),
            ("<int:pk>/schedule/", self.schedule_view, "schedule"),
            ("<int:pk>/unschedule/", self.unschedule_view, "unschedule"),
            ("<int:pk>/correct/", self.correct_view, "correct"),
            ("<int:pk>/abandon/", self.abandon_view, "abandon"),
            ("<int:pk>/withdraw/", self.withdraw_view, "withdraw"),
        ]
        own = [path(at, wrap(view), name=f"bulletin_edition_{name}") for at, view, name in views]
        return [*own, *super().get_urls()]

    # The list

    @admin.display(description=gettext_lazy("校样"), ordering="pk")
    def which(self, row: Edition) -> SafeString:
        url = reverse("admin:bulletin_edition_change", args=[row.pk])
        return format_html(
            '<a href="{}">{}</a><small>{}</small>',
            url,
            _("第%(n)s号校样") % {"n": row.proof_no},
            row.issue,
        )

    @admin.display(description=gettext_lazy("到哪一步"))
    def which_state(self, row: Edition) -> SafeString:
        return edition_state(row)

    @admin.display(description=gettext_lazy("送签"), ordering="sent_at")
    def sent(self, row: Edition) -> SafeString:
        return format_html("{}<small>{}</small>", row.sent_by, moment(row.sent_at))

    @admin.display(description=gettext_lazy("签发"), ordering="signed_at", empty_value="—")
    def signed(self, row: Edition) -> SafeString | None:
        if row.signed_at is None:
            return None
        return format_html("{}<small>{}</small>", row.signed_by, moment(row.signed_at))

    # The page of one proof

    @method_decorator(require_safe)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self.proof_page(request, self.gate(request, object_id))

    @method_decorator(require_safe)
    def page_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return page_image(edition.document, number, copy_marks(edition))

    @method_decorator(require_safe)
    def file_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """The kept file of a signed edition; of a proof, and of what holds no more, a copy that
        says so, made now."""
        edition = self.gate(request, pk)
        form, marks = FORMATS.get(name), copy_marks(edition)
        as_kept = form and (not form.paged or marks == public_marks(edition.digest))
        kept = edition.files.filter(format=name, stamp=None).first() if as_kept else None
        if kept is None or form is None:
            return attachment(edition.document, name, str(edition), marks)
        return file_response(storage.read(kept), form.content_type, f"{edition}.{form.extension}")
