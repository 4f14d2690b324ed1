"""Figures in a real browser: the public statistics, a number's sources, the map of months."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from stats.models import Figure
from tests.counted import Centre
from tests.press_figures import two_years
from tests.stories.test_site_browser import LOOKS, SMALL_TARGETS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATISTICS = "/monthly/statistics/"


def over(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def axe(page) -> list[str]:
    found = Axe().run(page)
    return [] if not found.violations_count else [found.generate_report()]


@pytest.fixture
def site(house, live_server) -> str:
    two_years(house)
    return live_server.url


@pytest.mark.parametrize("width", [1280, 390])
def test_statistics_hold_at_both_widths_in_every_look(chromium, site, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    faults = []
    for look in LOOKS:
        page.goto(f"{site}{STATISTICS}?view={look}")
        page.locator("summary:visible").last.click()
        faults += axe(page) + page.evaluate(SMALL_TARGETS)
        assert over(page) <= 0, look
        charts = page.locator("svg.chart")
        assert [charts.nth(n).is_visible() for n in (0, 1)].count(True) == 1
    assert (faults, said) == ([], [])
    page.close()


def test_the_chart_is_told_in_words_and_stands_beside_its_table(chromium, site):
    page = chromium.new_page()
    page.goto(site + STATISTICS)
    chart = page.get_by_role("img", name="办理政务服务事项")
    assert chart.count() == 1
    page.get_by_text("图中的数").click()
    row = page.get_by_role("row", name="2月 3.0 3.9")
    assert "原刊3.0万件" in row.inner_text()
    page.get_by_role("navigation", name="指标").get_by_role("link", name="现场邮寄量").click()
    assert page.get_by_role("heading", level=1).inner_text() == "现场邮寄量"
    page.close()


def test_without_script_everything_is_there(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + STATISTICS)
    assert page.locator("svg polyline").count() == 4
    assert page.locator(".cell").count() == 24
    assert page.get_by_role("link", name="下载CSV").is_visible()
    context.close()


def test_on_paper_one_chart_with_readable_type_and_the_table(chromium, site):
    page = chromium.new_page()
    page.goto(site + STATISTICS)
    page.emulate_media(media="print")
    shown = [chart.is_visible() for chart in page.locator("svg.chart").all()]
    assert shown == [False, True]
    assert page.locator(".figures").is_visible()
    assert not page.get_by_role("link", name="下载CSV").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()


@pytest.fixture
def centre(house) -> Centre:
    made = Centre(house)
    made.template("{m}月，全程网办受理{online}，满意率{rate}。")
    made.month(2026, 1, 30_000)
    made.month(2026, 2, 36_000)
    Figure.objects.update(entered_by=house.clerk)
    return made


@pytest.mark.parametrize("width", [1440, 390])
def test_a_click_on_a_number_shows_who_gave_it(centre, sign_in, width):
    issue = centre.issue(2026, 2)
    page = sign_in(centre.house.editor, width=width)
    page.goto(f"/admin/bulletin/issue/{issue.pk}/change/")
    page.get_by_text("数字的来历").click()
    page.get_by_role("link", name="3.60万件", exact=True).click()
    assert page.get_by_role("row", name="商务厅二号窗口").inner_text().count("24000") == 1
    assert centre.house.clerk.name in page.inner_text(".sources")
    assert axe(page) == []
    assert over(page) <= 0
    assert page.said == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_map_and_an_indicator_are_read_and_walked_by_keyboard(centre, sign_in, width):
    page = sign_in(centre.house.editor, width=width)
    pk = centre.house.centre.pk
    for path in (f"map/{pk}/?months=24", f"indicator/{pk}/online/?months=24"):
        page.goto(f"/admin/stats/monthlyreport/{path}")
        assert axe(page) == []
        assert over(page) <= 0
    page.goto(f"/admin/stats/monthlyreport/map/{pk}/")
    page.locator(".scroll").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/grid/" in url)
    assert page.said == []


def test_a_template_is_tried_with_the_figures_of_the_month(centre, sign_in):
    issue = centre.issue(2026, 2)
    page = sign_in(centre.house.editor)
    page.goto(f"/admin/bulletin/issue/{issue.pk}/template/")
    page.fill("textarea[name=narrative]", "{m}月，网办{online}，{onlin}。")
    page.get_by_role("button", name="预览").click()
    assert page.get_by_text("模板第17字的“{onlin}”不是指标代码。").first.is_visible()
    page.fill("textarea[name=narrative]", "{m}月，网办{online}。")
    page.get_by_role("button", name="预览").click()
    assert page.inner_text(".tried .printed").strip() == "2月，网办3.60万件。"
    assert axe(page) == []
    assert page.said == []
