"""The three forms: new and again, kept or handed in, looked at without keeping."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bulletin.forms.counts import CountsForm
from bulletin.handing_in import EDITABLE, StaleDraft
from bulletin.handing_in.scratches import forget, keep
from bulletin.models import Commission, Submission
from bulletin.moves import MoveRefused
from bulletin.uploads.checking import LARGEST
from bulletin.uploads.keeping import MOST
from bulletin.views.desk.builders import TEMPLATES, AnyForm, aside
from bulletin.views.desk.gate import Desk, desk_at, desk_of, own_submission
from bulletin.views.desk.sheets import Sheet
from windows.importing.refusals import Refused

_page = require_http_methods(["GET", "HEAD", "POST"])


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
    asked = Commission.objects.waiting().filter(window=desk.window)
    return asked.filter(pk=int(wanted)).first()


def _form_page(sheet: Sheet) -> HttpResponse:
    if sheet.row and sheet.row.state not in EDITABLE:  # handed in already: this POST came twice
        return redirect("desk:submission", sheet.row.pk)
    if sheet.action == "discard":
        forget(sheet.slot)
        return redirect(sheet.request.get_full_path())
    form = sheet.form()
    stale = None
    if sheet.keeps and form.is_valid():
        try:
            return _kept(sheet, form, sheet.save(form))
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        except StaleDraft as refused:
            stale = refused
            form.add_error(None, str(refused))
        except Refused as refused:
            return _without_file(sheet, refused)
    if sheet.keeps:
        sheet.scratch = keep(sheet.slot, sheet.request.POST)
    return render(sheet.request, TEMPLATES[sheet.kind], _context(sheet, form, stale))


def _without_file(sheet: Sheet, refused: Refused) -> HttpResponse:
    """The words are kept; what is wrong with the file is said on the next page."""
    messages.error(sheet.request, _("附件没有添加：%(why)s") % {"why": refused})
    forget(sheet.slot)
    return redirect("desk:edit", sheet.row.pk if sheet.row else 0)


def _kept(sheet: Sheet, form: AnyForm, row: Submission) -> HttpResponse:
    noticed = [] if isinstance(form, CountsForm) else form.noticed
    for words in [getattr(form, "tidied", ""), *form.reminders, *noticed]:
        if words:
            messages.info(sheet.request, words)
    if row.state not in EDITABLE:
        return redirect("desk:submitted", row.pk)
    now = timezone.localtime()
    messages.success(sheet.request, _("草稿已保存 %(time)s。") % {"time": f"{now:%H:%M}"})
    if sheet.action in {"attach", "detach"}:
        return redirect("desk:edit", row.pk)
    place = sheet.desk.place
    return redirect(reverse("desk:month", args=[place.year, place.month]) + sheet.desk.query)


def _context(sheet: Sheet, form: AnyForm, stale: StaleDraft | None) -> dict[str, Any]:
    # After both texts were shown, the next press goes over what is saved now.
    version = str(sheet.row.version) if stale and sheet.row else sheet.version
    return {
        "desk": sheet.desk,
        "tab": "month",
        "form": form,
        "row": sheet.row,
        "key": sheet.key,
        "version": version,
        "failed": sheet.keeps,
        "handing_in": sheet.action == "submit",
        "stale": stale.saved if stale else None,
        "commission": sheet.commission,
        "scratch": sheet.scratch,
        "restored": sheet.scratch is not None and not sheet.posted,
        "scratch_address": _scratch_address(sheet),
        **_files(sheet),
        **aside(sheet.desk, sheet.kind, form, sheet.row),
    }


def _files(sheet: Sheet) -> dict[str, Any]:
    return {
        "attachments": sheet.row.attachments.all() if sheet.row else (),
        "most_files": MOST,
        "largest_file": f"{LARGEST // 2**20}MB",
    }


def _scratch_address(sheet: Sheet) -> str:
    if sheet.row:
        return reverse("desk:scratch_of", args=[sheet.row.pk])
    place = sheet.desk.place
    address = reverse("desk:scratch", args=[place.year, place.month, sheet.kind])
    return f"{address}?window={sheet.desk.window.pk}"
