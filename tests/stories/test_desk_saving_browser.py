"""Nothing typed is lost: a closed browser, an expired session, no network; files dropped."""

from __future__ import annotations

import base64
import time

import pytest
from playwright.sync_api import expect

from bulletin.models import Scratch, Submission
from tests.bulletin.uploads.files import docx
from tests.desk import stop_the_clock
from tests.factories import House
from tests.stories.conftest import PASSWORD
from tests.stories.test_desk_browser import NEWS, judged, press
from windows.accounts import hours

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  document.querySelector('.column').dispatchEvent(
    new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: data}));
}"""


@pytest.fixture
def house(transactional_db, monkeypatch):
    stop_the_clock(monkeypatch)
    house = House()
    house.call()
    return house


def begin(page, words="写到一半，还没有写完"):
    page.goto(NEWS)
    page.fill("#id_day", "25")
    page.fill("#id_text", words)


@pytest.mark.parametrize("width", [1280, 390])
def test_what_was_typed_survives_a_closed_browser(house, sign_in, width):
    page = sign_in(house.clerk, width)
    begin(page)
    page.get_by_text("已保存 10:30").wait_for()
    judged(page)
    page.context.close()
    assert not Submission.objects.exists()
    page = sign_in(house.clerk, width)
    page.goto(NEWS)
    assert page.input_value("#id_text") == "写到一半，还没有写完"
    assert page.input_value("#id_day") == "25"
    assert page.get_by_text("上次没写完的文字已经恢复").is_visible()
    judged(page)
    page.get_by_text("不要这些，重新写……").click()
    press(page, "丢弃没写完的文字")
    expect(page.locator("#id_text")).to_have_value("")
    assert not Scratch.objects.exists()


@pytest.mark.parametrize("gone", ["cookie", "time"])
def test_what_was_typed_survives_an_expired_session(house, sign_in, monkeypatch, gone):
    page = sign_in(house.clerk, 390)
    begin(page)
    page.get_by_text("已保存 10:30").wait_for()
    if gone == "cookie":
        page.context.clear_cookies(name="session")
    else:
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + hours.IDLE + 60)
    page.fill("#id_text", "会话过期以后又写了一句。")
    page.get_by_role("button", name="重新登录，接着写").wait_for()
    press(page, "提交")
    page.fill("input[name=username]", house.clerk.username)
    page.fill("input[name=password]", PASSWORD)
    press(page, "登录")
    page.wait_for_url(f"**{NEWS}")
    expect(page.locator("#id_text")).to_have_value("会话过期以后又写了一句。")
    assert page.get_by_text("上次没写完的文字已经恢复").is_visible()
    press(page, "提交")
    page.get_by_role("heading", name="已提交").wait_for()
    assert Submission.objects.get().handed_in == "2月25日，商务厅窗口会话过期以后又写了一句。"
    assert not Scratch.objects.exists()
    page.goto(NEWS)
    page.wait_for_load_state("networkidle")
    assert page.input_value("#id_text") == ""
    assert (
        page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('desk'))") == []
    )


def test_what_was_typed_without_a_network_is_sent_when_it_is_back(house, sign_in):
    page = sign_in(house.clerk, 390)
    page.goto(NEWS)
    page.context.set_offline(True)
    page.fill("#id_day", "25")
    page.fill("#id_text", "断网时写的。")
    page.get_by_text("没有网络，文字先存在这台设备上").wait_for()
    press(page, "提交")
    page.get_by_text("没有网络，还没有提交。").wait_for()
    page.context.set_offline(False)
    page.get_by_text("已保存 10:30").wait_for()
    assert Scratch.objects.get().words == "断网时写的。"
    press(page, "提交")
    page.get_by_role("heading", name="已提交").wait_for()


def test_a_browser_closed_without_a_network_goes_on_from_the_device(house, sign_in):
    page = sign_in(house.clerk, 1280)
    page.goto(NEWS)
    page.context.set_offline(True)
    page.fill("#id_text", "断网时写的。")
    page.get_by_text("没有网络，文字先存在这台设备上").wait_for()
    page.context.set_offline(False)
    other = page.context.new_page()
    page.close()
    other.goto(NEWS)
    expect(other.locator("#id_text")).to_have_value("断网时写的。")
    assert other.get_by_text("上次没写完的文字已经恢复").is_visible()


def test_a_word_document_dropped_becomes_drafts(house, sign_in):
    page = sign_in(house.clerk, 1280)
    page.goto(NEWS)
    content = docx("2月3日，商务厅窗口推出企业备案当日办结。", "", "2月9日，商务厅窗口走进园区。")
    page.evaluate(DROP, ["二月.docx", base64.b64encode(content).decode()])
    page.get_by_role("heading", name="文档读入的草稿").wait_for()
    judged(page)
    assert Submission.objects.filter(state="draft").count() == 2
    page.get_by_role("link", name="核对、提交").first.click()
    assert page.input_value("#id_text") == "商务厅窗口推出企业备案当日办结。"
    judged(page)
    press(page, "提交")
    page.get_by_role("heading", name="已提交").wait_for()


def test_a_dropped_document_that_is_none_is_said(house, sign_in):
    page = sign_in(house.clerk, 390)
    page.goto(NEWS)
    page.evaluate(DROP, ["二月.docx", base64.b64encode(b"PK nothing").decode()])
    page.get_by_text("文档没有读入：").wait_for()
    judged(page)


def test_a_page_that_came_back_is_kept_and_not_asked_for_again(house, sign_in):
    """A second person is added before the first lines were saved; nothing reloads under them."""
    page = sign_in(house.clerk, 1280)
    page.goto("/desk/2026/2/visit/")
    page.fill("#id_remarks", "要把企业的事当作自己的事。")
    press(page, "再加一位")
    page.get_by_text("第2位：谁来了？").wait_for()
    page.get_by_text("已保存 10:30").wait_for()
    assert Scratch.objects.get().fields["visitors-TOTAL"] == ["2"]
    page.goto("/desk/2026/2/visit/")
    page.get_by_text("第2位：谁来了？").wait_for()
    assert page.input_value("#id_remarks") == "要把企业的事当作自己的事。"
