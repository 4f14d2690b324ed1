"""Two languages on one page: each word is marked as what it is, for voices and typefaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import etree, html

from bulletin.document import VisitRecord
from bulletin.models import Correction, Edition
from tests import press, press_figures

pytestmark = pytest.mark.django_db

CHINESE = re.compile(r"[㐀-鿿，。；：、（）]")
SPOKEN = ("aria-label", "alt", "placeholder", "title")


PAGES = (
    "/", "/about/", "/api/", "/verify/", "/verify/?code=9F3K-0QZ7-M2XD",
    "/verify/?code=" + "0" * 64,
    "/monthly/", "/monthly/2026/", "/monthly/2026/9/", "/monthly/2026/9/s1-1/",
    "/monthly/2026/9/s4-1/", "/monthly/2026/8/", "/monthly/2026/8/editions/1/",
    "/monthly/2026/8/corrections/2/", "/monthly/corrections/", "/monthly/statistics/",
    "/monthly/statistics/mailed/2026/", "/monthly/search/", "/monthly/search/?q=窗口",
    "/monthly/search/?q=社保", "/monthly/search/?q=无此字", "/monthly/visits/",
    "/monthly/visits/顾清和/", "/monthly/visits/find/?q=民政&kind=guidance",
    "/monthly/departments/", "/monthly/departments/民政厅/", "/monthly/map/",
    "/monthly/subscribe/", "/monthly/2026/7/", "/nowhere/", "/monthly/2030/1/",
)  # fmt: skip


@pytest.fixture
def pages(house, client):
    """A page of each kind with its English labels, by address; corrected and withdrawn issues."""
    house.centre.footer = [
        ["承办单位", "综合处"], ["地址", "清和路18号"], ["咨询电话", "0800-000-0018"],
        ["网站标识码", "0000000018"], ["值班", "白天"],
    ]  # fmt: skip
    house.centre.save()
    visits = (VisitRecord("顾清和", "党组书记、厅长", "民政厅"),)
    for month in (6, 7, 8, 9):
        paper = press.with_visits(press_figures.told(2026, month, 46_012), visits)
        edition = press.publish(house.publication, paper, house.editor)
        if month == 7:
            Edition.objects.filter(pk=edition.pk).update(
                withdrawn_at=edition.published_at, withdraw_reason="数据有误"
            )
        if month == 8:
            right = press.with_text(paper, "8月30日，更正的一条。")
            new = press.publish(house.publication, right, house.editor, supersedes=edition)
            Correction.objects.create(old=edition, new=new, notice="漏排一条。", by=house.editor)
    return {url: drawn(client, url) for url in PAGES}


def drawn(client, url: str) -> html.HtmlElement:
    joint = "&" if "?" in url else "?"
    return html.fromstring(client.get(f"{url}{joint}view=en").content)


def unmarked(page: html.HtmlElement, strange: re.Pattern[str], language: str) -> Iterator[str]:
    """Words of another language than their place says; a chart is told as one sentence."""
    for chart in page.body.iter("svg"):
        chart.clear(keep_tail=True)
    for node in page.body.iter(etree.Element):
        own = [text for text in (node.text, *(node.get(name) for name in SPOKEN)) if text]
        yield from (t for t in own if strange.search(t) and tongue(node) == language)
        tail = node.tail or ""
        if strange.search(tail) and tongue(node.getparent()) == language:
            yield tail.strip()


def tongue(node: html.HtmlElement) -> str:
    return next(one.get("lang") for one in (node, *node.iterancestors()) if one.get("lang"))


def test_no_chinese_word_stands_unmarked_on_an_english_page(pages):
    found = {url: sorted(set(unmarked(page, CHINESE, "en"))) for url, page in pages.items()}
    assert {url: words for url, words in found.items() if words} == {}
