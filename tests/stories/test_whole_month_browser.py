"""A month in the browser, from the desk to the downloaded PDF, as four people and a reader."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bulletin.models import Edition, Issue, Submission
from bulletin.renderers.extract import extract
from stats.models import Indicator
from tests.factories import House, LeaderFactory
from windows.models import Leader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEWS = (
    "推出企业备案当日办结服务。窗口把备案材料由七份减为三份，企业在网上填表，窗口当天核对、"
    "当天发证。首周办理四十三家企业，其中二十八家不用到大厅。窗口还把常见问题编成问答，放在"
    "咨询台和网站上，供企业取阅；对材料不全的，一次说清要补什么，补齐后当天办完，企业不用再跑。"
)


@pytest.fixture
def house(transactional_db):
    house = House()
    house.call()
    LeaderFactory(department=house.department)
    Indicator.objects.create(
        centre=house.centre,
        key="online_accepted",
        label="全程网办受理",
        scale=10_000,
        decimals=2,
    )
    house.publication.narrative = "{m}月，各窗口受理政务服务事项全程网办{online_accepted}。"
    house.publication.save()
    return house


def press(page, name: str, *, exact: bool = False) -> None:
    """Press the button of that name and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).first.click()


def hand_in_news(desk):
    desk.goto("/desk/2026/2/news/")
    desk.fill("input[name=day]", "3")
    desk.fill("textarea[name=text]", NEWS)
    press(desk, "提交", exact=True)


def hand_in_visit(desk, leader):
    desk.goto("/desk/2026/2/visit/")
    desk.select_option("select[name=visitors-0-leader]", value=str(leader.pk))
    desk.fill("input[name=day]", "4")
    desk.fill("textarea[name=remarks]", "要把企业的事当作自己的事，坚持首问负责，办得快、说得清。")
    press(desk, "提交", exact=True)


def hand_in_counts(desk):
    desk.goto("/desk/2026/2/counts/")
    desk.get_by_label("全程网办受理").first.fill("37901")
    press(desk, "提交", exact=True)


def review(admin, submission, button, note=""):
    """Claim it first when nobody holds it, then press the button."""
    page = f"/admin/bulletin/submission/{submission.pk}/change/"
    admin.goto(page)
    if submission.state == "submitted":
        press(admin, "认领")
        admin.goto(page)
    if note:
        admin.check("input[name=reason][value=date]")
        admin.fill("textarea[name=note]", note)
    press(admin, button)


def one(kind) -> Submission:
    return Submission.objects.get(kind=kind)


def test_a_month_from_the_desk_to_the_downloaded_pdf(house, sign_in, tmp_path):
    # The clerk hands in a news item, a visit and the month's counts.
    desk = sign_in(house.clerk)
    hand_in_news(desk)
    hand_in_visit(desk, Leader.objects.get())
    hand_in_counts(desk)
    assert [s.state for s in Submission.objects.order_by("pk")] == ["submitted"] * 3

    # The editor finds them in one inbox, returns one with a reason, accepts the rest.
    admin = sign_in(house.editor)
    admin.goto("/admin/bulletin/submission/")
    assert admin.locator("#result_list tbody tr").count() == 3
    review(admin, one("news"), "退回修改", note="请写明首周是哪几天。")
    review(admin, one("visit"), "采用")
    review(admin, one("report"), "采用")

    # The clerk reads the reason and hands in again.
    desk.goto("/desk/2026/2/")
    assert desk.get_by_text("请写明首周是哪几天。").is_visible()
    desk.get_by_role("link", name="修改后再报").click()
    desk.fill("textarea[name=text]", NEWS.replace("首周", "2月3日至7日"))
    press(desk, "提交", exact=True)
    review(admin, one("news"), "采用")

    # The editor opens the issue, collects, reads what is missing, freezes a proof.
    admin.goto("/admin/bulletin/issue/add/")
    for name, value in (("year", "2026"), ("month", "2"), ("number", "2"), ("issued_on", "")):
        admin.fill(f"input[name={name}]", value)
    with admin.expect_navigation():
        admin.locator("#content form [type=submit]").first.click()
    issue = Issue.objects.get()
    admin.goto(f"/admin/bulletin/issue/{issue.pk}/change/")
    admin.get_by_role("button", name="收集").first.click()
    admin.locator(".grab").first.wait_for()
    assert admin.get_by_text("还没有印发日期").first.is_visible()
    admin.goto(f"/admin/bulletin/issue/{issue.pk}/particulars/")
    admin.fill("input[name=issued_on]", "2026-03-25")
    with admin.expect_navigation():
        admin.locator("#content form [type=submit]").first.click()
    admin.goto(f"/admin/bulletin/issue/{issue.pk}/change/")
    press(admin, "送签")
    edition = Edition.objects.get()

    # Not public yet; the approver signs the digest; the publisher makes it public.
    reader = sign_in()
    assert reader.goto("/monthly/2026/2/").status == 404
    approver = sign_in(house.approver)
    approver.goto(f"/admin/bulletin/edition/{edition.pk}/change/")
    press(approver, "签发第 1 号校样")
    publisher = sign_in(house.publisher)
    publisher.goto(f"/admin/bulletin/edition/{edition.pk}/change/")
    press(publisher, "发布第2期")

    # A reader without an account opens the archive, the issue and the download.
    reader.goto("/monthly/")
    reader.get_by_role("link", name="第2期").first.click()
    assert reader.locator("h1").first.inner_text().strip() == "政务窗口月报"
    with reader.expect_download() as download:
        reader.evaluate(
            "() => { const a = document.querySelector('a[href$=\".pdf\"]');"
            " a.setAttribute('download', ''); a.click(); }"
        )
    target = tmp_path / "issue.pdf"
    download.value.save_as(target)
    _is_what_was_signed(target, edition)
    for page in (desk, admin, approver, publisher):
        assert page.said == []
    assert [words for words in reader.said if "404" not in words] == []
    assert reader.context.cookies() == []


def _is_what_was_signed(target: Path, edition: Edition) -> None:
    edition.refresh_from_db()
    data = target.read_bytes()
    file = edition.files.get(format="pdf")
    assert hashlib.sha256(data).hexdigest() == file.sha256
    lines = extract("pdf", data)
    assert lines == [line.text for line in edition.document.lines()]
    assert "2月，各窗口受理政务服务事项全程网办3.79万件。" in lines
    assert any(
        line.startswith("（一）2月3日，商务厅窗口推出企业备案当日办结服务") for line in lines
    )
