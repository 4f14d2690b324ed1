"""The newsroom in a real browser: an item from the inbox to accepted; every page sound."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from bulletin.models import Mail, Submission
from tests.factories import House
from tests.newsroom import TEXT, Newsroom, url
from windows.models import WorkDay

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EDITED = "2月3日，商务厅窗口推出企业备案当日办结，全月办理58件，平均用时由三天减至半天。"
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, input, select')]
  .filter(one => {
    const box = one.getBoundingClientRect();
    const inline = getComputedStyle(one).display === 'inline' && one.tagName === 'A';
    const ticked = ['checkbox', 'radio'].includes(one.type); // its label is the target
    const hidden = !box.width || ticked || one.className.includes('skip');
    return !hidden && box.height < 31.5 && !inline;
  }).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def rows(transactional_db):
    house = House()
    house.call()
    return Newsroom(house)


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def test_an_item_is_claimed_edited_and_accepted(rows, sign_in):
    row = rows.submitted()
    page = sign_in(rows.house.editor, width=1440)
    page.goto(url("submission_changelist"))
    page.get_by_label("选择此项").or_(page.locator("input.action-select")).first.check()
    press(page, "认领")
    assert page.get_by_text("认领了1条。").is_visible()
    page.get_by_role("link", name=TEXT[:30]).click()
    page.get_by_label("编辑稿").fill(EDITED)
    press(page, "保存")
    assert page.locator(".changes ins").inner_text() == "58"
    press(page, "采用")
    row.refresh_from_db()
    assert (row.state, row.edited, row.handed_in) == ("accepted", EDITED, TEXT)
    assert page.said == []


def test_returning_takes_four_presses_at_most(rows, sign_in):
    row = rows.submitted()
    page = sign_in(rows.house.editor, width=1440)
    page.goto(url("submission_changelist"))
    page.get_by_role("link", name=TEXT[:30]).click()  # 1
    page.get_by_label("日期不明").check()  # 2
    page.get_by_label("写给窗口的话").fill("请写明哪一天。")  # 3
    press(page, "退回修改")  # 4
    assert Submission.objects.get(pk=row.pk).state == "returned"
    assert page.said == []


def test_two_editors_in_one_text_lose_nothing(rows, sign_in):
    row = rows.claimed()
    at = url("submission_change", row.pk)
    one = sign_in(rows.house.editor, width=1440)
    other = one.context.new_page()
    one.goto(at)
    other.goto(at)
    one.get_by_label("编辑稿").fill(EDITED)
    press(one, "保存")
    other.get_by_label("编辑稿").fill("第二个窗口里写的。")
    press(other, "保存")
    assert other.get_by_role("heading", name="两份文字都在这里").is_visible()
    assert other.get_by_label("编辑稿").input_value() == "第二个窗口里写的。"
    press(other, "保存")
    row.refresh_from_db()
    assert row.edited == "第二个窗口里写的。"


def test_entries_are_put_in_order_without_a_mouse(rows, sign_in):
    rows.accepted(handed_in="2月5日，水利厅窗口开设取水许可专席。")
    first, second = rows.issue.entries.order_by("position")
    page = sign_in(rows.house.editor, width=1440)
    page.goto(url("issue_change", rows.issue.pk))
    page.locator(f"#entry-{second.pk} button[value=up]").focus()
    page.keyboard.press("Enter")
    page.locator(f"#entry-{second.pk} button[value=up]:disabled").wait_for()
    order = rows.issue.entries.order_by("position").values_list("pk", flat=True)
    assert list(order) == [second.pk, first.pk]
    assert page.said == []


def test_reminders_go_once_and_their_text_is_at_hand(rows, sign_in):
    today = timezone.localdate()
    WorkDay.objects.create(centre=rows.house.centre, date=today, is_working=True)
    assert rows.house.clerk
    page = sign_in(rows.house.editor, width=1440)
    page.goto(reverse("admin:index"))
    page.get_by_role("button", name="复制催报文字").click()
    assert "商务厅：数据、资讯、到访" in page.get_by_label("可以贴到群里的催报文字").input_value()
    page.locator("#reminder-said:not(:empty)").wait_for()
    for said in ("催报邮件写给了1人。", "1人今天已经催过，没有重发。"):
        press(page, "发催报邮件")
        assert page.get_by_text(said).is_visible()
    assert Mail.objects.count() == 1
    assert page.said == []


def test_the_page_tells_who_else_is_at_it(rows, sign_in):
    at = url("issue_change", rows.issue.pk)
    one, other = (sign_in(who) for who in (rows.house.editor, rows.house.other_editor))
    one.clock.install()
    one.goto(at)
    other.goto(at)
    assert other.locator(".presence").inner_text() == f"{rows.house.editor}正在编辑。"
    one.clock.run_for(21_000)
    one.get_by_text(f"{rows.house.other_editor}正在编辑。").wait_for()
    assert one.said == []


def pages_of(rows: Newsroom) -> dict[str, tuple[str, str]]:
    """Page → (who looks at it, address), with something to show on each."""
    claimed = rows.claimed(edited=EDITED)
    report = rows.house.report(state="submitted")
    edition = rows.edition
    return {
        "bench": ("editor", reverse("admin:index")),
        "inbox": ("editor", url("submission_changelist")),
        "review": ("editor", url("submission_change", claimed.pk)),
        "counts": ("editor", url("submission_change", report.pk)),
        "issues": ("editor", url("issue_changelist")),
        "open": ("editor", url("issue_add")),
        "assembly": ("editor", url("issue_change", edition.issue_id)),
        "entry": ("editor", url("issue_entry", edition.issue_id, rows.entry.pk)),
        "particulars": ("editor", url("issue_particulars", edition.issue_id)),
        "proofs": ("approver", url("edition_changelist")),
        "sign-off": ("approver", url("edition_change", edition.pk)),
        "call": ("editor", url("call_add")),
        "trail": ("auditor", url("trail_changelist")),
        "mails": ("editor", url("mail_changelist")),
        "publication": ("administrator", url("publication_change", rows.house.publication.pk)),
    }


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_sound(rows, sign_in, width):
    shown = pages_of(rows)
    faults = []
    people = {who: sign_in(getattr(rows.house, who), width=width) for who, _at in shown.values()}
    for name, (who, at) in shown.items():
        page = people[who]
        page.goto(at)
        page.wait_for_load_state("networkidle")
        faults += [(name, words) for words in page.said]
        faults += [(name, f"small: {one}") for one in page.evaluate(SMALL_TARGETS)]
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults += [(name, f"{over} px too wide")] if over > 0 else []
        found = Axe().run(page)
        faults += [
            (name, one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]
        ]
        page.said.clear()  # axe loads style sheets by itself, and complains
    assert faults == []
