"""Publishing draws what it touches and switches to it; nothing else moves."""

from __future__ import annotations

import re
import shutil

import pytest
from django.db import transaction

from bulletin import baking
from bulletin.baked import switching
from bulletin.baking import drawing
from bulletin.models import Edition, Generation, Job
from bulletin.site.looks import LOOKS
from tests import press
from tests.bulletin.baking.served import site

pytestmark = pytest.mark.django_db


ISSUES = re.compile(r"(monthly/(\d+/){0,2})?index\.html")


@pytest.fixture(autouse=True)
def _two_looks(request, monkeypatch):
    """Each look costs a drawing; one test draws them all."""
    if "in_every_look" not in request.node.name:
        few = {view: LOOKS[view] for view in ("", "en-large-dark")}
        monkeypatch.setattr(drawing, "LOOKS", few)


@pytest.fixture
def bake_all(committed):
    def bake_all():
        with committed():
            return baking.bake_all()

    return bake_all


def served(path, view="plain"):
    folder = switching.current(baking.store()) / view / path.strip("/")
    return (folder / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def three(publish):
    return [publish(press.document(2026, month)) for month in (1, 2, 3)]


def test_what_is_baked_is_what_django_answers_in_every_look(client, three):
    paths = ["/", "/about/", "/monthly/", "/monthly/2026/", "/monthly/2026/2/"]
    for view in LOOKS:
        for path in paths:
            asked = client.get(path, {"view": view} if view else {})
            assert served(path, view or "plain") == asked.content.decode(), (path, view)


def test_piece_by_piece_comes_to_the_same_as_all_at_once(three, bake_all):
    piecewise = site()
    addresses = {key.split("/", 1)[1] for key in piecewise if not key.startswith("names/")}
    assert bake_all() == len(addresses)
    assert site() == piecewise
    assert baking.is_whole()


def test_publishing_changes_what_it_touches_alone(three, publish):
    before = site()
    publish(press.document(2026, 4))
    after = site()
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    pages = {key.removeprefix("plain/") for key in changed if key.startswith("plain/")}
    assert {page for page in pages if ISSUES.fullmatch(page)} == {
        "index.html",
        "monthly/index.html",
        "monthly/2026/index.html",
        "monthly/2026/3/index.html",
        "monthly/2026/4/index.html",
    }
    assert {page.split("/")[2] for page in pages if "/monthly-" in page} == {"4"}


def test_a_correction_replaces_and_keeps_the_old_edition(three, publish):
    paper = press.with_text(press.document(2026, 2), "2月28日，更正后的一条。")
    publish(paper, supersedes=three[1])
    assert "更正后的一条" in served("/monthly/2026/2/")
    assert "本版已被取代" in served("/monthly/2026/2/editions/1/")
    assert "更正后的一条" not in served("/monthly/2026/2/editions/1/")


def test_what_is_withdrawn_is_nowhere_in_the_tree(three, committed):
    with committed(), transaction.atomic():
        Edition.objects.filter(pk=three[1].pk).update(withdrawn_at=three[1].published_at)
        baking.bake(three[1].issue)
    assert not [key for key in site() if "/monthly/2026/2" in key]
    assert "/monthly/2026/2/" not in served("/monthly/2026/1/")
    assert "/monthly/2026/3/" in served("/monthly/2026/1/")


def test_nothing_is_seen_of_what_is_rolled_back(house, three, publish):
    before, number = site(), baking.newest().number
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        edition = press.publish(house.publication, press.document(2026, 4), house.editor)
        baking.bake(edition.issue)
        raise ZeroDivisionError
    assert (site(), baking.newest().number) == (before, number)


def test_whoever_died_before_switching_left_a_job_that_does_it(three, monkeypatch, publish):
    monkeypatch.setattr(baking, "switch", lambda: None)
    publish(press.document(2026, 4))
    monkeypatch.undo()
    assert not [key for key in site() if "2026/4" in key]
    assert Job.objects.filter(kind="switch", key=f"switch:{baking.newest().number}").exists()
    baking.switch()
    assert [key for key in site() if "2026/4" in key]


def test_one_page_that_fails_is_left_to_django(three, monkeypatch, publish):
    monkeypatch.setattr("bulletin.site.archive._told", lambda *_: 1 / 0)
    publish(press.document(2026, 4))
    assert "plain/monthly/index.html" not in site()
    assert "第4期" in served("/monthly/2026/4/")


def test_downloads_are_the_stored_bytes_by_both_names(three):
    file = three[0].files.get(format="pdf")
    found = site()
    for name in ("monthly-2026-1.pdf", f"monthly-2026-1.{file.sha256[:16]}.pdf"):
        assert found[f"plain/monthly/2026/1/{name}"] == file.sha256
    folder = baking.store().root / "current/names/monthly/2026/1"
    assert folder.resolve().name.endswith("2026%E5%B9%B4%E7%AC%AC1%E6%9C%9F")


NAMES_THE_SITE = ("index.html", "sitemap.xml", "feed.atom", "robots.txt")


def test_other_templates_change_pages_and_neither_contents_nor_digests(three, settings, bake_all):
    editions = list(Edition.objects.order_by("pk").values())
    before = site()
    settings.SITE_URL = "https://bulletin.example"
    assert not baking.is_whole()
    bake_all()
    after = site()
    assert baking.is_whole()
    assert list(Edition.objects.order_by("pk").values()) == editions
    assert {key for key in before if before[key] != after[key]} == {
        key for key in before if key.endswith(NAMES_THE_SITE)
    }


def test_a_lost_folder_is_baked_anew_by_a_job(three, publish, bake_all):
    shutil.rmtree(baking.store().root)
    publish(press.document(2026, 4))
    assert "第4期" in served("/monthly/2026/4/")
    assert Job.objects.filter(kind="bake", state="waiting").count() == 1
    bake_all()
    assert "第1期" in served("/monthly/2026/1/")
    assert baking.is_whole()


def test_old_generations_are_collected_and_the_site_stays(three, monkeypatch):
    Generation.objects.exclude(number=0).update(made_at="2020-01-01T00:00:00Z")
    monkeypatch.setattr("bulletin.baked.collecting.GRACE_SECONDS", -1)
    before = site()
    assert baking.collect() == 0  # they are old in the table, not yet on the disk
    assert site() == before
    assert Generation.objects.count() == 2


def test_an_unchanged_site_is_no_new_generation(three, bake_all, committed):
    bake_all()
    number = baking.newest().number
    with committed(), transaction.atomic():
        baking.bake(three[0].issue)
    bake_all()
    assert baking.newest().number == number
