"""The map of who has given, and one indicator over the months: few queries, every word right."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bulletin.restating import NewFigure, restate
from stats.drill import drill_of
from stats.heat import heat_of, months_back
from stats.models import Figure, Indicator, MonthlyReport
from tests.counted import Centre
from tests.factories import WindowFactory

pytestmark = pytest.mark.django_db
MARCH = (2026, 3)


@pytest.fixture
def centre(house) -> Centre:
    return Centre(house)


def row(heat, name):
    found = next(row for row in heat.rows if row.name == name)
    return "".join(cell.word for cell in found.cells)


def heat(centre, count=3, cutoffs=None):
    return heat_of(centre.house.centre, MARCH, count, cutoffs or {})


def test_months_run_backwards_over_new_year():
    assert months_back((2026, 2), 4) == [(2026, 2), (2026, 1), (2025, 12), (2025, 11)]


def test_every_way_to_answer_has_its_word(centre):
    centre.month(2026, 1, 30_000)
    centre.give(centre.first, 2026, 2)
    centre.give(centre.first, 2026, 3, online=5)
    MonthlyReport.objects.filter(window=centre.first, month=3).update(state="entered")
    found = heat(centre)
    assert row(found, "商务厅窗口") == "待零报"
    assert row(found, "商务厅二号窗口") == "缺缺报"
    assert [(c.heard, c.asked) for c in found.columns] == [(1, 3), (1, 3), (3, 3)]
    assert found.missing == 4


def test_what_came_after_the_cutoff_is_late(centre):
    centre.month(2026, 3, 30_000)
    day = timezone.now()
    Figure.objects.filter(report__window=centre.second).update(entered_at=day)
    Figure.objects.filter(report__window=centre.first).update(entered_at=day - dt.timedelta(2))
    found = heat(centre, 1, {MARCH: day - dt.timedelta(1)})
    assert (row(found, "商务厅窗口"), row(found, "商务厅二号窗口")) == ("报", "迟")


def test_a_restated_month_says_so(centre):
    centre.month(2026, 3, 30_000)
    report = MonthlyReport.objects.get(window=centre.first)
    MonthlyReport.objects.filter(pk=report.pk).update(state="locked")
    change = NewFigure(Indicator.objects.get(key="online"), 1, seen=(10_000, None))
    restate(report, [change], by=centre.house.data_clerk, reason="补报")
    assert row(heat(centre, 1), "商务厅窗口") == "订"


def test_a_window_is_not_missed_before_it_began_and_a_silent_one_always_is(centre):
    late = WindowFactory(department=centre.house.department, name="新窗口")
    WindowFactory(department=centre.house.department, name="哑窗口")
    centre.give(late, 2026, 2, online=5)
    found = heat(centre)
    assert (row(found, "新窗口"), row(found, "哑窗口")) == ("缺报—", "缺缺缺")


def test_the_months_of_an_indicator_are_added_by_the_database(centre):
    centre.month(2025, 3, 20_000)
    centre.month(2026, 2, 30_000)
    centre.month(2026, 3, 36_000)
    told = drill_of(centre.house.centre, "total", MARCH, 3)
    assert [(r.month, r.total, r.before, r.year_before) for r in told.rows] == [
        ((2026, 3), "3.7万件", "+19.1%", "+74.8%"),
        ((2026, 2), "3.1万件", "—", "—"),
        ((2026, 1), "—", "—", "—"),
    ]
    rate = drill_of(centre.house.centre, "rate", MARCH, 1)
    assert [(r.total, r.before, r.givers) for r in rate.rows] == [("98.50%", "持平", 1)]
    assert drill_of(centre.house.centre, "nobody", MARCH, 1) is None


def test_queries_stay_the_same_for_more_windows_and_more_months(centre):
    def queries(count) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as mapped:
            heat(centre, count)
        with CaptureQueriesContext(connection) as drilled:
            drill_of(centre.house.centre, "total", MARCH, count)
        return len(mapped), len(drilled)

    centre.month(2026, 3, 30_000)
    few = queries(1)
    for number in range(10):
        window = WindowFactory(department=centre.house.department, name=f"另{number}号窗口")
        centre.give(window, 2026, 3, online=10)
    for month in (1, 2):
        centre.month(2026, month, 30_000)
    assert queries(24) == few == (3, 3)


def test_the_pages_lead_to_each_other(client, centre):
    centre.month(2026, 3, 30_000)
    client.force_login(centre.house.editor)
    pk = centre.house.centre.pk
    page = client.get(f"/admin/stats/monthlyreport/map/{pk}/?months=24").content.decode()
    assert f'href="/admin/stats/monthlyreport/grid/{pk}/2026/3/#row-{centre.first.pk}"' in page
    assert "商务厅窗口2026年3月按时报了" in page
    grid = client.get(f"/admin/stats/monthlyreport/grid/{pk}/2026/3/").content.decode()
    assert f'href="/admin/stats/monthlyreport/indicator/{pk}/online/"' in grid
    drill = client.get(f"/admin/stats/monthlyreport/indicator/{pk}/online/").content.decode()
    assert "3.00万件" in drill
