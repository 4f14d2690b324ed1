"""The public site in a real browser: every width, every look, on paper, without style."""

from __future__ import annotations

import io
from unicodedata import normalize

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from tests import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "front": "/",
    "archive": "/monthly/",
    "issue": "/monthly/2026/9/",
    "superseded": "/monthly/2026/8/editions/1/",
    "about": "/about/",
    "data": "/api/",
}
WIDTHS = (1280, 390, 320)
LOOKS = ("", "large", "dark", "large-dark")
# Inline links stand in sentences (WCAG 2.5.8 excepts them); `num` has its height from padding.
SMALL_TARGETS = """() => [...document.querySelectorAll('a, summary')].filter(link => {
  const box = link.getBoundingClientRect();
  const inline = getComputedStyle(link).display === 'inline';
  const hidden = !box.width || link.classList.contains('skip');
  return !hidden && (box.height < 43.5 || box.width < 24) && !inline;
}).map(link => link.textContent.trim())"""

# A column so narrow that its words stand letter under letter.
SQUEEZED = """() => [...document.querySelectorAll('th, td')].filter(cell => {
  const box = cell.getBoundingClientRect();
  return box.width > 1 && box.height > 6 * box.width;
}).map(cell => cell.textContent.trim())"""


@pytest.fixture
def site(house, live_server) -> str:
    """Fourteen months and a correction; returns the address."""
    for year, month in [(2025, month) for month in range(7, 13)] + [
        (2026, m) for m in range(1, 10)
    ]:
        paper = press.document(year, month)
        edition = press.publish(house.publication, paper, house.editor)
        if (year, month) == (2026, 8):
            right = press.with_text(paper, "8月30日，更正的一条。")
            press.publish(house.publication, right, house.editor, supersedes=edition)
    house.centre.footer = [["地址", "云川省临江市清和路18号"], ["咨询", "工作日9:00至17:00"]]
    house.centre.save()
    return live_server.url


def _open(page: Page, url: str) -> list[str]:
    """Opens the address; the list fills with what the console complains of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(url)
    return said


def test_pages_hold_at_every_width_in_every_look(chromium, site):
    faults = []
    for width in WIDTHS:
        page = chromium.new_page(viewport={"width": width, "height": 900})
        said = _open(page, site)
        for name, path in PAGES.items():
            for look in LOOKS:
                page.goto(f"{site}{path}?view={look}" if look else f"{site}{path}")
                faults += [(name, width, look, fault) for fault in _faults(page)]
        faults += [("console", width, "", text) for text in said]
        page.close()
    assert faults == []


def _faults(page: Page) -> list[str]:
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = [f"{over} px too wide"] if over > 0 else []
    found += [f"squeezed {text}" for text in page.evaluate(SQUEEZED)]
    return found + [f"small target {text}" for text in page.evaluate(SMALL_TARGETS)]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(chromium, site, width, look):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    for path in [*PAGES.values(), "/nowhere/"]:
        page.goto(f"{site}{path}?view={look}")
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    page.close()


def test_dark_follows_the_system_and_the_switch_overrules_it(chromium, site):
    context = chromium.new_context(color_scheme="dark", java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert _ground(page) == "rgb(23, 22, 20)"
    page.get_by_role("link", name="深色").click()
    assert page.url == f"{site}/?view=light"
    assert _ground(page) == "rgb(255, 255, 255)"
    page.get_by_role("link", name="往期", exact=True).click()
    assert page.url == f"{site}/monthly/?view=light"
    page.get_by_role("link", name="深色").click()
    assert _ground(page) == "rgb(23, 22, 20)"
    context.close()


def _ground(page: Page) -> str:
    return page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")


def test_large_type_goes_with_the_reader_without_script_or_cookie(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="大字版").click()
    page.get_by_role("link", name="阅读第9期全文").click()
    assert page.url == f"{site}/monthly/2026/9/?view=large"
    size = page.locator("#s2-1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size == pytest.approx(24, abs=0.1)
    page.get_by_role("link", name="大字版").click()
    assert page.url == f"{site}/monthly/2026/9/"
    assert context.cookies() == []
    context.close()


def test_the_contents_unfold_on_a_phone_without_script(chromium, site):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{site}/monthly/2026/9/")
    entry = page.locator(".fold a", has_text="窗口资讯")
    assert not entry.is_visible()
    page.locator(".fold summary").click()
    entry.click()
    assert page.url.endswith("#s4")
    context.close()


def test_the_keyboard_reaches_the_text_first(chromium, site):
    page = chromium.new_page()
    page.goto(f"{site}/monthly/2026/9/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_everything_can_be_read_without_style(chromium, site):
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.route("**/*.css", lambda route: route.abort())
    page.goto(f"{site}/monthly/2026/9/")
    text = page.inner_text("main")
    at = 0
    for line in press.document(2026, 9).lines():
        at = text.index(line.body[:20], at)
    page.close()


def test_the_page_prints_like_the_bulletin(chromium, site):
    page = chromium.new_page()
    page.goto(f"{site}/monthly/2026/9/?view=large-dark")
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    page.close()
    width, height = (float(side) / 72 * 25.4 for side in pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    # Chromium names some characters by their radicals (⼝ for 口); NFKC undoes it.
    texts = [normalize("NFKC", "".join(sheet.extract_text().split())) for sheet in pages]
    assert len(texts) == 4
    assert all(f"—{number}—" in text for number, text in enumerate(texts, 1))
    whole = "".join(texts)
    assert "政务窗口月报第9期" in whole
    assert "报:省政务办" in whole
    assert "下载" not in whole
    assert "大字版" not in whole
