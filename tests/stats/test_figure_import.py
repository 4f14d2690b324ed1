"""A month of figures from a sheet: long or wide, told by cell, written all or not at all."""

import time

import pytest
from django.urls import reverse

from stats.figure_columns import wide_headings
from stats.figure_resources import FigureGridResource, FigureResource
from stats.models import Figure, Indicator, MonthlyReport
from tests.factories import IndicatorFactory, ReportFactory, WindowFactory
from tests.windows.importing.files import upload, xlsx
from windows.importing.formats import FORMATS, read_sheet
from windows.importing.preview import preview_of
from windows.importing.sheets import plain_dataset

pytestmark = pytest.mark.django_db
LONG = ["年", "月", "窗口", "指标", "数值"]


@pytest.fixture
def window():
    return WindowFactory(department__short_name="商务厅")


@pytest.fixture
def accepted(window):
    return IndicatorFactory(centre=window.centre, key="accepted", label="受理")


@pytest.fixture
def satisfaction(window):
    return IndicatorFactory(
        centre=window.centre,
        key="satisfaction",
        label="满意率",
        unit="%",
        over_windows="ratio",
        over_months="ratio",
    )


def run(window, headings, *rows, period=None, dry_run=False, sheet=None):
    resource = FigureResource(centre=window.centre, period=period)
    dataset = sheet.dataset() if sheet else plain_dataset(headings, rows)
    return preview_of(resource.import_data(dataset, dry_run=dry_run), resource)


def told(preview):
    return [(problem.place, problem.message) for problem in preview.problems]


def stored():
    rows = Figure.objects.order_by("report__month", "indicator__key")
    return [(f.report.month, f.indicator.key, f.value, f.denominator) for f in rows]


def test_the_long_sheet_makes_the_report_and_its_figures(window, accepted, satisfaction):
    headings = [*LONG, "分母", "口径说明"]
    preview = run(
        window,
        headings,
        [2026, 2.0, "商务厅窗口", "受理", 3120.0, "", ""],
        ["2026", "2", "商务厅窗口", "satisfaction", "9", "10", "含线上"],
    )
    assert [a.place for a in preview.additions] == ["第2行 E列", "第3行 E列"]
    assert stored() == [(2, "accepted", 3120, None), (2, "satisfaction", 9, 10)]
    figure = Figure.objects.get(indicator=satisfaction)
    assert (figure.source, figure.note, figure.precision) == ("import", "含线上", 1)


def test_the_wide_sheet_takes_labels_units_keys_and_fractions(window, accepted, satisfaction):
    headings = ["窗口", "受理（件）", "满意率（分子）", "满意率（分母）"]
    preview = run(window, headings, ["商务厅窗口", 5, 9, 10], period=(2026, 3))
    assert preview.problems == []
    assert stored() == [(3, "accepted", 5, None), (3, "satisfaction", 9, 10)]


def test_an_empty_cell_of_the_wide_sheet_leaves_what_is_stored(window, accepted, satisfaction):
    run(window, LONG, [2026, 3, "商务厅窗口", "受理", 7])
    preview = run(window, ["窗口", "受理"], ["商务厅窗口", ""], period=(2026, 3))
    assert preview.writes == 0 and stored() == [(3, "accepted", 7, None)]


BAD_COUNTS = [
    (-1, "“-1”小于零；请填写0或大于0的整数。"),
    (1.5, "“1.5”不是整数；单位是件，请填写整数。"),
    (10**12, "1000000000000太大了：单位是件，不是万件吗？"),
    ("二百一十", "“二百一十”不是整数；请只填数字，例如3120。"),
    ("", "请填写数值；没有业务请填0，没有报请删去这一行。"),
    ("=1+1", "这一格是公式，但没有算好的值。请在Excel里打开并保存，或粘贴为数值。"),
]


@pytest.mark.parametrize(("count", "message"), BAD_COUNTS)
def test_a_bad_count_is_told_at_its_cell_and_nothing_is_written(window, accepted, count, message):
    good = [2026, 1, "商务厅窗口", "受理", 1]
    data = xlsx([], LONG, good, [2026, 2, "商务厅窗口", "受理", count])
    preview = run(window, LONG, sheet=read_sheet("a.xlsx", data))
    assert told(preview) == [("第4行 E列", message)]
    assert Figure.objects.count() == MonthlyReport.objects.count() == 0


def test_everything_wrong_with_a_row_is_told_at_once(window, accepted):
    preview = run(window, LONG, [2026, 13, "商务厅", "收理", "x"])
    assert [place for place, _message in told(preview)] == [
        "第2行 B列",
        "第2行 C列",
        "第2行 D列",
        "第2行 E列",
    ]
    messages = " ".join(message for _place, message in told(preview))
    assert "请改成“商务厅窗口”" in messages and "相近的有“受理”" in messages


def test_an_unknown_window_of_a_wide_row_is_told_once(window, accepted, satisfaction):
    headings = ["年", "月", "窗口", "受理", "满意率（分子）", "满意率（分母）"]
    preview = run(window, headings, [2026, 2, "无此窗口", 1, 2, 3])
    assert [place for place, _message in told(preview)] == ["第2行 C列"]


def test_the_same_number_twice_is_refused(window, accepted):
    row = [2026, 2, "商务厅窗口", "受理", 1]
    assert told(run(window, LONG, row, row)) == [
        ("第3行 D列", "与第2行重复，请删去其中一行。"),
    ]


def test_headings_that_are_no_indicators_are_named(window, accepted):
    preview = run(window, ["窗口", "受礼"], ["商务厅窗口", 1], period=(2026, 2))
    assert told(preview)[0] == ("", "不认识的列：受礼。请改成指标的名称，或删去这些列。")
    assert "受理（件）" in told(preview)[1][1]


def test_a_sheet_without_a_month_is_refused_when_none_was_chosen(window, accepted):
    preview = run(window, ["窗口", "受理"], ["商务厅窗口", 1])
    assert told(preview) == [("", "缺少的列：年、月。请在表头补上。")]


def test_formulas_owners_dates_and_fractions_are_kept(window, accepted, satisfaction):
    centre = window.centre
    IndicatorFactory(
        centre=centre, key="total", label="合计", over_windows="derived", formula="accepted"
    )
    IndicatorFactory(centre=centre, key="counter", label="综合窗口", owner="centre")
    IndicatorFactory(centre=centre, key="gone", label="旧指标", valid_to="2025-12-31")
    headings = [*LONG, "分母"]
    preview = run(
        window,
        headings,
        [2026, 2, "商务厅窗口", "合计", 1, ""],
        [2026, 2, "商务厅窗口", "综合窗口", 1, ""],
        [2026, 2, "中心", "受理", 1, ""],
        [2026, 2, "商务厅窗口", "旧指标", 1, ""],
        [2026, 2, "商务厅窗口", "满意率", 11, 10],
        [2026, 3, "商务厅窗口", "满意率", 11, ""],
        [2026, 2, "商务厅窗口", "受理", 11, 12],
    )
    words = ["自动计算", "由中心填", "由各窗口填", "已停用", "大于分母", "请填写分母", "没有分母"]
    assert [
        word in message for word, (_place, message) in zip(words, told(preview), strict=True)
    ] == [True] * 7


def test_the_centre_enters_its_own(window):
    IndicatorFactory(centre=window.centre, key="counter", label="综合窗口受理", owner="centre")
    assert run(window, LONG, [2026, 2, "中心", "综合窗口受理", 9]).problems == []
    assert MonthlyReport.objects.get().window is None


@pytest.mark.parametrize("state", ["confirmed", "locked"])
def test_a_closed_month_is_not_written_over_but_may_be_read_again(window, accepted, state):
    run(window, LONG, [2026, 2, "商务厅窗口", "受理", 5])
    MonthlyReport.objects.update(state=state)
    assert run(window, LONG, [2026, 2, "商务厅窗口", "受理", 5]).unchanged == 1
    assert "不能改" in told(run(window, LONG, [2026, 2, "商务厅窗口", "受理", 6]))[0][1]
    assert stored() == [(2, "accepted", 5, None)]


def test_a_changed_month_goes_up_a_version_and_is_no_nil_return(window, accepted):
    report = ReportFactory(window=window, nil=True)
    preview = run(window, LONG, [2026, 2, "商务厅窗口", "受理", 3])
    report.refresh_from_db()
    assert (report.version, report.nil) == (2, False)
    assert "原为零报告" in preview.additions[0].label


def test_a_printed_figure_stays_as_it_was_read_until_it_is_changed(window, accepted):
    report = ReportFactory(window=window)
    Figure.objects.create(report=report, indicator=accepted, value=37900, precision=100)
    assert run(window, LONG, [2026, 2, "商务厅窗口", "受理", 37900]).unchanged == 1
    assert Figure.objects.get().precision == 100
    run(window, LONG, [2026, 2, "商务厅窗口", "受理", 37912])
    assert Figure.objects.values_list("value", "precision").get() == (37912, 1)


def test_rows_of_another_centre_are_out_of_reach(window, accepted):
    other = WindowFactory(name="外省窗口")
    assert "没有窗口“外省窗口”" in told(run(window, LONG, [2026, 2, other.name, "受理", 1]))[0][1]


@pytest.mark.parametrize("resource", [FigureResource, FigureGridResource])
@pytest.mark.parametrize("file_format", FORMATS)
def test_an_export_read_back_changes_nothing(window, accepted, satisfaction, resource, file_format):
    IndicatorFactory(centre=window.centre, key="counter", label="综合窗口受理", owner="centre")
    run(
        window,
        [*LONG, "分母"],
        [2026, 2, "商务厅窗口", "受理", 5, ""],
        [2026, 2, "商务厅窗口", "满意率", 9, 10],
        [2026, 1, "中心", "综合窗口受理", 0, ""],
    )
    reports = MonthlyReport.objects.filter(centre=window.centre)
    dataset = resource(centre=window.centre).export(queryset=reports)
    data = file_format().export_data(dataset)
    sheet = read_sheet(f"a.{file_format.kind}", data)
    preview = run(window, [], sheet=sheet)
    assert (preview.problems, preview.unchanged, preview.writes) == ([], 3, 0)


def test_wide_headings_leave_out_formulas(window, accepted, satisfaction):
    IndicatorFactory(centre=window.centre, key="t", label="合计", over_windows="derived")
    assert list(wide_headings(Indicator.objects.all())) == [
        "受理（件）",
        "满意率（分子）",
        "满意率（分母）",
    ]


def usual_month(house):
    """60 windows × 20 indicators in the long form."""
    windows = [WindowFactory(department__centre=house.centre, name=f"第{n}窗口") for n in range(60)]
    indicators = [IndicatorFactory(centre=house.centre, label=f"项目{n}") for n in range(20)]
    rows = [
        [2026, 2, window.name, indicator.label, n * 7 % 5000]
        for window in windows
        for n, indicator in enumerate(indicators)
    ]
    return xlsx(LONG, *rows)


def test_a_usual_month_is_previewed_in_under_a_second(client, house, django_assert_max_num_queries):
    data = usual_month(house)
    client.force_login(house.data_clerk)
    page = reverse("admin:stats_monthlyreport_import")
    form = {"centre": house.centre.pk, "month": "2026-02"}

    def previewed():
        started = time.perf_counter()
        response = client.post(page, {**form, "file": upload(data)})
        return response, time.perf_counter() - started

    with django_assert_max_num_queries(60):
        response, first = previewed()
    assert min(first, previewed()[1], previewed()[1]) < 1  # the machine has other things to do
    assert len(response.context["preview"].additions) == 1200
    confirm = reverse("admin:stats_monthlyreport_process_import")
    client.post(confirm, {"slip": response.context["slip"]})
    assert (Figure.objects.count(), MonthlyReport.objects.count()) == (1200, 60)
    assert set(MonthlyReport.objects.values_list("version", flat=True)) == {1}
    again = client.post(page, {**form, "file": upload(data)})
    assert again.context["preview"].unchanged == 1200
