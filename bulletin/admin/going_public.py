"""Publication, correction and withdrawal by buttons, and the rehearsal before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bulletin import publishing
from bulletin.forms.editions import ScheduleForm
from bulletin.models import Edition
from bulletin.moves import MoveRefused
from windows.accounts import freshness

from .base import person
from .deeds import EditionDeeds, edition_state, note_of
from .proof_page import publishing_context


class GoingPublic(EditionDeeds):
    """Mixed into the admin of editions."""

    @method_decorator(require_safe)
    def rehearsal_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which addresses, files and mails publishing would bring, before it does."""
        edition = self.gate(request, pk)
        live = edition.voided_at is None and edition.published_at is None
        context = {
            "is_nav_sidebar_enabled": False,
            "edition": edition,
            "issue": edition.issue,
            "live": live,
            "mark": edition_state(edition),
            "rehearsal": publishing.rehearse(edition) if live else None,
            **publishing_context(edition, person(request)),
        }
        title = _("%(what)s发布预演") % {"what": edition.issue}
        return self.page(request, "edition/rehearsal.html", title, context)

    @method_decorator(require_POST)
    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return self.do(
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
            return self.proof_page(request, edition, refused=reason, status=409)
        at = form.cleaned_data["at"]
        return self.do(
            request,
            edition,
            lambda: publishing.schedule(edition.issue, by=person(request), at=at),
            _("%(what)s将在") + f"{timezone.localtime(at):%Y-%m-%d %H:%M}" + _("发布。"),
        )

    @method_decorator(require_POST)
    def unschedule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return self.do(
            request,
            edition,
            lambda: publishing.unschedule(edition.issue, by=person(request)),
            _("已取消定时，签发仍然有效。"),
        )

    # What is public already

    @method_decorator(require_POST)
    def correct_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the issue for a correction and go where it is edited."""
        edition = self.gate(request, pk)
        try:
            _require_standing(edition)
            publishing.correct(edition.issue, by=person(request), notice=note_of(request))
        except MoveRefused as refused:
            return self.proof_page(
                request, edition, refused=str(refused), note=note_of(request), status=409
            )
        messages.success(request, _("本期已打开更正，公开的一版照旧公开。改好后送签、签发、发布。"))
        return redirect("admin:bulletin_issue_change", edition.issue_id)

    @method_decorator(require_POST)
    def abandon_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        return self.do(
            request,
            edition,
            lambda: publishing.abandon_correction(edition.issue, by=person(request)),
            _("已放弃更正，公开的还是%(what)s。"),
            live=False,
        )

    @method_decorator(require_POST)
    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.gate(request, pk)
        freshness.require_fresh(request)

        def act() -> None:
            _require_standing(edition)
            publishing.withdraw(edition.issue, by=person(request), reason=note_of(request))

        said = _("已撤下，原址写明理由。")
        return self.do(request, edition, act, said, live=False)


def _require_standing(edition: Edition) -> None:
    """A button on an old page must not act on an edition that came after."""
    if not Edition.objects.standing().filter(pk=edition.pk).exists():
        raise MoveRefused(_("公开的已经不是这一版，请看最新的一版。"))
