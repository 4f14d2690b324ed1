"""零报告 is an answer, and zero of all that was asked; a window that gave no answer is not."""

from __future__ import annotations

import datetime as dt

import pytest

from bulletin.assembly import build_document, collect
from bulletin.readiness import check_issue
from bulletin.restating import NewFigure, restate, restated_in, take_late
from bulletin.sources import sources_of
from stats.drill import drill_of
from stats.grid import grid_of
from stats.models import Indicator, MonthlyReport
from stats.month_table import month_table
from stats.totals import counted_answers, idle_of, specs_on, totals_of
from tests.counted import Centre
from tests.factories import WindowFactory

pytestmark = pytest.mark.django_db
TEMPLATE = "{m}月，全程网办受理{online}；无业务窗口{idle}：{idle:名单}。"


class ThreeWindows(Centre):
    def __init__(self, house) -> None:
        super().__init__(house)
        self.third = WindowFactory(department=house.department, name="商务厅三号窗口")


@pytest.fixture
def centre(house) -> ThreeWindows:
    made = ThreeWindows(house)
    made.indicator("idle", "无业务窗口", unit="个", over_windows="idle", over_months="none")
    made.template(TEMPLATE)
    return made


def missing(issue) -> list[str]:
    return [p.message for p in check_issue(issue) if p.code in {"missing-figure", "missing-window"}]


def test_nil_and_zeros_are_counted_and_named_and_a_missing_sheet_is_not(centre):
    centre.give(centre.first, 2026, 5, online=9_100)
    centre.give(centre.second, 2026, 5)
    issue = centre.issue(2026, 5)
    assert missing(issue) == ["5月数据还没有确认：商务厅三号窗口。"]
    specs = specs_on(centre.house.centre, issue.last_day)
    answers = counted_answers(centre.house.centre, 2026, [5])
    assert totals_of(centre.house.centre, 2026, specs, answers, [5])["idle"].value == 1
    assert idle_of(specs, answers, [5]) == [centre.second]
    centre.give(centre.third, 2026, 5, online=0)
    assert missing(issue) == []
    collect(issue, by=centre.house.editor)
    assert centre.paragraph(issue) == (
        "5月，全程网办受理0.91万件；无业务窗口2个：商务厅二号窗口、商务厅三号窗口。"
    )


def test_a_month_of_nil_returns_is_zero_and_a_month_of_silence_is_missing(centre):
    for window in (centre.first, centre.second, centre.third):
        centre.give(window, 2026, 5)
    assert centre.paragraph(centre.issue(2026, 5)).startswith("5月，全程网办受理0.00万件；")
    assert missing(centre.issue(2026, 6))[0] == "缺少数据：全程网办受理、无业务窗口。"


def test_with_work_everywhere_the_list_says_so(centre):
    for window in (centre.first, centre.second, centre.third):
        centre.give(window, 2026, 5, online=100)
    assert centre.paragraph(centre.issue(2026, 5)).endswith("无业务窗口0个：无。")


def test_the_centres_own_figures_do_not_hide_a_missing_window(centre):
    centre.template("{m}月，综合窗口受理{counter}。")
    centre.give(None, 2026, 5, counter=1_400)
    centre.give(centre.second, 2026, 5)
    assert missing(centre.issue(2026, 5)) == ["5月数据还没有确认：商务厅窗口、商务厅三号窗口。"]


def test_nil_says_nothing_of_an_indicator_that_was_not_asked_yet(centre):
    centre.indicator("agent", "帮办代办", valid_from=dt.date(2026, 5, 1))
    for window in (centre.first, centre.second, centre.third):
        centre.give(window, 2026, 4)
        centre.give(window, 2026, 5, agent=2)
    specs = specs_on(centre.house.centre, dt.date(2026, 5, 31))
    answers = counted_answers(centre.house.centre, 2026, [4, 5])
    together = totals_of(centre.house.centre, 2026, specs, answers, [4, 5])
    assert "agent" not in together
    assert "agent" in totals_of(centre.house.centre, 2026, specs, answers, [5])


def test_every_place_that_looks_counts_the_same(centre):
    centre.give(centre.first, 2026, 5, online=9_100)
    centre.give(centre.second, 2026, 5)
    centre.give(centre.third, 2026, 5, online=0, rate=(0, 0))
    house, key = centre.house.centre, "idle"
    column = next(c for c in grid_of(house, 2026, 5).columns if c.spec.key == key)
    table = {row.label: row.total for row in month_table(house, 2026, 5).rows}
    drilled = drill_of(house, key, (2026, 5), 2).rows
    assert (column.total, table["无业务窗口"]) == ("2", "2个")
    assert [(row.total, row.givers) for row in drilled] == [("2个", 3), ("—", 0)]
    assert drill_of(house, "online", (2026, 5), 1).rows[0].givers == 3
    issue = centre.issue(2026, 5)
    [online, idle] = build_document(issue).figures
    assert (online.given_by, idle.given_by) == (3, 3)
    [part] = sources_of(issue, key).parts
    assert (part.total, part.idle) == ("2个", ["商务厅二号窗口", "商务厅三号窗口"])


def test_the_page_of_the_number_names_them(client, centre):
    centre.give(centre.first, 2026, 5, online=9_100)
    centre.give(centre.second, 2026, 5)
    client.force_login(centre.house.editor)
    issue = centre.issue(2026, 5)
    page = client.get(f"/admin/bulletin/issue/{issue.pk}/numbers/idle/").content.decode()
    assert "零报告和全部填0的窗口：商务厅二号窗口。" in page


def test_nobody_is_asked_to_type_it(centre):
    grid = grid_of(centre.house.centre, 2026, 5)
    assert [c.column.spec.key for c in grid.rows[0].cells if c.asked] == ["online", "rate"]


def printed(centre):
    """May is public, with one nil return; June is in preparation."""
    centre.give(centre.first, 2026, 5, online=9_100)
    centre.give(centre.second, 2026, 5)
    centre.publish(centre.issue(2026, 5))
    return MonthlyReport.objects.get(window=centre.second, month=5)


def test_a_nil_return_that_is_restated_was_one_when_it_was_printed(centre):
    MonthlyReport.objects.all().delete()
    centre.third.is_open = False
    centre.third.save()
    report = printed(centre)
    online = Indicator.objects.get(key="online")
    restate(report, [NewFigure(online, 300)], by=centre.house.data_clerk, reason="补报")
    june = centre.issue(2026, 6)
    assert [told.sentence for told in restated_in(june)] == [
        "2026年5月全程网办受理由0.91万件订正为0.94万件（补报）。",
        "2026年5月无业务窗口由1个订正为0个。",
    ]


def test_a_nil_return_that_comes_late_is_told_like_any_late_figure(centre):
    centre.third.is_open = False
    centre.third.save()
    printed(centre)
    late = MonthlyReport.objects.create(
        centre=centre.house.centre, window=centre.third, year=2026, month=5, nil=True
    )
    rows = take_late(late, by=centre.house.data_clerk, reason="补报零报告")
    assert {(row.figure.indicator.key, row.old, row.new) for row in rows} == {
        ("online", None, 0), ("rate", None, 0),
    }  # fmt: skip
    june = centre.issue(2026, 6)
    assert [told.sentence for told in restated_in(june)] == ["2026年5月无业务窗口由1个订正为2个。"]
