"""Indicators and monthly reports in the admin."""

import pytest
from django.urls import reverse

from stats.models import Figure, Indicator, MonthlyReport
from stats.month_table import month_table
from stats.resources import IndicatorResource
from tests.factories import FigureFactory, IndicatorFactory, ReportFactory, WindowFactory
from windows.importing.preview import preview_of
from windows.importing.sheets import plain_dataset

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(house):
    return ReportFactory(window=house.window)


@pytest.fixture
def figure(report):
    return FigureFactory(
        report=report, indicator=IndicatorFactory(centre=report.centre, label="受理"), value=37900
    )


@pytest.fixture
def page(client, house):
    client.force_login(house.data_clerk)
    return client


def change_url(report):
    return reverse("admin:stats_monthlyreport_change", args=[report.pk])


def edited(figure, value, version=1):
    return {
        "centre": figure.report.centre_id,
        "seen": version,
        "figures-TOTAL_FORMS": 1,
        "figures-INITIAL_FORMS": 1,
        "figures-0-id": figure.pk,
        "figures-0-report": figure.report_id,
        "figures-0-indicator": figure.indicator_id,
        "figures-0-value": value,
    }


def test_the_list_ends_with_the_totals_of_its_month(page, figure):
    html = page.get(reverse("admin:stats_monthlyreport_changelist")).content.decode()
    assert "2026年2月合计" in html and "37900件" in html


def test_totals_count_what_was_entered_and_by_how_many(house, figure):
    window = WindowFactory(department__centre=house.centre)
    FigureFactory(report=ReportFactory(window=window), indicator=figure.indicator, value=100)
    rows = month_table(house.centre, 2026, 2).rows
    assert [(row.label, row.total, row.reports) for row in rows] == [("受理", "38000件", 2)]


def test_a_number_is_changed_with_its_author(page, house, figure):
    response = page.post(change_url(figure.report), edited(figure, 5))
    assert response.status_code == 302
    figure.refresh_from_db()
    assert (figure.value, figure.entered_by) == (5, house.data_clerk)
    assert MonthlyReport.objects.get().version == 2


def test_a_page_opened_before_a_change_is_refused(page, figure):
    MonthlyReport.objects.update(version=2)
    response = page.post(change_url(figure.report), edited(figure, 5))
    assert "数据有了变化，没有保存" in response.content.decode()
    assert Figure.objects.get().value == 37900


@pytest.mark.parametrize("state", ["confirmed", "locked"])
def test_a_closed_month_is_only_looked_at(page, figure, state):
    MonthlyReport.objects.update(state=state)
    assert "figures-0-value" not in page.get(change_url(figure.report)).content.decode()
    assert page.post(change_url(figure.report), edited(figure, 5)).status_code == 403
    assert Figure.objects.get().value == 37900


def test_reports_of_another_centre_answer_like_absent_ones(page):
    foreign = ReportFactory()
    absent = reverse("admin:stats_monthlyreport_change", args=[10**6])
    assert page.get(change_url(foreign)).status_code == page.get(absent).status_code


def test_indicators_come_in_and_a_broken_formula_is_refused(house):
    def run(*rows):
        resource = IndicatorResource(centre=house.centre)
        headings = ["代号", "名称", "填报单位", "各窗口", "各月", "公式"]
        return preview_of(resource.import_data(plain_dataset(headings, rows)), resource)

    good = run(["a", "甲", "件", "", "", ""], ["b", "乙", "件", "按公式", "相加", "a + a"])
    assert (good.problems, len(good.additions)) == ([], 2)
    bad = run(["c", "丙", "件", "按公式", "相加", "a + nothing"])
    assert "公式用到的“nothing”不是指标代码" in bad.problems[0].message
    assert not Indicator.objects.filter(key="c").exists()
    assert "用小写英文字母" in run(["Ä", "丁", "件", "", "", ""]).problems[0].message
