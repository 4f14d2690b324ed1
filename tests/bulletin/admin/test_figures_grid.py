"""The grid of all windows: cells saved over what was seen, confirmed in one press, restated."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from bulletin.models import Trail
from bulletin.moves import make_move
from stats.models import Figure, MonthlyReport, Restatement
from tests.factories import (
    FigureFactory,
    IndicatorFactory,
    ReportFactory,
    WindowFactory,
    printed_figure,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(house):
    return IndicatorFactory(centre=house.centre, key="accepted", label="受理", owner="both")


@pytest.fixture
def page(client, house):
    client.force_login(house.data_clerk)
    return client


def address(house, *more):
    return reverse(f"admin:stats_monthlyreport_{more[0] if more else 'grid'}", args=[
        house.centre.pk, 2026, 2, *more[1:],
    ])  # fmt: skip


def typed(accepted, text, seen="", **more):
    return {f"v-{accepted.pk}": text, f"w-{accepted.pk}": seen, **more}


def save(page, house, data, window=None):
    place = (window or house.window).pk
    return page.post(address(house, "grid_row", place), data, follow=True).content.decode()


def test_a_cell_is_saved_with_its_author_and_a_trail(page, house, accepted):
    html = save(page, house, typed(accepted, "3.79万"))
    assert "商务厅窗口已保存1格。" in html and "受理“3.79万”按37900件计。" in html
    figure = Figure.objects.get()
    assert (figure.value, figure.source, figure.entered_by) == (37900, "admin", house.data_clerk)
    assert Trail.objects.get(action="enter_figures").data == {"accepted": [None, [37900, None]]}
    assert ">37900<" in html and "合计" in html


def test_what_somebody_wrote_meanwhile_stays(page, house, accepted):
    report = ReportFactory(window=house.window)
    FigureFactory(report=report, indicator=accepted, value=7, entered_by=house.editor)
    html = save(page, house, typed(accepted, "9", seen="5/"))
    assert f"受理刚才由{house.editor}改为7，没有写入您的数。" in html
    assert Figure.objects.get().value == 7


def test_the_same_cell_posted_twice_is_written_once(page, house, accepted):
    for _time in range(2):
        save(page, house, typed(accepted, "9"))
    assert (Figure.objects.get().value, Trail.objects.count()) == (9, 1)


def test_an_emptied_cell_is_blank_and_not_zero(page, house, accepted):
    save(page, house, typed(accepted, "0"))
    assert Figure.objects.get().value == 0
    save(page, house, typed(accepted, " ", seen="0/"))
    assert Figure.objects.count() == 0


def test_what_is_no_number_is_told_and_the_rest_of_the_row_is_kept(page, house, accepted):
    other = IndicatorFactory(centre=house.centre, key="other", label="咨询")
    html = save(page, house, {**typed(accepted, "十"), **typed(other, "4")})
    assert "受理：“十”不是整数" in html
    assert [f.indicator.key for f in Figure.objects.all()] == ["other"]


@pytest.mark.parametrize(("state", "word"), [("confirmed", "取消确认"), ("locked", "订正")])
def test_a_closed_month_is_not_written(page, house, accepted, state, word):
    figure = FigureFactory(report=ReportFactory(window=house.window), indicator=accepted)
    MonthlyReport.objects.filter(pk=figure.report.pk).update(state=state)
    assert word in save(page, house, typed(accepted, "5", seen="100/"))
    assert Figure.objects.get().value == 100


def test_a_nil_return_is_said_and_taken_back_by_a_number(page, house, accepted):
    save(page, house, {"action": "nil"})
    assert MonthlyReport.objects.get().nil
    save(page, house, typed(accepted, "5"))
    assert not MonthlyReport.objects.get().nil


def test_one_press_confirms_what_is_sound_and_says_why_of_the_rest(page, house, accepted):
    nil = WindowFactory(department=house.department, name="二号")
    blank = WindowFactory(department=house.department, name="三号")
    FigureFactory(report=ReportFactory(window=house.window), indicator=accepted, value=5)
    ReportFactory(window=nil, nil=True)
    ReportFactory(window=blank)
    html = page.post(address(house, "grid_confirm"), follow=True).content.decode()
    assert "确认了2个窗口的数据。" in html and "三号没有确认：" in html
    states = dict(MonthlyReport.objects.values_list("window__name", "state"))
    assert states == {"商务厅窗口": "confirmed", "二号": "confirmed", "三号": "entered"}


def test_a_handed_in_report_is_accepted_with_it_and_a_draft_is_not(page, house, accepted):
    handed_in = house.report({"accepted": 5}, state="draft")
    make_move(handed_in, "submit", by=house.clerk)
    other = WindowFactory(department=house.department, name="二号")
    draft = house.report({"accepted": 5}, window=other)
    html = page.post(address(house, "grid_confirm"), follow=True).content.decode()
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.report.state) == ("accepted", "confirmed")
    draft.report.refresh_from_db()
    assert draft.report.state == "entered" and "二号没有确认：窗口还没有提交。" in html


def test_late_restated_and_nil_are_told_apart_by_words(page, house, accepted):
    house.call(cutoff=timezone.now() - dt.timedelta(days=1))
    save(page, house, typed(accepted, "5"))
    MonthlyReport.objects.update(state="locked")
    Restatement.objects.create(
        centre=house.centre, figure=Figure.objects.get(), old=4, new=5, reason="漏计。"
    )
    html = page.get(address(house)).content.decode()
    row = html[html.index(f'id="row-{house.window.pk}"') :].split("</tr>")[0]
    assert [word in row for word in ("迟", "订", "已锁定", "零报告")] == [True, True, True, False]


def test_queries_do_not_grow_with_the_windows(page, house, accepted, django_assert_max_num_queries):
    def looked_at():
        with django_assert_max_num_queries(40) as seen:
            page.get(address(house))
        return len(seen)

    FigureFactory(report=ReportFactory(window=house.window), indicator=accepted)
    one = looked_at()
    for n in range(3):
        window = WindowFactory(department=house.department, name=f"{n}号")
        FigureFactory(report=ReportFactory(window=window), indicator=accepted)
    assert looked_at() == one


def test_a_published_month_is_restated_on_its_page(page, house, accepted):
    report = printed_figure(house.window, accepted).report
    at = reverse("admin:stats_monthlyreport_restate", args=[report.pk])
    refused = page.post(at, typed(accepted, "120", seen="100/", reason="")).content.decode()
    assert "请写明订正的理由" in refused and 'value="120"' in refused
    html = page.post(at, typed(accepted, "120", seen="100/", reason="漏计一天。"), follow=True)
    assert "已订正1项，下期刊登说明。" in html.content.decode()
    assert Restatement.objects.get().old == 100 and Figure.objects.get().value == 120


def test_a_window_that_came_late_is_taken_in(page, house, accepted):
    printed_figure(house.window, accepted)
    late = WindowFactory(department=house.department, name="二号")
    save(page, house, typed(accepted, "5"), late)
    assert "补报" in page.get(address(house)).content.decode()
    report = MonthlyReport.objects.get(window=late)
    at = reverse("admin:stats_monthlyreport_restate", args=[report.pk])
    page.post(at, {"reason": "窗口补报。"})
    report.refresh_from_db()
    assert (report.state, Restatement.objects.get().new) == ("locked", 5)


@pytest.mark.parametrize("name", ["grid", "grid_confirm"])
def test_the_grid_of_another_centre_is_absent(page, house, name):
    foreign = ReportFactory()
    other = reverse(f"admin:stats_monthlyreport_{name}", args=[foreign.centre_id, 2026, 2])
    absent = reverse(f"admin:stats_monthlyreport_{name}", args=[10**6, 2026, 2])
    ask = page.get if name == "grid" else page.post
    assert ask(other).status_code == ask(absent).status_code == 404
