"""A Word document dropped on the desk: one draft for each item in it, each to be looked at."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from pathlib import Path
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bulletin.forms.news import subjects_of
from bulletin.handing_in import News, Place, Target, own_key, save
from bulletin.models import Submission
from bulletin.uploads.checking import LARGEST
from bulletin.uploads.drafts import MOST, Draft, read_docx
from bulletin.views.desk.gate import Desk, desk_of
from windows.importing.refusals import Refused
from windows.models import User

_DATED: Final = re.compile(r"^\s*\d{1,2}月\d{1,2}日[，,]?")
_NAMED_EARLY: Final = 40  # characters: who did it stands before that


@require_POST
@login_required
def split(request: HttpRequest, year: int, month: int) -> HttpResponse:
    desk = desk_of(request, year, month)
    key = _key(request)
    try:
        _keep(request, desk, _read(request), key)
    except Refused as refused:
        messages.error(request, _("文档没有读入：%(why)s") % {"why": refused})
        return redirect(reverse("desk:news", args=[year, month]) + desk.query)
    return redirect(reverse("desk:drafts", args=[year, month, key]) + desk.query)


@require_safe
@login_required
def drafts(request: HttpRequest, year: int, month: int, key: uuid.UUID) -> HttpResponse:
    """What became of the document. The keys of its drafts follow from its own."""
    desk = desk_of(request, year, month)
    keys = _keys(request, desk, key)
    rows = Submission.objects.filter(window=desk.window, key__in=keys).select_related("news")
    context = {"desk": desk, "tab": "month", "rows": sorted(rows, key=lambda row: row.pk)}
    return render(request, "desk/drafts.html", context)


def _read(request: HttpRequest) -> list[Draft]:
    file = request.FILES.get("document")
    if file is None:
        raise Refused(_("还没有选文件。请先选一个Word文档（.docx）。"))
    return read_docx(file.read(LARGEST + 1), Path(file.name or "").name)


@transaction.atomic
def _keep(request: HttpRequest, desk: Desk, found: list[Draft], key: uuid.UUID) -> None:
    """Posted twice, the drafts are there once, and what was changed in them since stands."""
    user: User = request.user  # type: ignore[assignment]  # login_required
    for own, draft in zip(_keys(request, desk, key), found, strict=False):
        if not Submission.objects.filter(key=own).exists():
            save(desk.place, _news(desk.place, draft), by=user, target=Target(key=own))


def _keys(request: HttpRequest, desk: Desk, key: uuid.UUID) -> list[uuid.UUID]:
    user: User = request.user  # type: ignore[assignment]  # login_required
    return [own_key(user, desk.window, uuid.uuid5(key, str(place))) for place in range(MOST)]


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def _news(place: Place, draft: Draft) -> News:
    date = _date(place, draft)
    text = _DATED.sub("", draft.text) if date else draft.text
    named = place.window.department.name_on(place.last_day) in text[:_NAMED_EARLY]
    return News("window_news", date, "" if named else subjects_of(place)[0][0], text)


def _date(place: Place, draft: Draft) -> dt.date | None:
    """The day named at its beginning, of this year or, in January, the last."""
    if draft.month is None or draft.day is None:
        return None
    year = place.year if draft.month <= place.month else place.year - 1
    try:
        return dt.date(year, draft.month, draft.day)
    except ValueError:
        return None
