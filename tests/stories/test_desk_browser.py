"""The desk in a real browser: a phone and a desktop, by keyboard, with axe and a quiet console."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from bulletin.models import Commission, Submission
from bulletin.moves import make_move
from tests.desk import NOW, stop_the_clock
from tests.factories import House, IndicatorFactory, LeaderFactory, StaffFactory, WindowFactory
from tests.stories.conftest import PASSWORD
from windows.models import Leader
from windows.roles import WINDOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1280, 390]
NEWS, VISIT, COUNTS = (f"/desk/2026/2/{page}/" for page in ("news", "visit", "counts"))
# What is pressed is 44 px high; a radio's or a box's label is pressed with it.
SMALL = """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter(e => e.offsetParent && !e.closest('.vh, .skip, .clean p') && !e.matches('.vh'))
  .map(e => e.matches('[type=radio], [type=checkbox]') ? e.closest('label') : e)
  .filter(e => e.getBoundingClientRect().height < 43.5)
  .map(e => e.outerHTML.slice(0, 80))"""
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def house(transactional_db, monkeypatch):
    stop_the_clock(monkeypatch)
    house = House()
    call = house.call(topics="服务企业进园区\n一次办、跨省办的实例")
    LeaderFactory(department=house.department)
    make = {"centre": house.centre, "group": "办件"}
    IndicatorFactory(key="online_accepted", label="全程网办受理", order=1, **make)
    IndicatorFactory(key="consult", label="现场咨询", unit="人次", order=2, **make)
    IndicatorFactory(
        key="satisfaction", label="满意率", unit="%", over_windows="ratio", order=3, **make
    )
    for month in (10, 11, 12):
        house.report({"online_accepted": 2014, "consult": 312}, year=2025, month=month)
    Commission.objects.create(call=call, window=house.window, topic="以旧换新", due=NOW)
    return house


@pytest.fixture
def busy(house):
    """A month with a draft, something returned and something at the centre."""
    house.news(text="写到一半")
    make_move(house.news(), "submit", by=house.clerk)
    row = make_move(house.news(state="submitted"), "claim", by=house.editor)
    make_move(row, "return", by=house.editor, note="请写明办了几件。")
    second = WindowFactory(department=house.department, name="外资窗口")
    StaffFactory(user=house.clerk, centre=house.centre, role=WINDOW, window=second)
    return house


def judged(page):
    """No violation, nothing wider than the page, nothing too small to press, no word of error."""
    page.wait_for_load_state("load")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == []
    assert page.evaluate(WIDER) <= 0
    assert page.evaluate(SMALL) == []
    assert [words for words in page.said if "[DOM]" not in words and "Autofocus" not in words] == []


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_news_item_is_pasted_cleaned_looked_at_and_handed_in(house, sign_in, width):
    page = sign_in(house.clerk, width)
    page.get_by_role("link", name="写一条资讯", exact=True).click()
    judged(page)
    page.fill("#id_day", "25")
    page.evaluate("""() => {
      const area = document.querySelector('#id_text');
      area.value = '- 走进园区,办理 12 项业务.';
      area.dispatchEvent(new ClipboardEvent('paste', {bubbles: true}));
    }""")
    page.get_by_text("文字已整理 5 处。").wait_for()
    assert page.input_value("#id_text") == "走进园区，办理12项业务。"
    proof = page.locator(".proofbox")
    assert proof.inner_text() == "2月25日，商务厅窗口走进园区，办理12项业务。"
    assert page.get_by_text("星期三，工作日").is_visible()
    page.get_by_role("button", name="撤销整理").click()
    page.get_by_text("按您写的，没有整理。").wait_for()
    assert page.input_value("#id_text") == "- 走进园区,办理 12 项业务."
    page.get_by_label("按我写的，不要整理").uncheck()
    judged(page)
    press(page, "提交")
    page.get_by_role("heading", name="已提交").wait_for()
    judged(page)
    row = Submission.objects.get(kind="news")
    assert (row.state, row.handed_in) == (
        "submitted",
        "2月25日，商务厅窗口走进园区，办理12项业务。",
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_errors_take_the_focus_and_lead_to_their_fields(house, sign_in, width):
    page = sign_in(house.clerk, width)
    page.goto(NEWS)
    page.fill("#id_day", "30")
    page.fill("#id_text", "没有写完")
    press(page, "提交")
    page.get_by_role("heading", name="还没有提交，有 2 处要改").wait_for()
    page.wait_for_function("document.activeElement.id === 'summary'")
    judged(page)
    page.get_by_role("link", name="2月没有30日，请核对日期。").click()
    assert page.evaluate("document.activeElement.id") == "id_day"
    assert page.input_value("#id_text") == "没有写完"
    assert not Submission.objects.filter(kind="news").exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_visit_is_registered_with_two_people(house, sign_in, width):
    page = sign_in(house.clerk, width)
    page.get_by_role("link", name="登记到访", exact=True).click()
    judged(page)
    page.select_option("#id_visitors-0-leader", value=str(Leader.objects.get().pk))
    page.fill("#id_day", "20")
    page.fill("#id_remarks", "要把企业的事当作自己的事。")
    page.get_by_text("到省政务服务大厅商务厅窗口调研指导工作。").wait_for()
    press(page, "再加一位")
    page.get_by_text("名录里没有，或职务变了").nth(1).click()
    page.fill("#id_visitors-1-post", "副厅长")
    press(page, "提交")
    page.get_by_role("link", name="请填写到访领导的姓名。").click()
    judged(page)
    page.keyboard.type("胡云")
    page.get_by_label("方伯成鼓励").check()
    press(page, "提交")
    page.get_by_role("heading", name="已提交").wait_for()
    judged(page)
    assert Submission.objects.get(kind="visit").handed_in == (
        "2月20日，商务厅党组书记、厅长方伯成，商务厅副厅长胡云到省政务服务大厅"
        "商务厅窗口调研指导工作。方伯成鼓励要把企业的事当作自己的事。"
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_a_column_is_pasted_and_a_swing_put_right(house, sign_in, width):
    page = sign_in(house.clerk, width)
    page.get_by_role("link", name="填数据", exact=True).click()
    judged(page)
    page.evaluate("""() => {
      const data = new DataTransfer();
      data.setData('text', '1846\\r\\n3120\\r\\n');
      document.querySelector('input.number').dispatchEvent(
        new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: data}));
    }""")
    page.get_by_text("前几个月的中位数是312人次").wait_for()
    judged(page)
    press(page, "提交")
    page.get_by_role("heading", name="还没有提交，有 1 处要改").wait_for()
    judged(page)
    press(page, "改为 312")
    page.wait_for_function("document.querySelectorAll('input.number')[1].value === '312'")
    press(page, "提交")
    page.get_by_role("heading", name="已提交").wait_for()
    judged(page)
    report = Submission.objects.get(kind="report", year=2026).report
    assert report is not None
    assert [figure.value for figure in report.figures.all()] == [1846, 312]


@pytest.mark.parametrize("width", [*WIDTHS, 320])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_page_of_a_busy_month_is_sound(busy, sign_in, width, look):
    page = sign_in(busy.clerk, width)
    page.emulate_media(color_scheme=look)
    one = f"/desk/submissions/{Submission.objects.get(state='returned').pk}/"
    quiet = ("/desk/months/", "/desk/directory/", "/desk/help/", "/accounts/password/")
    for place in ("/desk/", NEWS, VISIT, COUNTS, one, f"{one}edit/", *quiet):
        page.goto(place)
        judged(page)


def test_a_nil_month_takes_two_presses(house, sign_in):
    page = sign_in(house.clerk, 390)
    press(page, "资讯零报告")
    press(page, "到访零报告")
    assert "2月还差一件：月度数据" in page.locator(".lede").inner_text()
    judged(page)


def test_everything_is_reached_and_done_by_keyboard(house, sign_in):
    page = sign_in(house.clerk, 1280)
    page.goto(NEWS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = []
    for _press in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.id || document.activeElement.value")
        seen.append(here)
        if here == "id_day":
            page.keyboard.type("25")
        if here == "id_text":
            page.keyboard.type("推出企业备案当日办结。")
        if here == "submit":
            break
    fields = [name for name in seen if re.match("id_|save|submit", str(name))]
    assert fields[:3] == ["id_year", "id_month", "id_day"]
    assert fields[-3:] == ["id_text", "save", "submit"]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="已提交").wait_for()


def test_without_script_everything_is_handed_in_all_the_same(house, sign_in, chromium, live_server):
    sign_in(house.clerk)
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("#id_username", house.clerk.username)
    page.fill("#id_password", PASSWORD)
    press(page, "登录")
    page.goto(NEWS)
    page.fill("#id_day", "25")
    page.fill("#id_text", "推出企业备案当日办结")
    press(page, "看看印出来的样子")
    assert "2月25日，商务厅窗口推出企业备案当日办结。" in page.locator(".proofbox").inner_text()
    press(page, "提交")
    assert page.locator("#summary").is_visible()
    page.fill("#id_text", "推出企业备案当日办结。")
    press(page, "提交")
    assert page.get_by_role("heading", name="已提交").is_visible()
    context.close()
