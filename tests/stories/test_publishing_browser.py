"""Proof, change, sign-off, exception, rehearsal, publication, correction and withdrawal by
the people who do it, in a browser; what it takes them is counted."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from bulletin.models import Edition, Issue, Recipient, SignLink
from bulletin.publishing import ensure_files, link_address, publish, schedule, sign
from tests.factories import House
from tests.newsroom import Newsroom, url
from tests.stories.hands import Hands
from windows.roles import APPROVER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rows(transactional_db):
    house = House()
    Recipient.objects.create(
        publication=house.publication, label="报", name="省政务管理办公室", email="a@example.cn"
    )
    return Newsroom(house)


@pytest.fixture
def signed(rows) -> Edition:
    return sign(rows.edition, by=rows.house.approver, digest=rows.edition.digest)


@pytest.fixture
def printed(rows, signed) -> Edition:
    return publish(signed.issue, by=rows.house.publisher)


def faults(page) -> list[str]:
    """What axe finds, and what the console said until then."""
    said = list(page.said)
    found = [
        f"{one['id']}: {one['nodes'][0]['html']}" for one in Axe().run(page).response["violations"]
    ]
    page.said.clear()  # axe loads style sheets by itself, and complains
    return said + found


def state(edition: Edition) -> str:
    return Issue.objects.get(pk=edition.issue_id).state


def test_a_proof_is_voided_by_a_change_sent_again_and_signed(rows, sign_in):
    first, house = rows.edition, rows.house
    editor, approver = (Hands(sign_in(who, width=1440)) for who in (house.editor, house.approver))
    editor.page.goto(url("issue_entry", first.issue_id, rows.entry.pk))
    editor.fill("正文", rows.entry.text.replace("43", "58"))
    editor.press("保存")
    approver.page.goto(url("edition_change", first.pk))
    assert "43→58" in approver.page.locator(".warnline").first.inner_text()
    assert approver.page.get_by_role("button", name="签发第").count() == 0
    editor.press("送签")
    second = Edition.objects.get(proof_no=2)
    approver.page.goto(url("edition_change", second.pk))
    assert approver.page.locator(".changes-list ins").inner_text() == "58"
    assert faults(approver.page) == []
    approver.press("签发第 2 号校样")
    assert state(second) == "signed"


def test_an_editor_who_signs_stays_red_until_another_confirms(rows, sign_in):
    house = rows.house
    house.person(APPROVER, user=house.editor)
    page = sign_in(house.editor, width=1440)
    page.goto(url("edition_change", rows.edition.pk))
    hands = Hands(page)
    hands.fill("理由", "签发人出差，电话同意。")
    hands.press("签发第 1 号校样")
    for at in (
        url("edition_change", rows.edition.pk),
        url("edition_rehearsal", rows.edition.pk),
        url("edition_changelist"),
    ):
        page.goto(at)
        assert page.get_by_text("编辑者自己签发，待复核").first.is_visible(), at
        assert faults(page) == [], at
    other = Hands(sign_in(house.approver, width=1440))
    other.page.goto(url("edition_change", rows.edition.pk))
    other.press("复核第 1 号校样")
    assert other.page.get_by_text("编辑者自己签发，待复核").count() == 0
    assert Edition.objects.get().confirmed_by == house.approver


def test_the_rehearsal_says_what_will_appear_and_the_time_is_set_from_it(rows, signed, sign_in):
    kept = ensure_files(signed)
    page = sign_in(rows.house.publisher, width=1440)
    page.goto(url("edition_change", signed.pk))
    hands = Hands(page)
    hands.follow("预演：看看会公开哪些网页、文件和邮件")
    told = page.locator("#content").inner_text()
    slug = rows.house.publication.slug
    assert f"/{slug}/2026/2/" in told
    assert "省政务管理办公室" in told
    public = [file for file in kept if file.format != "wechat"]
    assert all(file.sha256 in told for file in public)
    assert faults(page) == []
    assert Edition.objects.get().published_at is None
    later = timezone.localtime() + dt.timedelta(days=1, minutes=1)
    hands.fill("发布时间", f"{later:%Y-%m-%dT%H:%M}")
    hands.press("定时发布")
    assert page.locator("[data-countdown]").inner_text().startswith("还有1天")
    assert state(signed) == "scheduled"
    assert page.said == []


def test_what_was_rehearsed_is_what_appears(rows, signed, sign_in):
    ensure_files(signed)
    page = sign_in(rows.house.publisher, width=1440)
    page.goto(url("edition_rehearsal", signed.pk))
    table = page.locator("tbody tr")
    promised = [row.locator("td").first.inner_text() for row in table.all()]
    addresses = [text for text in promised if text.startswith("/")]
    assert addresses
    Hands(page).press("发布第2期")
    reader = sign_in()
    for address in addresses:
        assert reader.request.get(address).status == 200, address


def test_one_word_corrected_after_sign_off_and_signed_again_takes_five(rows, signed, sign_in):
    schedule(signed.issue, by=rows.house.publisher, at=timezone.now() + dt.timedelta(days=1))
    editor = Hands(sign_in(rows.house.editor, width=1440))
    editor.page.goto(url("issue_change", signed.issue_id))
    editor.follow(rows.entry.text[:10])  # 1
    assert "取消定时" in editor.page.locator(".warnline").inner_text()
    editor.fill("正文", rows.entry.text.replace("43", "58"))  # 2
    editor.press("撤销签发，保存并送签")  # 3
    approver = Hands(sign_in(rows.house.approver, width=1440))
    approver.page.goto(reverse("admin:index"))
    approver.follow("第2号校样")  # 4
    approver.press("签发第 2 号校样")  # 5
    second = Edition.objects.get(proof_no=2)
    assert (state(second), second.signed_by) == ("signed", rows.house.approver)
    assert editor.count + approver.count == 5
    assert editor.page.said == approver.page.said == []


def test_a_printed_issue_is_corrected_in_the_open(rows, printed, sign_in):
    house = rows.house
    editor, approver, publisher = (
        Hands(sign_in(who, width=1440)) for who in (house.editor, house.approver, house.publisher)
    )
    editor.page.goto(url("edition_change", printed.pk))
    editor.unfold("更正，写明公开的说明")
    editor.fill("更正说明", "办理件数误作43件，应为58件。")
    editor.press("更正")
    assert "公开的还是第1号校样" in editor.page.locator("#content").inner_text()
    editor.page.goto(url("issue_entry", printed.issue_id, rows.entry.pk))
    editor.fill("正文", rows.entry.text.replace("43", "58"))
    editor.press("保存")
    editor.press("送签")
    proof = Edition.objects.get(proof_no=2)
    approver.page.goto(url("edition_change", proof.pk))
    assert "办理件数误作43件，应为58件。" in approver.page.locator(".notice").inner_text()
    approver.press("签发第 2 号校样")
    publisher.page.goto(url("edition_rehearsal", proof.pk))
    assert "这是更正" in publisher.page.locator(".lead").inner_text()
    publisher.press("发布第2期")
    publisher.page.goto(url("edition_change", printed.pk))
    assert (
        "已被更正版（第2号校样）取代"
        in publisher.page.locator("#content, .page-head").first.inner_text()
    )
    assert faults(publisher.page) == []
    assert list(Edition.objects.current()) == [proof]


def test_a_printed_issue_is_withdrawn_with_its_reason(rows, printed, sign_in):
    approver = Hands(sign_in(rows.house.approver, width=1440))
    approver.page.goto(url("edition_change", printed.pk))
    approver.unfold("撤下，写明公开的理由")
    assert faults(approver.page) == []
    approver.fill("理由", "涉及个人信息。")
    approver.press("撤下")
    printed.refresh_from_db()
    assert (state(printed), printed.withdraw_reason) == ("withdrawn", "涉及个人信息。")
    assert approver.page.said == []


def test_an_approver_who_is_away_signs_by_the_link(rows, sign_in):
    editor = Hands(sign_in(rows.house.editor, width=1440))
    assert rows.house.approver
    editor.page.goto(url("edition_change", rows.edition.pk))
    editor.unfold("签发人不在，寄一次性签发链接")
    editor.press("寄链接")
    link = SignLink.objects.select_related("edition").get()
    away = Hands(sign_in(rows.house.approver, width=390))
    away.page.goto(link_address(link))
    assert faults(away.page) == []
    away.press("签发第 1 号校样")
    link.refresh_from_db()
    assert link.used_at
    assert state(rows.edition) == "signed"
    away.page.goto(link_address(link))
    assert "只能用一次" in away.page.locator(".errornote").inner_text()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_sheet_to_sign_by_hand_is_sound(rows, sign_in, width):
    page = sign_in(rows.house.approver, width=width)
    page.goto(url("edition_sheet", rows.edition.pk))
    assert page.get_by_role("button", name="打印").is_visible()
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert (faults(page), over) == ([], 0)
