"""Proofs and editions: read, signed, returned, published. Their content never changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bulletin import publishing, storage
from bulletin.forms.editions import ScheduleForm
from bulletin.marking import copy_marks, public_marks
from bulletin.models import Edition
from bulletin.moves import MoveRefused
from bulletin.renderers import FORMATS
from bulletin.templatetags.newsroom import mark, moment
from windows.accounts import freshness

from .base import ReadOnly, RoomAdmin, person
from .printed import attachment, file_response, page_image
from .proof_page import proof_context


@admin.register(Edition)
class EditionAdmin(ReadOnly, RoomAdmin):
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
            ("<int:pk>/sign/", self.sign_view, "sign"),
            ("<int:pk>/return/", self.return_view, "return"),
            ("<int:pk>/void/", self.void_view, "void"),
            ("<int:pk>/revoke/", self.revoke_view, "revoke"),
            ("<int:pk>/publish/", self.publish_view, "publish"),
            ("<int:pk>/schedule/", self.schedule_view, "schedule"),
            ("<int:pk>/unschedule/", self.unschedule_view, "unschedule"),
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
        return self._proof(request, self.gate(request, object_id))

    def _proof(self, request: HttpRequest, edition: Edition, **extra: Any) -> HttpResponse:
        status = extra.pop("status", 200)
        context = {
            "is_nav_sidebar_enabled": False,
            "mark": edition_state(edition),
            **proof_context(edition, person(request)),
            **extra,
        }
        page = self.page(request, "edition/proof.html", str(edition), context)
        page.status_code = status
        return page

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

    # Sign-off

    @method_decorator(require_POST)
    def sign_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        freshness.require_fresh(request)
        digest, note = request.POST.get("digest", ""), request.POST.get("note", "")
        return self._do(
            request,
            edition,
            lambda: publishing.sign(edition, by=person(request), digest=digest, note=note),
            _("已签发%(what)s。"),
        )

    @method_decorator(require_POST)
    def return_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return self._do(
            request,
            edition,
            lambda: publishing.return_proof(edition, by=person(request), note=_note(request)),
            _("%(what)s已退回编辑部，理由已写进签批记录。"),
        )

    @method_decorator(require_POST)
    def void_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return self._do(
            request,
            edition,
            lambda: publishing.void_proof(edition.issue, by=person(request), note=_note(request)),
            _("%(what)s已作废。"),
        )

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        freshness.require_fresh(request)
        return self._do(
            request,
            edition,
            lambda: publishing.revoke(edition.issue, by=person(request), note=_note(request)),
            _("已撤销签发，%(what)s作废，本期回到编辑中。"),
        )

    # Publication

    @method_decorator(require_POST)
    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return self._do(
            request,
            edition,
            lambda: publishing.publish(edition.issue, by=person(request)),
            _("已发布，公开的就是%(what)s。"),
        )

    @method_decorator(require_POST)
    def schedule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        form = ScheduleForm(request.POST)
        if not form.is_valid():
            reason = " ".join(str(error) for error in form.errors["at"])
            return self._proof(request, edition, refused=reason, status=409)
        at = form.cleaned_data["at"]
        return self._do(
            request,
            edition,
            lambda: publishing.schedule(edition.issue, by=person(request), at=at),
            _("%(what)s将在") + f"{timezone.localtime(at):%Y-%m-%d %H:%M}" + _("发布。"),
        )

    @method_decorator(require_POST)
    def unschedule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return self._do(
            request,
            edition,
            lambda: publishing.unschedule(edition.issue, by=person(request)),
            _("已取消定时，签发仍然有效。"),
        )

    def _do(
        self, request: HttpRequest, edition: Edition, act: Callable[[], Any], said: str
    ) -> HttpResponse:
        """Do it and say so; a refusal shows the page again with the reason and what was typed."""
        try:
            _require_live(edition)
            act()
        except MoveRefused as refused:
            edition = self.gate(request, edition.pk)
            return self._proof(
                request, edition, refused=str(refused), note=_note(request), status=409
            )
        messages.success(request, said % {"what": edition})
        return _back(edition)


def edition_state(row: Edition) -> SafeString:
    """Mark and word; derived from dates, never stored twice."""
    if row.withdrawn_at:
        return mark("quiet", _("已撤下"))
    if row.published_at:
        replaced = getattr(row, "superseded_by", None)
        return mark("quiet", _("已被更正版取代")) if replaced else mark("done", _("已发布"))
    if row.voided_at:
        return mark("quiet", _("已作废"))
    if row.signed_at:
        return mark("done", row.issue.get_state_display())
    return mark("held", _("待签发"))


def _require_live(edition: Edition) -> None:
    """A button on an old page must not act on the proof that came after."""
    if edition.voided_at or edition.published_at:
        raise MoveRefused(_("这份校样已经不在流程里，请看最新的校样。"))


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "")


def _back(edition: Edition) -> HttpResponseRedirect:
    return redirect("admin:bulletin_edition_change", edition.pk)
