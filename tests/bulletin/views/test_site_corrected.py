"""A reader learns before reading that an edition corrects one, or was itself replaced."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from importlib import import_module
from xml.etree import ElementTree as ET

import pytest
from django.apps import apps

from bulletin.changes import Touched, touched
from bulletin.document import Item, VisitRecord
from bulletin.models import Correction, Edition, Passage, PrintedVisit
from tests import press

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
CAME = VisitRecord("顾清和", "党组书记、厅长", "民政厅")
WRONG = VisitRecord("程野", "警务专员", "公安厅", kind="duty")
RIGHT = VisitRecord("程野", "二级警务专员", "公安厅", kind="duty")
HEAD = re.compile(r'<div class="m standing[^>]*>(.*?)</div>', re.S)


def politics(paper, items):
    first, second, *rest = paper.sections
    return replace(paper, sections=(first, replace(second, items=items), *rest))


@pytest.fixture
def papers():
    """Three editions of one issue: an item altered and a visitor's post; then one taken out."""
    one = press.with_visits(press.document(2026, 3), (CAME, WRONG))
    first, *rest = one.sections[1].items
    altered = replace(first, text=first.text.replace("副省长", "省长"), departments=("民政厅",))
    two = press.with_visits(politics(one, (altered, *rest)), (CAME, RIGHT))
    three = politics(two, (altered, rest[1]))
    return one, two, three


@pytest.fixture
def issue(house, papers):
    press.publish(house.publication, press.document(2026, 2), house.editor)
    editions: list[Edition] = []
    for paper, notice in zip(papers, ("", "职务有误。已经改正。", "删去一条。"), strict=True):
        old = editions[-1] if editions else None
        new = press.publish(house.publication, paper, house.editor, supersedes=old)
        if old:
            Correction.objects.create(old=old, new=new, notice=notice, by=house.editor)
        editions.append(new)
    return editions


def text_of(answer) -> str:
    return html.unescape(answer.content.decode())


def head_of(answer) -> str:
    """The words of the note at the head; empty where there is none."""
    found = HEAD.search(text_of(answer))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


def test_what_stayed_as_a_correction_left_it_is_that_corrections(papers):
    lines = papers[-1].lines()
    found = {lines[place].anchor: by for place, by in touched(papers).items()}
    assert found == {"s2-1": Touched(1, 1)}
    added = politics(papers[0], (*papers[0].sections[1].items, Item("新的一条。")))
    assert list(touched([papers[0], added]).values()) == [Touched(1, 1)]
    assert touched(papers[:1]) == {}


def test_the_head_of_the_issue_tells_every_correction_the_newest_first(client, issue):
    page = client.get("/monthly/2026/3/")
    assert head_of(page) == (
        "2026年4月22日更正，第3版。 删去一条。 逐字查看改了什么 "
        "2026年4月22日更正，第2版。 职务有误。 逐字查看改了什么"
    )
    assert text_of(page).index("standing") < text_of(page).index('<h2 id="s1"')
    assert 'itemprop="correction" href="/monthly/2026/3/corrections/3/"' in text_of(page)
    assert head_of(client.get("/monthly/2026/2/")) == ""


def test_the_paragraph_that_was_put_right_leads_to_its_change(client, issue):
    page = text_of(client.get("/monthly/2026/3/"))
    assert re.findall(r'class="amended" href="([^"]+)"', page) == [
        "/monthly/2026/3/corrections/2/#c1"
    ]
    assert 'id="c1"' in text_of(client.get("/monthly/2026/3/corrections/2/"))


@pytest.mark.parametrize(
    "proof_no, told, marked",
    [
        (1, "本版已被取代：2026年4月22日更正，另出第2版。", ["/monthly/2026/3/corrections/2/#c1"]),
        (2, "本版已被取代：2026年4月22日更正，另出第3版。", ["/monthly/2026/3/corrections/3/#c1"]),
    ],
)
def test_a_replaced_edition_sends_its_reader_to_the_one_in_force(
    client, issue, proof_no, told, marked
):
    page = client.get(f"/monthly/2026/3/editions/{proof_no}/")
    assert head_of(page).startswith(told)
    assert head_of(page).endswith("阅读现行版本 逐字查看改了什么")
    assert 'href="/monthly/2026/3/">阅读现行版本' in text_of(page)
    assert re.findall(r'class="amended" href="([^"]+)"', text_of(page)) == marked


def test_an_item_that_was_put_right_says_so_and_others_do_not(client, issue):
    assert head_of(client.get("/monthly/2026/3/s2-1/")) == (
        "2026年4月22日更正，第2版。 职务有误。 逐字查看改了什么"
    )
    assert head_of(client.get("/monthly/2026/3/s4-1/")) == ""
    assert "本期有更正" in text_of(client.get("/monthly/2026/3/s4-1/"))


def test_an_item_with_another_number_says_which_it_had(client, issue):
    told = "更正以后序号有变：这一条原来是（三），现在是（二）。"
    assert head_of(client.get("/monthly/2026/3/s2-2/")) == told


def test_the_address_of_an_item_that_was_taken_out_says_why(client, issue):
    answer = client.get("/monthly/2026/3/s2-3/")
    assert answer.status_code == 410
    page = text_of(answer)
    assert "2026年第3期里没有这一条了" in page
    assert "删去一条。" in page
    assert 'href="/monthly/2026/3/corrections/3/"' in page
    assert "noindex" in page
    assert client.get("/monthly/2026/3/s2-4/").status_code == 404


def test_the_front_page_tells_that_the_current_issue_was_corrected(client, issue):
    assert head_of(client.get("/")) == "2026年4月22日更正。 删去一条。 逐字查看改了什么"


def test_registers_mark_what_a_correction_recorded(client, issue):
    link = '<a class="corrected" href="/monthly/2026/3/corrections/2/">有更正</a>'
    for url in ("/monthly/visits/", "/monthly/visits/程野/", "/monthly/visits/find/?q=程野"):
        assert text_of(client.get(url)).count(link) == 1, url
    assert link not in text_of(client.get("/monthly/visits/顾清和/"))
    department = text_of(client.get("/monthly/departments/民政厅/"))
    assert 'corrected" href="/monthly/2026/3/corrections/2/"' in department


def test_the_feed_keeps_the_date_and_tells_the_correction(client, issue):
    feed = ET.fromstring(client.get("/monthly/feed.atom").content)  # noqa: S314  our own bytes
    entry, other = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "政务窗口月报 2026年第3期（有更正）"
    assert entry.findtext(f"{ATOM}published") == "2026-04-21T02:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-04-22T02:00:00+00:00"
    assert feed.findtext(f"{ATOM}updated") == "2026-04-22T02:00:00+00:00"
    assert "/monthly/2026/3/corrections/3/" in str(entry.findtext(f"{ATOM}content"))
    assert other.findtext(f"{ATOM}published") == other.findtext(f"{ATOM}updated")
    assert "有更正" not in str(other.findtext(f"{ATOM}title"))


def told_by(client, path):
    return json.loads(client.get(f"/api/v1/{path}").content)


def test_the_api_tells_the_correction_of_issues_lines_items_and_visits(client, issue):
    corrected, plain = told_by(client, "issues/")["results"]
    assert (corrected["edition"], corrected["corrects"], corrected["notice"]) == (
        3,
        2,
        "删去一条。",
    )
    assert corrected["correction"].endswith("/monthly/2026/3/corrections/3/")
    assert (plain["corrects"], plain["correction"]) == (None, None)
    whole = told_by(client, "issues/monthly/2026/3/")
    assert [(one["edition"], one["corrects"]) for one in whole["corrections"]] == [(2, 1), (3, 2)]
    lines = [line for line in whole["document"]["lines"] if line["corrected"]]
    assert [(line["anchor"], line["corrected"]) for line in lines] == [("s2-1", 2)]
    items = told_by(client, "items/?department=民政厅&section=politics")["results"]
    assert [one["correction"][-15:] for one in items] == ["/corrections/2/"]
    visits = told_by(client, "visits/")["results"]
    assert [bool(one["correction"]) for one in visits] == [False, True]


def test_a_withdrawn_issue_is_named_between_its_neighbours(client, house, papers):
    editions = [
        press.publish(house.publication, press.document(2026, month), house.editor)
        for month in (1, 2, 3, 4)
    ]
    gone = Edition.objects.filter(pk__in=[editions[1].pk, editions[3].pk])
    gone.update(withdrawn_at=editions[3].published_at, withdraw_reason="数据有误。")
    for url, told in (
        ("/monthly/2026/1/", ["第2期已撤下"]),
        ("/monthly/2026/3/", ["第2期已撤下", "第4期已撤下"]),
    ):
        page = text_of(client.get(url))
        assert re.findall(r"第\d期已撤下", page) == told
        assert "/monthly/2026/2/" not in page
    assert 'href="/monthly/2026/1/" rel="prev"' in text_of(client.get("/monthly/2026/3/"))
    assert "尚未发布" in text_of(client.get("/monthly/2026/3/"))


def test_the_migration_marks_what_publishing_marks(issue):
    def kept():
        rows = Passage.objects.order_by("pk").values_list("pk", "corrected")
        return list(rows), list(PrintedVisit.objects.order_by("pk").values_list("pk", "corrected"))

    before = kept()
    assert {by for rows in before for _pk, by in rows} == {None, 2}
    Passage.objects.update(corrected=None)
    PrintedVisit.objects.update(corrected=None)
    import_module("bulletin.migrations.0023_corrected_passages").mark_corrected(apps, None)
    assert kept() == before
