"""An import is checked before it is written: what blocks a confirmed month blocks it here."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stats.figure_resources import FigureResource
from stats.models import Figure
from tests.factories import FigureFactory, IndicatorFactory, ReportFactory, WindowFactory
from tests.windows.importing.files import upload, xlsx
from windows.importing.preview import preview_of
from windows.importing.sheets import plain_dataset

pytestmark = pytest.mark.django_db
LONG = ["年", "月", "窗口", "指标", "数值"]
NOTED = [*LONG, "口径说明"]
SWING = "受理2000件，前几个月的中位数是100件，变化很大；请核对，属实的请填写口径说明。"
SLIP = "受理1000000件，前几个月的中位数是100件，相差约万倍：单位是件，不是万件吗？"


@pytest.fixture
def centre(house):
    """Four months of 100 a month behind the window."""
    accepted = IndicatorFactory(centre=house.centre, key="accepted", label="受理", owner="both")
    for key, label in (("received", "受理反映"), ("explained", "解释"), ("coordinated", "协调")):
        IndicatorFactory(centre=house.centre, key=f"unresolved_{key}", label=label)
    for year, month in ((2025, 10), (2025, 11), (2025, 12), (2026, 1)):
        report = ReportFactory(window=house.window, year=year, month=month)
        FigureFactory(report=report, indicator=accepted, value=100)
    return house.centre


def ways(house, headings, *rows):
    """The preview by columns and row by row: they say the same."""

    def resource():
        return FigureResource(centre=house.centre, user=house.data_clerk)

    fast = resource().bulk(plain_dataset(headings, rows), dry_run=True)
    slow = resource()
    told = preview_of(slow.import_data(plain_dataset(headings, rows), dry_run=True), slow)
    for name in ("problems", "differences", "additions"):
        assert list(getattr(fast, name)) == list(getattr(told, name))
    assert (fast.remarked, fast.is_clean) == (told.remarked, told.is_clean)
    return fast


def row(value, *more, window="商务厅窗口", indicator="受理"):
    return [2026, 2, window, indicator, value, *more]


def test_a_slip_of_the_unit_blocks_and_says_where(house, centre):
    preview = ways(house, LONG, row(1_000_000))
    [problem] = preview.problems
    assert (problem.place, problem.value, problem.message) == ("第2行 E列", "1000000", SLIP)
    assert not preview.is_clean and Figure.objects.count() == 4


def test_a_swing_is_told_beside_its_row_and_may_be_written(house, centre):
    preview = ways(house, LONG, row(2_000))
    assert (preview.is_clean, preview.remarked) == (True, 1)
    assert preview.additions[0].remarks == (SWING,)


def test_what_is_explained_and_what_is_usual_are_silent(house, centre):
    assert ways(house, NOTED, row(2_000, "新增一类事项。")).remarked == 0
    assert ways(house, LONG, row(130)).remarked == 0


def test_a_change_is_told_at_its_first_cell_and_what_does_not_change_is_silent(house, centre):
    figure = Figure.objects.get(report__month=1)
    Figure.objects.filter(pk=figure.pk).update(value=2_000, note="")
    assert ways(house, LONG, [2026, 1, "商务厅窗口", "受理", 2_000]).remarked == 0
    preview = ways(house, NOTED, [2026, 1, "商务厅窗口", "受理", 3_000, ""])
    [difference] = preview.differences
    assert difference.remarks and difference.column == "数值"


def test_parts_are_added_up_with_what_is_stored(house, centre):
    report = ReportFactory(window=house.window, month=2)
    for key, value in (("received", 10), ("explained", 6)):
        indicator = centre.indicator_set.get(key=f"unresolved_{key}")
        FigureFactory(report=report, indicator=indicator, value=value)
    [problem] = ways(house, LONG, row(5, indicator="协调")).problems
    assert problem.message == "解释、协调合计11件，与受理反映10件不符。"
    assert ways(house, LONG, row(4, indicator="协调")).is_clean


def test_the_months_of_one_file_stand_behind_each_other(house, centre):
    Figure.objects.all().delete()
    rows = [[2025, month, "商务厅窗口", "受理", 100] for month in (10, 11, 12)]
    assert ways(house, LONG, *rows, row(1_000_000)).problems[0].message == SLIP


def test_what_the_centre_counts_too_is_told(house, centre):
    other = WindowFactory(department=house.department, name="二号")
    FigureFactory(
        report=ReportFactory(window=other, month=2),
        indicator=centre.indicator_set.get(key="accepted"), value=20,
    )  # fmt: skip
    preview = ways(house, LONG, row(100), row(120, window="中心"))
    assert preview.additions[1].remarks == ("受理：中心填的120件等于各窗口之和，可能重复统计。",)


def test_queries_stay_the_same_for_more_windows(house, centre):
    windows = [WindowFactory(department=house.department, name=f"{n}号").name for n in range(9)]

    clerk = house.data_clerk

    def queries(rows) -> int:
        with CaptureQueriesContext(connection) as seen:
            resource = FigureResource(centre=centre, user=clerk)
            assert resource.bulk(plain_dataset(LONG, rows), dry_run=True).writes == len(rows)
        return len(seen)

    rows = [row(50), *(row(50, window=name) for name in windows)]
    assert queries(rows[:1]) == queries(rows) == 7


def sent(client, house, value):
    client.force_login(house.data_clerk)
    form = {"centre": house.centre.pk, "month": "2026-02"}
    file = upload(xlsx(LONG, row(value)))
    at = reverse("admin:stats_monthlyreport_import")
    return client.post(at, {**form, "file": file}).content.decode()


def test_the_page_shows_both_and_offers_only_what_may_be_written(client, house, centre):
    blocked = sent(client, house, 1_000_000)
    assert SLIP in blocked and "确认导入" not in blocked
    told = sent(client, house, 2_000)
    assert SWING in told and "确认导入1行" in told and "1行的数与往月相差很大" in told
    assert "请核对" not in sent(client, house, 130)
