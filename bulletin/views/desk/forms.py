"""The three forms: new and again, kept or handed in, looked at without keeping."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bulletin.handing_in import EDITABLE, StaleDraft, Target, own_key, save
from bulletin.models import Commission, Submission
from bulletin.moves import MoveRefused
from bulletin.views.desk.builders import BUILDERS, TEMPLATES, AnyForm, aside
from bulletin.views.desk.gate import Desk, desk_at, desk_of, own_submission

_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(slots=True)
class Sheet:
    """One form on the desk: what it is about and what the person wants done with it."""

    request: HttpRequest
    desk: Desk
    kind: str
    row: Submission | None = None
    commission: Commission | None = None

    @property
    def action(self) -> str:
        return self.request.POST.get("action", "preview") if self.request.method == "POST" else ""

    @property
    def keeps(self) -> bool:
        return self.action in {"submit", "save"}


@_page
@login_required
def news(request: HttpRequest, year: int, month: int) -> HttpResponse:
    desk = desk_of(request, year, month)
    return _form_page(Sheet(request, desk, "news", commission=_commission(request, desk)))


@_page
@login_required
def visit(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return _form_page(Sheet(request, desk_of(request, year, month), "visit"))


@_page
@login_required
def counts(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A window has one report a month: the same page begins it and goes on with it."""
    desk = desk_of(request, year, month)
    rows = Submission.objects.visible_to(request.user).filter(kind="report", window=desk.window)
    return _form_page(Sheet(request, desk, "report", rows.filter(year=year, month=month).first()))


@_page
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_submission(request, pk)
    return _form_page(Sheet(request, desk_at(request, row), row.kind, row))


def _commission(request: HttpRequest, desk: Desk) -> Commission | None:
    """The 约稿 named in the address, if it is one of this window's and still open."""
    wanted = request.GET.get("commission", "")
    if not wanted.isdecimal() or len(wanted) > 18:
        return None
    asked = Commission.objects.filter(window=desk.window, submission=None)
    return asked.filter(pk=int(wanted)).first()


def _form_page(sheet: Sheet) -> HttpResponse:
    if sheet.row and sheet.row.state not in EDITABLE:  # handed in already: this POST came twice
        return redirect("desk:submission", sheet.row.pk)
    form = _form(sheet)
    stale = None
    if sheet.keeps and form.is_valid():
        try:
            return _kept(sheet, form, _save(sheet, form))
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        except StaleDraft as refused:
            stale = refused
            form.add_error(None, str(refused))
    return render(sheet.request, TEMPLATES[sheet.kind], _context(sheet, form, stale))


def _form(sheet: Sheet) -> AnyForm:
    data = _posted(sheet) if sheet.request.method == "POST" else None
    return BUILDERS[sheet.kind](
        data,
        sheet.desk.place,
        sheet.row,
        strict=sheet.action == "submit",
        extra=1 if sheet.action == "add" else 0,
    )


def _posted(sheet: Sheet) -> QueryDict:
    """What was posted, with the number that was offered instead put in its place."""
    data = sheet.request.POST.copy()
    key, _colon, number = data.get("correct", "").partition(":")
    if key.isdecimal() and number.isdecimal():
        data[f"value_{key}"] = number
    return data


def _save(sheet: Sheet, form: AnyForm) -> Submission:
    user, post = sheet.request.user, sheet.request.POST
    if sheet.row:
        version = post.get("version", "")
        target = Target(pk=sheet.row.pk, version=int(version) if version.isdecimal() else None)
    else:
        target = Target(key=own_key(user, sheet.desk.window, _key(sheet)))  # type: ignore[arg-type]
    return save(
        sheet.desk.place,
        form.written(),
        by=user,  # type: ignore[arg-type]  # login_required
        target=target,
        submit=sheet.action == "submit",
        answers=sheet.commission,
    )


def _kept(sheet: Sheet, form: AnyForm, row: Submission) -> HttpResponse:
    for words in [getattr(form, "tidied", ""), *form.reminders]:
        if words:
            messages.info(sheet.request, words)
    if row.state not in EDITABLE:
        return redirect("desk:submitted", row.pk)
    now = timezone.localtime()
    messages.success(sheet.request, _("草稿已保存 %(time)s。") % {"time": f"{now:%H:%M}"})
    place = sheet.desk.place
    return redirect(reverse("desk:month", args=[place.year, place.month]) + sheet.desk.query)


def _key(sheet: Sheet) -> uuid.UUID:
    try:
        return uuid.UUID(sheet.request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def _version(sheet: Sheet, stale: StaleDraft | None) -> str:
    """What the form was made from; after both texts were shown, what is saved now."""
    if stale or "version" not in sheet.request.POST:
        return str(sheet.row.version) if sheet.row else ""
    return sheet.request.POST["version"]


def _context(sheet: Sheet, form: AnyForm, stale: StaleDraft | None) -> dict[str, Any]:
    return {
        "desk": sheet.desk,
        "tab": "month",
        "form": form,
        "row": sheet.row,
        "key": _key(sheet),
        "version": _version(sheet, stale),
        "failed": sheet.keeps,
        "handing_in": sheet.action == "submit",
        "stale": stale.saved if stale else None,
        "commission": sheet.commission,
        **aside(sheet.desk, sheet.kind, form, sheet.row),
    }
