"""Each page with scripts and styles off: words in order, headings, links that lead somewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from bulletin.document import VisitRecord
from bulletin.models import Correction
from tests import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAPER = press.with_visits(
    press.with_text(press.document(2026, 3), "3月30日，更正后的一条。"),
    (VisitRecord("顾清和", "党组书记、厅长", "民政厅"),),
)
KINDS = (
    "/", "/monthly/", "/monthly/2026/3/", "/monthly/2026/3/editions/1/", "/monthly/2026/3/s4-1/",
    "/monthly/2026/3/corrections/2/", "/monthly/corrections/", "/monthly/statistics/",
    "/monthly/search/?q=社保", "/monthly/visits/", "/monthly/departments/", "/monthly/map/",
    "/monthly/subscribe/", "/verify/", "/about/", "/nowhere/",
)  # fmt: skip
HEADINGS = "[...document.querySelectorAll('h1, h2, h3')].map(one => one.innerText.trim())"
LEVELS = "[...document.querySelectorAll('h1, h2, h3')].map(one => Number(one.tagName[1]))"


@pytest.fixture
def site(live_server, house):
    old = press.publish(house.publication, press.document(2026, 3), house.editor)
    new = press.publish(house.publication, PAPER, house.editor, supersedes=old)
    Correction.objects.create(old=old, new=new, notice="漏排一条。", by=house.editor)
    return live_server.url


@pytest.fixture
def bare(chromium):
    """A browser of the year the standards began: no script, no style sheet."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    context.route("**/*.css", lambda route: route.abort())
    context.route("**/*.js", lambda route: route.abort())
    yield context.new_page()
    context.close()


def text_of(page: Page) -> str:
    return "".join(page.locator("main").inner_text().split())


def test_the_issue_is_all_there_in_order(bare, site):
    bare.goto(f"{site}/monthly/2026/3/")
    told = text_of(bare)
    at = 0
    for line in PAPER.lines():
        words = "".join(line.text.split())
        found = told.find(words, at)
        assert found >= 0, line
        at = found + len(words)
    assert "2026年4月22日更正，第2版。" in told[: told.index("一、")]
    headings = [heading for heading in bare.evaluate(HEADINGS) if heading]
    wanted = [line.text for line in PAPER.lines() if line.role == "heading"]
    assert [one for one in headings if one in wanted] == wanted


def test_every_page_reads_from_one_heading_and_leads_on(bare, site):
    for path in KINDS:
        bare.goto(site + path)
        levels = bare.evaluate(LEVELS)
        assert levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False)), (path, levels)
        assert bare.locator("a.skip").first.is_visible(), path
        assert len(text_of(bare)) > 20, path
    bare.goto(site)
    bare.get_by_role("link", name="阅读第3期全文").click()
    assert bare.url == f"{site}/monthly/2026/3/"


def test_search_and_verification_work(bare, site):
    bare.goto(f"{site}/monthly/search/")
    bare.get_by_role("searchbox").fill("社保")
    bare.get_by_role("button", name="检索").click()
    assert "找到" in text_of(bare)
    bare.goto(f"{site}/verify/")
    bare.get_by_label("验证码").fill("000000000000")
    bare.get_by_role("button", name="核对").first.click()
    assert bare.locator(".verdict").is_visible()
