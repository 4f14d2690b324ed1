"""The fast way in beside the ordinary one: the same words, the same rows, the same log."""

import random

import pytest
from django.contrib.admin.models import LogEntry
from django.db import transaction

from stats.figure_resources import FigureResource
from stats.models import Figure, MonthlyReport
from tests.factories import FigureFactory, IndicatorFactory, ReportFactory, WindowFactory
from windows.importing.preview import preview_of
from windows.importing.sheets import plain_dataset

pytestmark = pytest.mark.django_db
LONG = ["年", "月", "窗口", "指标", "数值", "分母", "口径说明"]
WINDOWS = ["商务厅窗口", "水利厅窗口", "民政厅窗口", "中心"]


@pytest.fixture
def centre(house):
    for name in WINDOWS[1:3]:
        WindowFactory(department__centre=house.centre, name=name)
    make = IndicatorFactory
    make(centre=house.centre, key="accepted", label="受理", owner="both")
    make(centre=house.centre, key="consult", label="咨询", unit="人次", owner="both")
    make(
        centre=house.centre, key="pleased", label="满意率", unit="%", owner="both",
        over_windows="ratio", over_months="ratio",
    )  # fmt: skip
    return house.centre


def stored():
    reports = [
        (r.window_id, r.year, r.month, r.nil, r.state, r.version)
        for r in MonthlyReport.objects.order_by("window", "year", "month")
    ]
    figures = [
        (f.report.window_id, f.report.year, f.report.month, f.indicator.key, f.value,
         f.denominator, f.precision, f.note, f.source, f.entered_by_id)
        for f in Figure.objects.select_related("report", "indicator")
    ]  # fmt: skip
    return reports, sorted(figures, key=repr)


def undone(work):
    """What `work` gives, with the database as it was before."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def ways(house, headings, rows, period=None):
    """(preview, rows written, log) by the ordinary way and by the fast one."""

    def resource():
        return FigureResource(centre=house.centre, user=house.data_clerk, period=period)

    def ordinary():
        one = resource()
        result = one.import_data(plain_dataset(headings, rows))
        return told(preview_of(result, one)), stored(), logged(one, result)

    def fast():
        one = resource()
        preview = one.bulk(plain_dataset(headings, rows), dry_run=False)
        return preview and (told(preview), stored(), logged(one, None))

    return undone(ordinary), undone(fast)


def told(preview):
    words = list(preview.differences), list(preview.additions), list(preview.problems)
    return *words, preview.changed, preview.unchanged, preview.writes


def logged(resource, result):
    return [(new, str(report)) for new, report in resource.written(result)]


def months(seed, amount):
    """`amount` figures at different places, in no order, some as a reader gives them."""
    dice = random.Random(seed)  # noqa: S311 - the same months every time
    places = [
        (year, month, window, key)
        for year in (2025, 2026)
        for month in (1, 2, 3)
        for window in WINDOWS
        for key in ("受理", "consult", "满意率")
    ]
    for year, month, window, key in dice.sample(places, amount):
        value = dice.choice([0, 7, 3120.0, " ３,120 ", "41"])
        under = dice.choice([10**5, "99999"]) if key == "满意率" else ""
        note = dice.choice(["", "", "含线上。", "反斜\\杠\t和\n换行"])
        yield [float(year), str(month), f" {window}", key, value, under, note]


@pytest.mark.parametrize("seed", range(12))
def test_both_ways_give_the_same_words_rows_and_log(house, centre, seed):
    before = list(months(seed, 30))
    FigureResource(centre=centre).import_data(plain_dataset(LONG, before))
    nil = ReportFactory(window=house.window, year=2026, month=9, nil=True)
    again = [*months(seed + 100, 40), [nil.year, nil.month, house.window.name, "受理", 3, "", ""]]
    ordinary, fast = ways(house, LONG, again)
    assert ordinary[0][2] == [], ordinary[0][2]
    assert fast == ordinary
    assert fast[0][3] and fast[0][1]  # some changed, some new


def test_columns_the_file_has_not_stay_as_they_are(house, centre):
    report = ReportFactory(window=house.window)
    accepted = centre.indicator_set.get(key="accepted")
    FigureFactory(report=report, indicator=accepted, value=5, note="含线上。", denominator=None)
    rows = [[2026, 2, house.window.name, "受理", 6]]
    ordinary, fast = ways(house, LONG[:5], rows)
    assert fast == ordinary and fast[1][1][0][7] == "含线上。"


@pytest.mark.parametrize("period", [None, (2026, 2)])
def test_a_wide_sheet_goes_both_ways(house, centre, period):
    headings = ["窗口", "受理（件）", "满意率（分子）", "满意率（分母）"]
    rows = [["商务厅窗口", 5.0, 9, 10], ["水利厅窗口", "", "", ""], ["中心", 8, "", ""]]
    if period is None:
        headings, rows = ["年", "月", *headings], [[2026, 2, *row] for row in rows]
    ordinary, fast = ways(house, headings, rows, period)
    assert fast == ordinary and fast[0][5] == 3


GOOD = [2026, 2, "商务厅窗口", "受理", 1, "", ""]
NOT_CLEAN = {
    "a cell nobody can read": [2026, 3, "商务厅窗口", "受理", "十", "", ""],
    "yes for a number": [2026, 3, "商务厅窗口", "受理", True, "", ""],
    "an unknown window": [2026, 3, "商务厅", "受理", 1, "", ""],
    "the same place again": [2026.0, "2", "商务厅窗口", "accepted", 1, "", ""],
    "a share without its whole": [2026, 3, "商务厅窗口", "满意率", 1, "", ""],
    "a part above its whole": [2026, 3, "商务厅窗口", "满意率", 2, 1, ""],
    "a whole nobody asked for": [2026, 3, "商务厅窗口", "受理", 2, 1, ""],
    "too long a note": [2026, 3, "商务厅窗口", "受理", 2, "", "长" * 201],
    "a closed month": [2026, 1, "水利厅窗口", "受理", 2, "", ""],
}


@pytest.mark.parametrize("row", NOT_CLEAN.values(), ids=NOT_CLEAN)
def test_what_is_not_clean_is_told_by_the_ordinary_way_and_nothing_is_written(house, centre, row):
    window = centre.servicewindow_set.get(name="水利厅窗口")
    ReportFactory(window=window, month=1, state="confirmed")
    before = stored()
    ordinary, fast = ways(house, LONG, [GOOD, row])
    assert fast is None
    assert ordinary[0][2] != [] and ordinary[1] == before


def test_a_preview_writes_nothing(house, centre):
    resource = FigureResource(centre=centre, user=house.data_clerk)
    preview = resource.bulk(plain_dataset(LONG, [GOOD]), dry_run=True)
    assert preview.writes == 1
    assert (Figure.objects.count(), MonthlyReport.objects.count()) == (0, 0)
    assert LogEntry.objects.count() == 0


def test_the_digest_follows_what_is_stored(house, centre):
    def digest():
        resource = FigureResource(centre=centre, user=house.data_clerk)
        return resource.bulk(plain_dataset(LONG, [GOOD]), dry_run=True).digest

    first = digest()
    assert digest() == first
    FigureFactory(
        report=ReportFactory(window=house.window),
        indicator=centre.indicator_set.get(key="accepted"),
        value=9,
    )
    second = digest()
    Figure.objects.update(value=8)
    assert len({first, second, digest()}) == 3
