"""Sign-off: signing, returning, revoking, the second look, and links for who is away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bulletin import publishing
from bulletin.models import SignLink
from windows.accounts import freshness
from windows.models import User

from .base import person
from .deeds import EditionDeeds, note_of
from .proof_page import sheet_context

look_or_sign = method_decorator(require_http_methods(["GET", "HEAD", "POST"]))


class SignOff(EditionDeeds):
    """Mixed into the admin of editions."""

    @method_decorator(require_POST)
    def sign_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._by_digest(request, pk, publishing.sign, _("已签发%(what)s。"))

    @method_decorator(require_POST)
    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        said = _("已复核%(what)s，红色标记已去掉。")
        return self._by_digest(request, pk, publishing.confirm_exception, said, live=False)

    def _by_digest(
        self,
        request: HttpRequest,
        pk: int,
        act: Callable[..., Any],
        said: str,
        *,
        live: bool = True,
    ) -> HttpResponse:
        """Stand by the proof that was shown, named by its digest, as the person one is."""
        edition = self.gate(request, pk)
        freshness.require_fresh(request)
        words = {"digest": request.POST.get("digest", ""), "note": note_of(request)}
        return self.do(
            request, edition, lambda: act(edition, by=person(request), **words), said, live=live
        )

    @method_decorator(require_POST)
    def return_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return self.do(
            request,
            edition,
            lambda: publishing.return_proof(edition, by=person(request), note=note_of(request)),
            _("%(what)s已退回编辑部，理由已写进签批记录。"),
        )

    @method_decorator(require_POST)
    def void_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return self.do(
            request,
            edition,
            lambda: publishing.void_proof(edition.issue, by=person(request), note=note_of(request)),
            _("%(what)s已作废。"),
        )

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        freshness.require_fresh(request)
        return self.do(
            request,
            edition,
            lambda: publishing.revoke(edition.issue, by=person(request), note=note_of(request)),
            _("已撤销签发，%(what)s作废，本期回到编辑中。"),
        )

    @method_decorator(require_safe)
    def sheet_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """签批单: one sheet to print, sign with a pen and file."""
        edition = self.gate(request, pk)
        context = {"is_nav_sidebar_enabled": False, **sheet_context(edition)}
        return self.page(request, "edition/sheet.html", _("签批单"), context)

    # Links for who is away

    @method_decorator(require_POST)
    def make_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        asked = request.POST.get("person", "")
        chosen = next((one for one in publishing.approvers(edition) if str(one.pk) == asked), None)
        return self.do(
            request,
            edition,
            lambda: publishing.make_link(edition, person=chosen, by=person(request)),
            _("签发链接已寄给%(who)s，48小时内有效，只能用一次。") % {"who": chosen},
        )

    @method_decorator(require_POST)
    def revoke_link_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        edition = self.gate(request, pk)
        row = get_object_or_404(SignLink, pk=link, edition=edition)
        return self.do(
            request,
            edition,
            lambda: publishing.revoke_link(row, by=person(request)),
            _("签发链接已收回。"),
            live=False,
        )

    @look_or_sign
    def link_view(self, request: HttpRequest, token: str) -> HttpResponse:
        """Where a link leads: the proof, to be signed by the person it was made for."""
        user = person(request)
        row = publishing.link_of(token, user)
        if row is None:
            raise Http404
        edition = self.gate(request, row.edition_id)
        why = publishing.why_closed(row)
        if request.method == "POST" and not why:
            return self._sign_by_link(request, row, user)
        extra = {"refused": why, "status": 409} if why else {"link": row, "token": token}
        return self.proof_page(request, edition, **extra)

    def _sign_by_link(self, request: HttpRequest, row: SignLink, user: User) -> HttpResponse:
        freshness.require_fresh(request)
        digest, note = request.POST.get("digest", ""), note_of(request)
        return self.do(
            request,
            row.edition,
            lambda: publishing.sign(row.edition, by=user, digest=digest, note=note, link=row),
            _("已签发%(what)s。"),
        )
