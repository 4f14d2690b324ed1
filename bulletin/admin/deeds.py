"""What the pages of an edition share: doing something with it, and saying what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bulletin.models import Edition
from bulletin.moves import MoveRefused
from bulletin.publishing import stays_marked
from bulletin.templatetags.newsroom import mark

from .base import RoomAdmin, person
from .discussing import comments_of
from .proof_page import proof_context


class EditionDeeds(RoomAdmin):
    """Mixed into the admin of editions: the one page of a proof, and `do` for its buttons."""

    def proof_page(self, request: HttpRequest, edition: Edition, **extra: Any) -> HttpResponse:
        status = extra.pop("status", 200)
        context = {
            "is_nav_sidebar_enabled": False,
            "mark": edition_state(edition),
            **proof_context(edition, person(request)),
            **comments_of(request, edition),
            **extra,
        }
        page = self.page(request, "edition/proof.html", str(edition), context)
        page.status_code = status
        return page

    def do(
        self,
        request: HttpRequest,
        edition: Edition,
        act: Callable[[], Any],
        said: str,
        *,
        live: bool = True,
    ) -> HttpResponse:
        """Do it and say so; a refusal shows the page again with the reason and what was typed.

        `live` deeds are for the proof under way: a button on an old page must not act on the
        one that came after.
        """
        try:
            if live:
                _require_live(edition)
            act()
        except MoveRefused as refused:
            edition = self.gate(request, edition.pk)
            return self.proof_page(
                request, edition, refused=str(refused), note=note_of(request), status=409
            )
        messages.success(request, said % {"what": edition})
        return redirect("admin:bulletin_edition_change", edition.pk)


def note_of(request: HttpRequest) -> str:
    return request.POST.get("note", "")


def edition_state(row: Edition) -> SafeString:
    """Mark and word; derived from dates, never stored twice. The red mark of an exception
    comes before everything else."""
    if stays_marked(row) and not row.voided_at and not row.withdrawn_at:
        return mark("wants", _("编辑者自己签发，待复核"))
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
    if edition.voided_at or edition.published_at:
        raise MoveRefused(_("这份校样已经不在流程里，请看最新的校样。"))
