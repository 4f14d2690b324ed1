"""Looking at figures: who has given in which month, and one indicator over many months."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bulletin.models import Call
from stats.charts import WIDE, Chart, Mark, Words, line_chart
from stats.drill import Drill, drill_of
from stats.figures import SCALE_WORDS
from stats.heat import WORDS, Month, heat_of
from stats.intervals import Number
from stats.models import MonthlyReport
from stats.month_checks import indicators_in
from windows.models import Centre
from windows.permissions import centres_with

VIEW: Final = "stats.view_monthlyreport"
SPANS: Final = (12, 24)


class Looking:
    """Mixed in before the admin of figures, which gives the gate and the frame."""

    admin_site: Any

    def get_urls(self) -> list[Any]:
        wrap, stem = self.admin_site.admin_view, "stats_monthlyreport"
        return [
            path("map/<int:object_id>/", wrap(self.map_view), name=f"{stem}_map"),
            path(
                "indicator/<int:object_id>/<slug:key>/",
                wrap(self.indicator_view),
                name=f"{stem}_indicator",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_safe)
    def map_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        centre = self._centre(request, VIEW, object_id, 2000, 1)  # type: ignore[attr-defined]
        last, count = _span(request, centre)
        heat = heat_of(centre, last, count, _cutoffs(centre))
        context = {**_around(request, centre, count), "heat": heat, "words": WORDS.values()}
        title = _("%(count)s个月的报送") % {"count": count}
        return self._page(request, "map.html", title, context)  # type: ignore[attr-defined]

    @method_decorator(require_safe)
    def indicator_view(self, request: HttpRequest, object_id: int, key: str) -> HttpResponse:
        centre = self._centre(request, VIEW, object_id, 2000, 1)  # type: ignore[attr-defined]
        last, count = _span(request, centre)
        drill = drill_of(centre, key, last, count)
        if drill is None:
            raise Http404
        context = {
            **_around(request, centre, count),
            "drill": drill,
            "chart": _chart(drill, last),
            "indicators": list(indicators_in(centre, *last)),
            "key": key,
        }
        return self._page(request, "indicator.html", drill.spec.label, context)  # type: ignore[attr-defined]


def _span(request: HttpRequest, centre: Centre) -> tuple[Month, int]:
    """Up to the newest month anything is asked or known of; 12 or 24 months."""
    asked = request.GET.get("months", "")
    count = int(asked) if asked in {str(span) for span in SPANS} else SPANS[0]
    known = MonthlyReport.objects.filter(centre=centre).order_by("-year", "-month")
    newest = known.values_list("year", "month").first()
    today = timezone.localdate()
    before = ((today.year * 12 + today.month - 2) // 12, (today.month - 2) % 12 + 1)
    return newest or before, count


def _cutoffs(centre: Centre) -> dict[Month, Any]:
    rows = Call.objects.filter(publication__centre=centre).values("year", "month")
    told = rows.annotate(cutoff=Max("cutoff")).values_list("year", "month", "cutoff")
    return {(year, month): cutoff for year, month, cutoff in told}


def _around(request: HttpRequest, centre: Centre, count: int) -> dict[str, Any]:
    return {
        "centre": centre,
        "centres": centres_with(request.user, VIEW),
        "count": count,
        "spans": SPANS,
        "grid": reverse("admin:stats_monthlyreport_grid_now"),
    }


def _chart(drill: Drill, last: Month) -> Chart:
    """The last month's year over the one before."""
    year, spec = last[0], drill.spec

    def marks(of: int) -> list[Mark]:
        rows = [row for row in reversed(drill.rows) if row.month[0] == of]
        return [Mark(r.month[1], r.month[1], r.number) for r in rows if r.number is not None]

    def tick(value: Number) -> str:
        number = f"{float(value) / spec.scale:.6f}".rstrip("0").rstrip(".")
        return number + SCALE_WORDS[spec.scale] if value else "0"

    words = Words(
        now=_("%(year)s年") % {"year": year},
        before=_("%(year)s年") % {"year": year - 1},
        current=f"{last[1]}月 {drill.rows[0].total}",
        tick=tick,
        month=lambda month: _("%(month)s月") % {"month": month},
    )
    return line_chart(marks(year), marks(year - 1), words, WIDE)
