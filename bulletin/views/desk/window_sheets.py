"""The month as a workbook: downloaded, filled in elsewhere, and taken into the form again.

What comes back goes into the unfinished form, where it is looked at and handed in as ever.
"""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bulletin.forms.counts import indicators_of, past_figures
from bulletin.handing_in import EDITABLE
from bulletin.handing_in.scratches import keep, kept
from bulletin.models import Submission
from bulletin.views.desk.builders import BUILDERS
from bulletin.views.desk.gate import Desk, desk_of
from bulletin.views.desk.sheets import Sheet
from stats.counts import CountError, parse_cell
from stats.models import Figure, Indicator
from stats.window_sheets import HEADINGS, OPEN, Filled, identity_of, read_window_sheet, window_sheet
from windows.importing.guard import DEFAULT_LIMITS
from windows.importing.refusals import Refused
from windows.importing.sheets import Place as Spot
from windows.importing.widgets import cell_text

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN: Final = 12  # changes and errors told


@require_safe
@login_required
def download(request: HttpRequest, year: int, month: int) -> HttpResponse:
    desk = desk_of(request, year, month)
    figures = Figure.objects.filter(
        report__window=desk.window, report__year=year, report__month=month
    )
    last = {key: past[1] for key, past in past_figures(desk.place).items() if 1 in past}
    data = window_sheet(
        desk.window,
        year,
        month,
        indicators_of(desk.place),
        {row.indicator_id: row for row in figures},
        last,
    )
    response = HttpResponse(data, content_type=XLSX)
    name = f"{desk.window.name}{year}年{month}月填报表.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_POST
@login_required
def take(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """All of the sheet goes into the form, or nothing of it."""
    desk = desk_of(request, year, month)
    try:
        changes = _take(request, desk)
    except Refused as refused:
        messages.error(request, _("填报表没有读入：%(why)s") % {"why": refused})
    else:
        messages.success(request, _said(changes))
    return redirect(reverse("desk:counts", args=[year, month]) + desk.query)


def _said(changes: list[str]) -> str:
    if not changes:
        return _("表里的数和这里的一样，没有改动。")
    more = _("等") if len(changes) > SHOWN else ""
    words = {"n": len(changes), "what": "；".join(changes[:SHOWN]) + more}
    return _("已读入填报表，改动%(n)d格，还没有提交：%(what)s。请核对后提交。") % words


def _take(request: HttpRequest, desk: Desk) -> list[str]:
    """The changes in words. Raises Refused."""
    row = Submission.objects.filter(
        kind="report", window=desk.window, year=desk.place.year, month=desk.place.month
    ).first()
    if row and row.state not in EDITABLE:
        raise Refused(_("本月数据已经提交，要改请先撤回修改。"))
    filled = _read(request)
    indicators = {indicator.key: indicator for indicator in indicators_of(desk.place)}
    _check_whose(filled, desk, list(indicators.values()))
    given = _values(filled, indicators)
    sheet = Sheet(request, desk, "report", row)
    begun = kept(sheet.slot)
    posted = begun.posted if begun else None
    form = BUILDERS["report"](posted, desk.place, row, strict=False, extra=0)
    now = {name: str(form[name].value() or "") for name in form.fields}
    keep(sheet.slot, _query({**_hidden(sheet, posted), **now, **given}))
    return [
        f"{form[name].label} {now[name] or _('空')}→{text}"
        for name, text in given.items()
        if now[name] != text
    ]


def _read(request: HttpRequest) -> Filled:
    file = request.FILES.get("sheet")
    if file is None:
        raise Refused(_("还没有选文件。请先选下载后填好的填报表（.xlsx）。"))
    data = file.read(DEFAULT_LIMITS.size + 1)
    return read_window_sheet(PurePath(file.name or "").name, data)


def _check_whose(filled: Filled, desk: Desk, indicators: list[Indicator]) -> None:
    place, who = desk.place, filled.identity
    mine = identity_of(desk.window, place.year, place.month, indicators)
    if who == mine:
        return
    if (who.centre, who.window) != (mine.centre, mine.window):
        raise Refused(_("这张表是别的窗口的。请下载“%(mine)s”的表。") % {"mine": desk.window})
    if (who.year, who.month) != (mine.year, mine.month):
        words = {"year": who.year, "month": who.month}
        raise Refused(_("这张表是%(year)s年%(month)s月的。请下载本月的表，把数填进去。") % words)
    raise Refused(_("下载以后指标有变化。请重新下载填报表，把数填进新表。"))


def _values(filled: Filled, indicators: dict[str, Indicator]) -> dict[str, str]:
    """Field → text. Raises Refused with every cell that cannot be read."""
    found: dict[str, str] = {}
    wrong: list[str] = []
    for line, key, *numbers in filled.given():
        indicator = indicators.get(cell_text(key).strip())
        at = Spot(line.number, filled.letters)
        if indicator is None:
            wrong.append(_("%(at)s的代号被改动了") % {"at": at.of(HEADINGS[0])})
            continue
        wrong += [f"{at.of(OPEN[place - 1])}：{text}" for place, text in line.troubles.items()]
        for heading, name, cell in zip(OPEN, ("value", "under", "note"), numbers, strict=True):
            try:
                text = _text(name, cell, indicator.unit)
            except CountError as error:
                wrong.append(f"{at.of(heading)}：{error}")
            else:
                found.update({f"{name}_{indicator.pk}": text} if text else {})
    if wrong:
        more = _("等") if len(wrong) > SHOWN else ""
        raise Refused("".join(wrong[:SHOWN]) + more)
    return found


def _text(name: str, cell: object, unit: str) -> str:
    if name == "note":
        return cell_text(cell).strip()[:200]
    number = parse_cell(cell, unit)
    return "" if number is None else str(number)


def _hidden(sheet: Sheet, posted: QueryDict | None) -> dict[str, str]:
    """What the page sends with its fields: which form it is and what it was made from."""
    if posted is not None:
        return {name: posted.get(name, "") for name in ("key", "version") if name in posted}
    return {"key": str(uuid.uuid4()), **({"version": sheet.version} if sheet.row else {})}


def _query(fields: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(fields)
    return query
