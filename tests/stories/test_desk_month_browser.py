"""A clerk's whole month in a browser, and how many presses it takes: phone and desktop."""

from __future__ import annotations

import pytest

from bulletin.models import NilReturn, Submission
from tests.desk import stop_the_clock
from tests.factories import House, IndicatorFactory, LeaderFactory
from tests.stories.test_desk_browser import judged
from windows.models import Leader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Hand:
    """A person at the page: every press and every choice is counted, typing the text is not."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def press(self, name, role="button"):
        self.count += 1
        self.page.get_by_role(role, name=name, exact=True).click()

    def follow(self, name):
        self.press(name, "link")

    def fill(self, field, words):
        """A field that is not the text itself."""
        self.count += 1
        self.page.fill(field, words)

    def choose(self, field, value):
        self.count += 1
        self.page.select_option(field, value=value)

    def handed_in(self):
        self.page.get_by_role("heading", name="已提交").wait_for()
        judged(self.page)


@pytest.fixture
def house(transactional_db, monkeypatch):
    stop_the_clock(monkeypatch)
    house = House()
    house.call()
    LeaderFactory(department=house.department)
    make = {"centre": house.centre, "group": "办件"}
    IndicatorFactory(key="online_accepted", label="全程网办受理", order=1, **make)
    return house


@pytest.mark.parametrize("width", [1280, 390])
def test_a_whole_month_is_handed_in(house, sign_in, width):
    hand = Hand(sign_in(house.clerk, width))
    page = hand.page
    judged(page)

    hand.follow("写一条资讯")
    hand.fill("#id_day", "25")
    page.fill("#id_text", "推出企业备案当日办结。")
    hand.press("提交")
    hand.handed_in()
    assert hand.count <= 6

    page.get_by_role("link", name="回到我的本月").click()
    hand.count = 0
    hand.follow("登记到访")
    hand.choose("#id_visitors-0-leader", str(Leader.objects.get().pk))
    hand.fill("#id_day", "20")
    page.fill("#id_remarks", "要把企业的事当作自己的事。")
    hand.press("提交")
    hand.handed_in()
    assert hand.count <= 6

    page.get_by_role("link", name="回到我的本月").click()
    hand.count = 0
    hand.follow("填数据")
    page.fill("input.number", "1846")
    hand.press("提交")
    hand.handed_in()
    assert hand.count <= 3

    page.get_by_role("link", name="回到我的本月").click()
    assert "2月都报齐了" in page.locator(".lede").inner_text()
    judged(page)
    states = Submission.objects.values_list("kind", "state")
    assert sorted(states) == [(kind, "submitted") for kind in ("news", "report", "visit")]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_month_without_news_and_visits_takes_two_presses(house, sign_in, width):
    hand = Hand(sign_in(house.clerk, width))
    hand.press("资讯零报告")
    hand.press("到访零报告")
    assert hand.count <= 2
    assert NilReturn.objects.count() == 2
    judged(hand.page)


def test_a_month_is_handed_in_by_the_keyboard_alone(house, sign_in):
    page = sign_in(house.clerk, 1280)

    def tab_to(script):
        for _press in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(f"(() => {{ const e = document.activeElement; return {script}; }})()"):
                return
        raise AssertionError(script)

    tab_to("e.textContent === '写一条资讯'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/news/")
    tab_to("e.id === 'id_day'")
    page.keyboard.type("25")
    tab_to("e.id === 'id_text'")
    page.keyboard.type("推出企业备案当日办结。")
    tab_to("e.value === 'submit'")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="已提交").wait_for()
    tab_to("e.textContent === '回到我的本月'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/2026/2/")
    tab_to("e.textContent === '到访零报告'")
    page.keyboard.press("Enter")
    page.get_by_text("撤回零报告").wait_for()
    assert Submission.objects.get().state == "submitted"
