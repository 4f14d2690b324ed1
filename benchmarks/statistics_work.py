"""A centre with years of figures, every month printed, and the pages that look at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bulletin.document import FigureRecord, IssueDocument, dumps
from bulletin.figure_records import record_of
from bulletin.models import Edition, Issue
from bulletin.site import shelf
from bulletin.views.site.answers import KEPT
from stats.models import Figure, Indicator, MonthlyReport
from stats.specs import IndicatorSpec, Value
from tests import press
from tests.factories import House, WindowFactory

LAST = 2026 * 12 + 8  # September 2026, newest; the others lie before it


class World:
    def __init__(self, windows: int, indicators: int) -> None:
        call_command("migrate", verbosity=0)
        self.house = House()
        self.windows = [self.house.window] + [
            WindowFactory(department=self.house.department, name=f"{number}号窗口")
            for number in range(1, windows)
        ]
        self.indicators = Indicator.objects.bulk_create(
            Indicator(centre=self.house.centre, key=f"figure_{n}", label=f"第{n}项", order=n)
            for n in range(indicators)
        )
        self.months = 0
        self.editor = Client()
        self.editor.force_login(self.house.editor)

    def grow(self, months: int) -> None:
        """Until there are so many months, the newest first."""
        for back in range(self.months, months):
            self._month(LAST - back)
        self.months = months

    def _month(self, serial: int) -> None:
        year, month = serial // 12, serial % 12 + 1
        reports = MonthlyReport.objects.bulk_create(
            MonthlyReport(centre=self.house.centre, window=window, year=year, month=month)
            for window in self.windows
        )
        Figure.objects.bulk_create(
            Figure(report=report, indicator=indicator, value=100 + (serial * at) % 17)
            for report in reports
            for at, indicator in enumerate(self.indicators)
        )
        MonthlyReport.objects.filter(year=year, month=month).update(state="locked")
        self._publish(press.document(year, month), serial)

    def _publish(self, paper: IssueDocument, serial: int) -> None:
        """A frozen edition without files: what the pages read."""
        figures = tuple(self._figure(row, 6_000 + serial % 400) for row in self.indicators)
        fields = {name: getattr(paper, name) for name in IssueDocument.__slots__}
        frozen = IssueDocument(**{**fields, "figures": figures})
        period = frozen.period
        issue = Issue.objects.create(
            publication=self.house.publication,
            year=period.year,
            month=period.month,
            number=frozen.number,
            state="published",
        )
        out = dt.datetime(period.year, period.month, 28, tzinfo=dt.UTC)
        Edition.objects.create(
            issue=issue,
            proof_no=1,
            content=dumps(frozen).decode(),
            digest=frozen.digest,
            year=period.year,
            number=frozen.number,
            sent_by=self.house.editor,
            signed_by=self.house.approver,
            signed_at=out,
            published_at=out,
        )

    def _figure(self, row: Indicator, value: int) -> FigureRecord:
        spec = IndicatorSpec(row.key, row.label)
        return record_of(spec, Value(value), formula="", given_by=len(self.windows))

    def pages(self) -> dict[str, Callable[[], object]]:
        centre, admin = self.house.centre.pk, "/admin/stats/monthlyreport/"
        return {
            "public: statistics": self._public(""),
            "public: one indicator": self._public("figure_7/"),
            "public: every figure as CSV": self._public("figures.csv"),
            "newsroom: a month's table": self._asked(f"{admin}grid/{centre}/2026/9/"),
            "newsroom: map of 12 months": self._asked(f"{admin}map/{centre}/?months=12"),
            "newsroom: map of 24 months": self._asked(f"{admin}map/{centre}/?months=24"),
            "newsroom: indicator, 24 months": self._asked(
                f"{admin}indicator/{centre}/figure_7/?months=24"
            ),
        }

    def _public(self, path: str) -> Callable[[], object]:
        def ask() -> object:
            KEPT._pages.clear()
            shelf._parse.cache_clear()
            return _answered(Client().get(f"/monthly/statistics/{path}"))

        return ask

    def _asked(self, path: str) -> Callable[[], object]:
        return lambda: _answered(self.editor.get(path))

    @staticmethod
    def queries(ask: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            ask()
        return len(captured)


def _answered(response: object) -> object:
    assert response.status_code == 200, response  # type: ignore[attr-defined]  # noqa: S101
    return response
