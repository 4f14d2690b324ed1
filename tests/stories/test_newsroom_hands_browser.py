"""The newsroom without a mouse, in the dark, on a narrow screen, enlarged; and words kept."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from bulletin.commenting import add_comment
from bulletin.models import Comment, Commission, Submission
from tests.factories import House
from tests.newsroom import Newsroom, url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = "document.activeElement.outerHTML.slice(0, 160)"


@pytest.fixture
def rows(transactional_db):
    rows = Newsroom(House())
    assert rows.call
    return rows


def tab_to(page, name: str, most: int = 80) -> None:
    """Press Tab until the focus is on what is called `name`; it is seen to be there."""
    for _step in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => { const e = document.activeElement; const label = e.labels && e.labels[0];"
            " return (label ? label.innerText : e.innerText || '').trim(); }"
        )
        if said.startswith(name):
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none", name
            return
    raise AssertionError(f"{name} is not reached; focus at {page.evaluate(FOCUSED)}")


def test_an_item_is_claimed_and_returned_by_the_keyboard_alone(rows, sign_in):
    row = rows.submitted()
    page = sign_in(rows.house.editor, width=1440)
    page.goto(url("submission_change", row.pk))
    tab_to(page, "认领")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Submission.objects.get(pk=row.pk).state == "claimed"
    tab_to(page, "日期不明")
    page.keyboard.press("Space")
    tab_to(page, "写给窗口的话")
    page.keyboard.insert_text("请写明哪一天。")
    tab_to(page, "退回修改", most=200)  # round the page: the button stands above its reason
    with page.expect_navigation():
        page.keyboard.press("Enter")
    row.refresh_from_db()
    assert (row.state, page.said) == ("returned", [])


def test_a_refused_return_keeps_the_words_and_says_what_to_do(rows, sign_in):
    row = rows.claimed()
    page = sign_in(rows.house.editor, width=1440)
    page.goto(url("submission_change", row.pk))
    page.get_by_label("写给窗口的话").fill("请写明哪一天。")
    with page.expect_navigation():
        page.get_by_role("button", name="退回修改").click()
    assert page.get_by_text("请选一类退回修改的理由。").is_visible()
    assert page.get_by_label("写给窗口的话").input_value() == "请写明哪一天。"
    assert Axe().run(page).response["violations"] == []


def test_a_comment_is_written_while_a_text_is_edited_and_the_text_stays(rows, sign_in):
    row = rows.claimed()
    page = sign_in(rows.house.editor, width=1440)
    page.goto(url("submission_change", row.pk))
    page.get_by_label("编辑稿").fill("写到一半的编辑稿。")
    page.get_by_label("写批注").fill("问过窗口了，是43件。")
    page.get_by_role("button", name="添加批注").click()
    page.get_by_text("批注已更新，窗口看不到。").wait_for()
    assert page.locator("#comments li").inner_text().count("问过窗口了，是43件。") == 1
    assert page.get_by_label("编辑稿").input_value() == "写到一半的编辑稿。"
    page.get_by_role("button", name="办结").click()
    page.get_by_role("button", name="重新打开").wait_for()
    assert Comment.objects.get().resolved_by == rows.house.editor
    assert page.get_by_label("编辑稿").input_value() == "写到一半的编辑稿。"
    assert page.said == []


def test_a_commission_is_joined_and_parted(rows, sign_in):
    row, asked = rows.submission, rows.commission
    page = sign_in(rows.house.editor, width=1440)
    page.goto(url("submission_change", row.pk))
    page.get_by_label("这一篇应哪个约稿而来").select_option(str(asked.pk))
    with page.expect_navigation():
        page.get_by_role("button", name="关联").click()
    assert Commission.objects.get().submission == row
    page.goto(url("call_change", asked.call_id))
    page.get_by_role("link", name="改关联").click()
    with page.expect_navigation():
        page.get_by_role("button", name="取消关联").click()
    assert Commission.objects.get().submission is None
    page.get_by_role("radio").check()
    with page.expect_navigation():
        page.get_by_role("button", name="关联").click()
    assert Commission.objects.get().submission == row
    assert page.said == []


def test_a_chief_returns_on_a_phone(rows, sign_in):
    house = rows.house
    house.window.needs_endorsement = True
    house.window.save()
    row = rows.submitted()
    page = sign_in(house.chief, width=390)
    page.goto(f"/desk/submissions/{row.pk}/")
    page.get_by_text("退回修改……").click()
    page.get_by_label("要素不全").check()
    page.get_by_label("写给窗口的话").fill("请补上办了几件。")
    assert Axe().run(page).response["violations"] == []
    page.said.clear()  # axe loads style sheets by itself, and complains
    with page.expect_navigation():
        page.get_by_role("button", name="退回修改").click()
    row.refresh_from_db()
    assert (row.state, page.said) == ("returned", [])
    assert page.get_by_text("要素不全：请补上办了几件。").first.is_visible()


def _stale(page, rows) -> None:
    row = rows.claimed()
    page.goto(url("submission_change", row.pk))
    page.get_by_label("编辑稿").fill("第二个窗口里写的。")
    Submission.objects.filter(pk=row.pk).update(edited="先存下的。", version=row.version + 1)
    with page.expect_navigation():
        page.get_by_role("button", name="保存").first.click()
    assert page.get_by_role("heading", name="两份文字都在这里").is_visible()


LOOKS = {
    "dark": {"color_scheme": "dark"},
    "contrast": {"forced_colors": "active"},
    "light": {},
}


@pytest.mark.parametrize(("look", "width"), [("dark", 1440), ("contrast", 1440), ("light", 320)])
def test_the_pages_of_one_item_are_sound_in_every_look(rows, sign_in, look, width):
    """720 px is a screen of 1440 at 200 %; 320 px one of 1280 at 400 %."""
    add_comment(rows.submission, by=rows.house.editor, text="请核。", pin=True)
    asked, entry = rows.commission, rows.entry
    page = sign_in(rows.house.editor, width=width)
    page.emulate_media(**LOOKS[look])
    faults = []

    def judge(name: str) -> None:
        page.wait_for_load_state("load")
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults.extend([f"{name}: {over} px too wide"] if over > 0 else [])
        found = Axe().run(page).response["violations"]
        faults.extend(f"{name}: {one['id']} {one['nodes'][0]['html']}" for one in found)

    for name, at in {
        "review": url("submission_change", rows.submission.pk),
        "inbox": url("submission_changelist"),
        "empty inbox": url("submission_changelist") + "?q=没有这样的",
        "comments": url("comment_changelist"),
        "of an entry": url("comment_about", "entry", entry.pk),
        "came in": url("call_came_in", asked.call_id, asked.pk),
        "call": url("call_change", asked.call_id),
    }.items():
        page.goto(at)
        judge(name)
    _stale(page, rows)
    judge("stale")
    assert faults == []
