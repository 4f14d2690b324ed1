"""The data clerk's pages: all windows of a month in one grid, and 订正 of a published month."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bulletin.figure_entry import Confirmed, Spot, confirm_clean, save_cells, say_nil, spots_of
from bulletin.forms.cells import ReadCells, read_cells
from bulletin.forms.restating import RestateForm
from bulletin.models import Call
from bulletin.moves import MoveRefused
from bulletin.restating import is_published, restate, take_late
from stats.admin import MonthlyReportAdmin
from stats.figure_files import window_sheets_of
from stats.figure_runs import LARGE, begin, confirm
from stats.grid import Grid, grid_of
from stats.models import FigureImport, MonthlyReport
from stats.month_checks import indicators_in, named
from windows.importing.forms import ImportForm
from windows.importing.preview import LISTED
from windows.models import Centre
from windows.permissions import centres_with, may

from .base import person
from .looking import Looking

VIEW = "stats.view_monthlyreport"
CHANGE = "stats.change_monthlyreport"

admin.site.unregister(MonthlyReport)


@admin.register(MonthlyReport)
class FiguresAdmin(Looking, MonthlyReportAdmin):
    """The list of `stats` with the pages that need the desk's calls and the moves."""

    def get_urls(self) -> list[Any]:
        wrap, stem = self.admin_site.admin_view, "stats_monthlyreport"
        month = "grid/<int:object_id>/<int:year>/<int:month>/"
        return [
            path("grid/", wrap(self.grid_now), name=f"{stem}_grid_now"),
            path(month, wrap(self.grid_view), name=f"{stem}_grid"),
            path(f"{month}row/<int:place>/", wrap(self.row_view), name=f"{stem}_grid_row"),
            path(f"{month}sheets/", wrap(self.sheets_view), name=f"{stem}_grid_sheets"),
            path(f"{month}confirm/", wrap(self.confirm_view), name=f"{stem}_grid_confirm"),
            path("runs/<int:object_id>/", wrap(self.run_view), name=f"{stem}_run"),
            path("<int:object_id>/restate/", wrap(self.restate_view), name=f"{stem}_restate"),
            *super().get_urls(),
        ]

    # The grid ----------------------------------------------------------------

    @method_decorator(require_safe)
    def grid_now(self, request: HttpRequest) -> HttpResponse:
        """The month that is being collected, of the person's first centre."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        centre = centres_with(request.user, VIEW).first()
        if centre is None:
            raise PermissionDenied
        return HttpResponseRedirect(_grid_url(centre, *_month_now(centre)))

    @method_decorator(require_safe)
    def grid_view(
        self, request: HttpRequest, object_id: int, year: int, month: int
    ) -> HttpResponse:
        centre = self._centre(request, VIEW, object_id, year, month)
        return self._grid_page(request, centre, year, month)

    def _grid_page(
        self,
        request: HttpRequest,
        centre: Centre,
        year: int,
        month: int,
        typed: tuple[int, ReadCells] | None = None,
    ) -> TemplateResponse:
        grid = grid_of(centre, year, month, _cutoff(centre, year, month))
        return self._page(
            request,
            "grid.html",
            _("%(year)s年%(month)s月全部窗口") % {"year": year, "month": month},
            {**_grid_context(request, grid), **_typed(typed)},
        )

    @method_decorator(require_POST)
    def row_view(
        self, request: HttpRequest, object_id: int, year: int, month: int, place: int
    ) -> HttpResponse:
        """Saves what was typed in a row; for script it answers with the row and the sums."""
        centre = self._centre(request, CHANGE, object_id, year, month)
        spot = spots_of(centre, year, month).get(place)
        if spot is None:
            raise Http404
        read = read_cells(request.POST.dict(), indicators_in(centre, year, month))
        said = _save(request, spot, read)
        if request.headers.get("X-Requested-With") == "fetch":
            return _row_answer(request, centre, spot, read, said)
        for text, good in said:
            (messages.success if good else messages.error)(request, text)
        if read.errors:
            return self._grid_page(request, centre, year, month, (place, read))
        return HttpResponseRedirect(f"{_grid_url(centre, year, month)}#row-{place}")

    @method_decorator(require_POST)
    def confirm_view(
        self, request: HttpRequest, object_id: int, year: int, month: int
    ) -> HttpResponse:
        centre = self._centre(request, CHANGE, object_id, year, month)
        _tell_confirmed(request, confirm_clean(centre, year, month, by=person(request)))
        return HttpResponseRedirect(_grid_url(centre, year, month))

    @method_decorator(require_safe)
    def sheets_view(
        self, request: HttpRequest, object_id: int, year: int, month: int
    ) -> HttpResponse:
        """Every open window's own sheet, in one archive."""
        centre = self._centre(request, CHANGE, object_id, year, month)
        response = HttpResponse(
            window_sheets_of(centre, year, month), content_type="application/zip"
        )
        name = f"{year}年{month}月填报表.zip"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response

    def _centre(self, request: HttpRequest, code: str, pk: int, year: int, month: int) -> Centre:
        """The gate: a centre where the person may do that, or 404; 403 for other roles."""
        if not centres_with(request.user, code).exists():
            raise PermissionDenied
        centre = centres_with(request.user, code).filter(pk=pk).first()
        if centre is None or not (1 <= month <= 12 and 2000 <= year <= 2199):
            raise Http404
        return centre

    # Large files -------------------------------------------------------------

    def defer(
        self, request: HttpRequest, form: ImportForm, choices: dict[str, Any]
    ) -> HttpResponse | None:
        if len(form.sheet.lines) <= LARGE:
            return None
        year, month = choices["period"]
        centre = form.cleaned_data["centre"]
        run = begin(centre, person(request), form.file_name, form.data_read, (year, month))
        return HttpResponseRedirect(reverse("admin:stats_monthlyreport_run", args=[run.pk]))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def run_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """How far a large file is, then what it would change, then that it was written."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        centres = self.import_centres(request)
        run = FigureImport.objects.filter(pk=object_id, by=person(request), centre__in=centres)
        row = run.first()
        if row is None:
            raise Http404
        if request.method == "POST":
            confirm(row)
            return HttpResponseRedirect(request.path)
        title = _("导入“%(name)s”") % {"name": row.name}
        page = self._page(request, "run.html", title, {"run": row, "listed": LISTED})
        if row.is_working:
            page["Refresh"] = "3"  # seconds; without script too
        return page

    # 订正 ---------------------------------------------------------------------

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def restate_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        report = self._report(request, object_id)
        form = RestateForm(request.POST or None, report=report)
        if request.method == "POST" and form.is_valid():
            try:
                done = _restate(form, request)
            except MoveRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("已订正%(n)d项，下期刊登说明。") % {"n": done})
                return HttpResponseRedirect(_grid_url(report.centre, report.year, report.month))
        title = _("订正%(report)s") % {"report": report}
        return self._page(request, "restate.html", title, {"form": form, "report": report})

    def _report(self, request: HttpRequest, pk: int) -> MonthlyReport:
        if not centres_with(request.user, CHANGE).exists():
            raise PermissionDenied
        rows = MonthlyReport.objects.filter(centre__in=centres_with(request.user, CHANGE))
        report = rows.select_related("window", "centre").filter(pk=pk).first()
        if report is None:
            raise Http404
        return report

    def _page(
        self, request: HttpRequest, template: str, title: str, context: dict[str, Any]
    ) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(
            request, f"admin/stats/monthlyreport/{template}", {**frame, **context}
        )


def _restate(form: RestateForm, request: HttpRequest) -> int:
    report, reason = form.report, form.cleaned_data["reason"]
    if report.state == MonthlyReport.State.ENTERED and is_published(report):
        return len(take_late(report, by=person(request), reason=reason))
    return len(restate(report, form.changes, by=person(request), reason=reason))


def _save(request: HttpRequest, spot: Spot, read: ReadCells) -> list[tuple[str, bool]]:
    """What to say, each with whether it is good news."""
    said = [(text, False) for text in read.errors.values()]
    try:
        if request.POST.get("action") == "nil":
            say_nil(spot, by=person(request))
            return [*said, (_("%(place)s记为零报告。") % {"place": _name(spot)}, True)]
        saved = save_cells(spot, read.cells, by=person(request))
    except MoveRefused as refused:
        return [*said, (str(refused), False)]
    said += [(text, False) for text in saved.conflicts]
    if saved.written:
        words = {"place": _name(spot), "n": saved.written}
        said.append((_("%(place)s已保存%(n)d格。") % words + "".join(read.conversions), True))
    return said


def _row_answer(
    request: HttpRequest, centre: Centre, spot: Spot, read: ReadCells, said: Any
) -> HttpResponse:
    grid = grid_of(centre, spot.year, spot.month, _cutoff(centre, spot.year, spot.month))
    place = str(spot.window.pk if spot.window else 0)
    rows = [row for row in grid.rows if row.place == place]
    context = {**_grid_context(request, grid), "rows": rows, "said": said}
    status = 200 if all(good for _text, good in said) else 422
    return render(request, "admin/stats/monthlyreport/answer.html", context, status=status)


def _grid_context(request: HttpRequest, grid: Grid) -> dict[str, Any]:
    last = dt.date(grid.year, grid.month, 1) - dt.timedelta(days=1)
    following = dt.date(grid.year, grid.month, 1) + dt.timedelta(days=31)
    names = {row.place: row.name for row in grid.rows} | {"centre": str(grid.centre.self_name)}
    return {
        "grid": grid,
        "rows": grid.rows,
        "may_change": may(request.user, CHANGE, grid.centre.pk),
        "findings": [named(finding, names) for finding in grid.findings],
        "address": _grid_url(grid.centre, grid.year, grid.month),
        "before": _grid_url(grid.centre, last.year, last.month),
        "after": _grid_url(grid.centre, following.year, following.month),
        "centres": centres_with(request.user, VIEW),
        "waiting": sum(
            row.report is not None and row.is_open and not row.is_empty for row in grid.rows
        ),
    }


def _typed(typed: tuple[int, ReadCells] | None) -> dict[str, Any]:
    return {} if typed is None else {"wrong_row": str(typed[0]), "wrong": typed[1].errors}


def _tell_confirmed(request: HttpRequest, done: Confirmed) -> None:
    if done.done:
        words = {"n": len(done.done)}
        messages.success(request, _("确认了%(n)d个窗口的数据。") % words)
    for name, reason in done.left:
        messages.warning(request, _("%(name)s没有确认：%(why)s") % {"name": name, "why": reason})
    if not done.done and not done.left:
        messages.info(request, _("没有等着确认的数据。"))


def _name(spot: Spot) -> str:
    return spot.window.name if spot.window else str(spot.centre.self_name)


def _grid_url(centre: Centre, year: int, month: int) -> str:
    return reverse("admin:stats_monthlyreport_grid", args=[centre.pk, year, month])


def _month_now(centre: Centre) -> tuple[int, int]:
    """Of the last call; without one, last month."""
    call = Call.objects.filter(publication__centre=centre).order_by("-year", "-month").first()
    last = timezone.localdate().replace(day=1) - dt.timedelta(days=1)
    return (call.year, call.month) if call else (last.year, last.month)


def _cutoff(centre: Centre, year: int, month: int) -> dt.datetime | None:
    calls = Call.objects.filter(publication__centre=centre, year=year, month=month)
    return calls.order_by("-cutoff").values_list("cutoff", flat=True).first()
