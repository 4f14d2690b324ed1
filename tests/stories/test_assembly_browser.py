"""An issue put together in a browser: with the keyboard, with the mouse, and in place."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe

from bulletin.assembly import edit_entry
from bulletin.models import Aside, Entry, Issue
from tests.bulletin.assembly.conftest import Month, dense
from tests.factories import House
from tests.newsroom import url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ITEMS = 22


@pytest.fixture
def month(transactional_db) -> Month:
    month = Month(House(), news=ITEMS)
    Issue.objects.filter(pk=month.issue.pk).update(issued_on=dt.date(2026, 3, 25))
    return month


@pytest.fixture
def page(month, sign_in):
    page = sign_in(month.by, width=1440)
    page.goto(url("issue_change", month.issue.pk))
    return page


def order(month: Month, key: str = "window_news") -> list[int]:
    rows = month.issue.entries.filter(section__key=key).order_by("position")
    return list(rows.values_list("pk", flat=True))


def said(page, words: str) -> None:
    page.locator("#assembly-said").get_by_text(words).wait_for()


def test_twenty_two_items_are_put_in_order_with_the_keyboard(page, month):
    before = order(month)
    assert len(before) == ITEMS
    last = before[-1]
    page.locator(f"#entry-{last} .grab").focus()
    page.keyboard.press("Space")
    said(page, "抓起了")
    for _row in range(ITEMS - 1):
        page.keyboard.press("ArrowUp")
    said(page, "第1条，共22条。")
    page.keyboard.press("Space")
    said(page, "已放到")
    assert order(month) == [last, *before[:-1]]
    assert page.evaluate("document.activeElement.className") == "grab"
    # On to another section, and back by the undo button.
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    said(page, "已放到“一、重点工作推进情况”第1条。")
    assert order(month, "key_work") == [last]
    page.get_by_role("button", name="撤销上一步").click()
    said(page, "已撤销上一步：调整次序。")
    assert order(month) == [last, *before[:-1]]
    # Given up: nothing is sent.
    page.locator(f"#entry-{last} .grab").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    said(page, "放回了原处。")
    assert order(month) == [last, *before[:-1]]
    assert dense(month.issue)
    assert page.said == []


def test_an_entry_is_dragged_within_its_section_and_into_another(page, month):
    before = order(month)
    drag(page, before[0], f"#entry-{before[4]}")
    said(page, "第5条。")
    moved = [*before[1:5], before[0], *before[5:]]
    assert order(month) == moved
    politics = month.section("politics")
    drag(page, before[0], f"#section-{politics.pk} h2")
    said(page, "已放到“一、政务工作动态”第1条。")
    assert order(month, "politics") == [before[0]]
    assert dense(month.issue)
    assert page.said == []


def drag(page, entry: int, target: str) -> None:
    page.locator(f"#entry-{entry} .grab").scroll_into_view_if_needed()
    start = page.locator(f"#entry-{entry} .grab").bounding_box()
    end = page.locator(target).bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, start["y"] + 20, steps=2)
    page.mouse.move(end["x"] + 20, end["y"] + end["height"] * 0.8, steps=8)
    page.mouse.up()


def test_who_moves_by_an_old_order_is_told_and_moves_again(page, month):
    before = order(month)
    page.context.new_page().goto(url("issue_change", month.issue.pk))
    other = page.context.pages[-1]
    with other.expect_response(f"**{url('issue_change', month.issue.pk)}"):
        other.locator(f"#entry-{before[1]} button[value=up]").click()
    page.locator(f"#entry-{before[2]} .grab").focus()
    for key in ("Space", "ArrowUp", "Space"):
        page.keyboard.press(key)
    said(page, "次序刚被别人动过")
    assert order(month) == [before[1], before[0], *before[2:]]
    page.locator("#again button").click()
    page.locator("#again").wait_for(state="detached")
    assert order(month)[:3] == [before[1], before[2], before[0]]


def test_a_text_is_edited_where_it_stands_and_both_are_shown_when_somebody_was_first(page, month):
    entry = month.entries[3]
    link = page.locator(f"#entry-{entry.pk} [data-edit]")
    link.click()
    area = page.locator(f"#entry-{entry.pk} textarea[name=text]")
    area.fill("2月6日，商务厅窗口改了一处。")
    edit_entry(entry, by=month.house.editor, text="2月6日，别人先存的一份。", version=entry.version)
    page.locator(f"#entry-{entry.pk}").get_by_role("button", name="保存").click()
    page.get_by_text("两份文字都在这里").wait_for()
    assert area.input_value() == "2月6日，商务厅窗口改了一处。"
    page.locator(f"#entry-{entry.pk}").get_by_role("button", name="保存").click()
    area.wait_for(state="detached")
    assert Entry.objects.get(pk=entry.pk).text == "2月6日，商务厅窗口改了一处。"
    assert [words for words in page.said if "409" not in words] == []


def test_an_entry_is_merged_left_to_the_next_issue_and_brought_back(page, month):
    one, other, third = month.entries[:3]
    page.goto(url("issue_merge", month.issue.pk, one.pk, other.pk))
    page.get_by_label("用第二条的文字").check()
    with page.expect_navigation():
        page.get_by_role("button", name="合并", exact=True).click()
    assert Entry.objects.get(pk=one.pk).text == other.text
    page.locator(f"#entry-{one.pk}").get_by_role("button", name="拆开").click()
    said(page, "已拆开。")
    page.locator(f"#entry-{third.pk} [data-edit]").click()
    page.locator(f"#entry-{third.pk}").get_by_label("移至下期的理由").fill("月底才办成")
    page.locator(f"#entry-{third.pk}").get_by_role("button", name="移至下期").click()
    page.locator("#moved").get_by_text("月底才办成").wait_for()
    assert Aside.objects.get().deed == "carried"
    page.locator("#moved").get_by_role("button", name="放回本期").click()
    said(page, "已放回原处。")
    assert len(order(month)) == ITEMS
    assert page.said == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_is_sound_with_everything_open(month, sign_in, width):
    one, other, third = month.entries[:3]
    edit_entry(one, by=month.by, text=f"近日，{one.text}", version=one.version)
    page = sign_in(month.by, width=width)
    page.goto(url("issue_change", month.issue.pk))
    page.locator("#readiness summary").click()
    page.locator(f"#entry-{third.pk} [data-edit]").click()
    page.locator(f"#entry-{third.pk} textarea[name=text]").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.said == []
    found = Axe().run(page).response["violations"]
    page.goto(url("issue_merge", month.issue.pk, one.pk, other.pk))
    found += Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
