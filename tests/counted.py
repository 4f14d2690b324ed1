"""A centre whose windows give figures, and the issues made of them."""

from __future__ import annotations

import datetime as dt

from bulletin.assembly import build_document, collect, open_issue
from bulletin.models import Edition
from bulletin.moves import make_move
from bulletin.publishing import publish, send_proof, sign
from stats.models import Figure, Indicator, MonthlyReport
from tests.factories import WindowFactory

TEMPLATE = (
    "{m}月，省本级办理政务服务事项{total}，{total:环比}，{total:同比}；"
    "全程网办受理{online}，{online:累计}；满意率{rate}，{rate:环比}。"
)


class Centre:
    """Two windows and the centre's counter, and the issues made of what they give."""

    def __init__(self, house) -> None:
        self.house = house
        self.first = house.window
        self.second = WindowFactory(department=house.department, name="商务厅二号窗口")
        self.indicator("online", "全程网办受理", scale=10_000, decimals=2)
        self.indicator("counter", "综合窗口受理", scale=10_000, decimals=2, owner="centre")
        self.indicator(
            "total", "办理政务服务事项", scale=10_000, decimals=1, owner="centre",
            over_windows="derived", formula="online + counter",
        )  # fmt: skip
        self.indicator(
            "rate", "满意率", unit="%", decimals=2, over_windows="ratio", over_months="ratio"
        )
        self.template(TEMPLATE)

    def indicator(self, key, label, **fields) -> Indicator:
        return Indicator.objects.create(centre=self.house.centre, key=key, label=label, **fields)

    def template(self, text) -> None:
        self.house.publication.narrative = text
        self.house.publication.save()

    def give(self, window, year, month, **values) -> MonthlyReport:
        """Values are numbers, or (numerator, denominator); nothing given is a nil return."""
        report = MonthlyReport.objects.create(
            centre=self.house.centre, window=window, year=year, month=month, nil=not values
        )
        for key, value in values.items():
            top, under = value if isinstance(value, tuple) else (value, None)
            indicator = Indicator.objects.get(key=key)
            Figure.objects.create(report=report, indicator=indicator, value=top, denominator=under)
        return make_move(report, "confirm", by=self.house.data_clerk)

    def month(self, year, month, online, good=985, counter=1_400) -> None:
        """`online` cases over both windows, `good` of 1000 ratings, the centre's own."""
        self.give(self.first, year, month, online=online // 3, rate=(good, 1000))
        self.give(self.second, year, month, online=online - online // 3)
        self.give(None, year, month, counter=counter)

    def issue(self, year, month, **fields):
        made = open_issue(
            self.house.publication, year=year, month=month, by=self.house.editor, **fields
        )
        made.issued_on = dt.date(year + made.months[-1] // 12, made.months[-1] % 12 + 1, 25)
        made.save()
        collect(made, by=self.house.editor)
        return made

    def paragraph(self, issue) -> str:
        return build_document(issue).sections[0].items[0].text

    def publish(self, issue) -> Edition:
        self.house.news(state="accepted", year=issue.year, month=issue.month)
        edition = send_proof(issue, by=self.house.editor)
        sign(edition, by=self.house.approver, digest=edition.digest)
        return publish(issue, by=self.house.publisher)
