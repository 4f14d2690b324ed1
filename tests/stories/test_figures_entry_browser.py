"""The data clerk's month in a real browser: keyboard, paste, a sheet out and in, 订正."""

from __future__ import annotations

import io

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from stats.models import Figure, Restatement
from tests.factories import (
    House,
    IndicatorFactory,
    WindowFactory,
    printed_figure,
)
from tests.stories.test_newsroom_browser import SMALL_TARGETS
from tests.windows.importing.files import saved, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTE = """([cell, text]) => {
  const data = new DataTransfer();
  data.setData('text', text);
  const paste = {clipboardData: data, bubbles: true, cancelable: true};
  cell.dispatchEvent(new ClipboardEvent('paste', paste));
}"""


@pytest.fixture
def house(transactional_db):
    house = House()
    WindowFactory(department=house.department, name="二号窗口")
    for key, label in (("accepted", "受理"), ("completed", "办结")):
        IndicatorFactory(centre=house.centre, key=key, label=label, order=len(key))
    return house


def grid_of(house):
    return reverse("admin:stats_monthlyreport_grid", args=[house.centre.pk, 2026, 2])


def stored():
    rows = Figure.objects.order_by("report__window", "indicator__order")
    return list(rows.values_list("report__window__name", "indicator__key", "value"))


def cell(page, window, label):
    return page.get_by_label(f"{window}，{label}", exact=True)


def test_cells_are_filled_by_keyboard_and_saved_as_they_are_left(house, sign_in):
    page = sign_in(house.data_clerk, width=1440)
    page.goto(grid_of(house))
    cell(page, "商务厅窗口", "受理").focus()
    page.keyboard.type("3.79万")
    with page.expect_response(lambda answer: "/row/" in answer.url):
        page.keyboard.press("ArrowRight")
    page.get_by_text("“3.79万”按37900件计。").wait_for()
    page.keyboard.type("12")
    with page.expect_response(lambda answer: "/row/" in answer.url):
        page.keyboard.press("Enter")
    page.locator("#sums td", has_text="37900").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "二号窗口，办结"
    assert stored() == [("商务厅窗口", "accepted", 37900), ("商务厅窗口", "completed", 12)]
    assert page.said == []


def test_a_block_is_pasted_summed_up_and_undone(house, sign_in):
    page = sign_in(house.data_clerk, width=1440)
    page.goto(grid_of(house))
    first = cell(page, "商务厅窗口", "受理")
    first.focus()
    page.evaluate(PASTE, [first.element_handle(), "1,200\t7\n30\t8\n"])
    page.get_by_text("二号窗口已保存2格。").wait_for()
    assert page.locator("#sums td", has_text="1230").is_visible()
    assert len(stored()) == 4
    page.get_by_role("button", name="撤销粘贴").click()
    page.get_by_text("商务厅窗口已保存2格。").wait_for()
    page.get_by_text("二号窗口已保存2格。").wait_for()
    assert stored() == []
    assert page.said == []


def test_what_is_no_number_stays_in_its_cell_and_is_told(house, sign_in):
    page = sign_in(house.data_clerk, width=1440)
    page.goto(grid_of(house))
    cell(page, "商务厅窗口", "受理").fill("十")
    with page.expect_response(lambda answer: "/row/" in answer.url):
        page.keyboard.press("Enter")
    page.get_by_text("受理：“十”不是整数").wait_for()
    assert cell(page, "商务厅窗口", "受理").input_value() == "十"
    assert stored() == []


def test_a_windows_sheet_goes_out_and_comes_back_on_the_desk(house, sign_in, tmp_path):
    page = sign_in(house.clerk)
    page.goto("/desk/2026/2/counts/")
    page.get_by_text("用 Excel 填").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载填报表").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    book.worksheets[0]["D4"] = 77
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(saved(book))
    page.get_by_label("填好的填报表（.xlsx）").set_input_files(path)
    with page.expect_navigation():
        page.get_by_role("button", name="读入").click()
    assert page.get_by_text("已读入填报表，改动1格，还没有提交").is_visible()
    assert page.get_by_label("受理，单位：件").or_(page.locator("input[value='77']")).count() >= 1
    assert Figure.objects.count() == 0
    assert page.said == []


def test_an_import_is_shown_put_right_and_written(house, sign_in, tmp_path):
    path = tmp_path / "表.xlsx"
    headings = ["窗口", "受理（件）"]

    def sent(value):
        path.write_bytes(xlsx(headings, ["商务厅窗口", value]))
        page.goto(reverse("admin:stats_monthlyreport_import"))
        page.locator("input[type=file]").set_input_files(path)
        page.locator("input[name=month]").fill("2026-02")
        with page.expect_navigation():
            page.get_by_role("button", name="看看会改什么").click()

    page = sign_in(house.data_clerk, width=1440)
    sent("很多")
    assert page.get_by_text("第2行 B列").is_visible() and stored() == []
    sent(120)
    with page.expect_navigation():
        page.get_by_role("button", name="确认导入1行").click()
    assert stored() == [("商务厅窗口", "accepted", 120)]
    assert page.said == []


def locked(house):
    accepted = house.centre.indicator_set.get(key="accepted")
    return printed_figure(house.window, accepted).report


def test_a_published_figure_is_restated_with_its_reason(house, sign_in):
    locked(house)
    page = sign_in(house.data_clerk, width=1440)
    page.goto(grid_of(house))
    page.get_by_role("link", name="订正", exact=True).click()
    page.get_by_label("受理订正为").fill("120")
    page.get_by_label("订正的理由").fill("漏计一天。")
    with page.expect_navigation():
        page.get_by_role("button", name="订正").click()
    assert page.get_by_text("已订正1项，下期刊登说明。").is_visible()
    assert Restatement.objects.get().new == 120
    assert page.said == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_are_sound(house, sign_in, width):
    report = locked(house)
    page = sign_in(house.data_clerk, width=width)
    faults = []
    pages = {
        "grid": grid_of(house),
        "restate": reverse("admin:stats_monthlyreport_restate", args=[report.pk]),
        "indicator": reverse("admin:stats_indicator_add"),
    }
    for name, at in pages.items():
        page.goto(at)
        faults += [(name, words) for words in page.said]
        faults += [(name, f"small: {one}") for one in page.evaluate(SMALL_TARGETS)]
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults += [(name, f"{over} px too wide")] if over > 0 else []
        found = Axe().run(page).response["violations"]
        faults += [(name, one["id"], one["nodes"][0]["html"]) for one in found]
        page.said.clear()  # axe loads style sheets by itself, and complains
    assert faults == []
