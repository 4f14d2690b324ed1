"""Two years of the public site, every link of it followed; nothing unpublished anywhere."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urldefrag, urljoin

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from lxml import etree

from bulletin.models import Correction, Edition, Entry, Section
from tests import factories, press

pytestmark = pytest.mark.django_db

CANARY = "金丝雀密语"
MOST = 100_000  # bytes of a page
LOOK = "en-large-dark"
# What is public itself, or cannot be changed: editions, trail; and rows of the machinery.
SPARED = {
    "Centre", "ChainHead", "Correction", "Edition", "EditionFile", "Generation", "Publication",
    "Session", "ContentType", "Permission", "Group", "Trail", "Job", "Migration",
    "Passage", "PassageName", "PrintedVisit",
}  # fmt: skip


@pytest.fixture
def site(house):
    """24 issues, one of them corrected and one withdrawn; beside them a row of every kind."""
    by = house.editor
    published = [
        press.publish(house.publication, press.document(year, month), by)
        for year in (2025, 2026)
        for month in range(1, 13)
    ]
    old = published[14]
    right = press.with_text(press.document(2026, 3), "3月30日，更正后的一条。")
    new = press.publish(house.publication, right, by, supersedes=old)
    Correction.objects.create(old=old, new=new, notice="补入一条。", by=by)
    Edition.objects.filter(pk=published[3].pk).update(
        withdrawn_at=published[3].published_at, withdraw_reason="数据有误"
    )
    unpublished(house)
    return plant()


def unpublished(house) -> None:
    factories.IndicatorFactory(centre=house.centre, key="mailed")
    house.report({"mailed": 900})
    house.call()
    house.news()
    house.visit()
    draft = press.with_text(press.document(2027, 1), CANARY)
    proof = press.proof(house.publication, draft, house.editor)
    section = Section.objects.create(issue=proof.issue, key="extra", heading="栏", position=1)
    Entry.objects.create(issue=proof.issue, section=section, position=1, text="条")
    hidden = factories.PublicationFactory(
        centre=house.centre, slug="secret", title=CANARY, is_public=False
    )
    press.publish(hidden, press.with_text(press.document(2026, 2), CANARY), house.editor)


def plant() -> int:
    """The canary in every free text of every row that is not published itself; how many columns."""
    planted = 0
    for model in apps.get_models():
        if model.__name__ in SPARED or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            planted += is_free_text(field) and _plant(model, field)
    return planted


def is_free_text(field: models.Field) -> bool:
    free = isinstance(field, models.CharField | models.TextField)
    named = isinstance(field, models.SlugField | models.EmailField | models.URLField)
    return free and not named and not (field.choices or field.unique)


def _plant(model: type[models.Model], field: models.Field) -> bool:
    try:
        with transaction.atomic():
            return model._default_manager.update(**{field.name: CANARY[: field.max_length]}) > 0
    except IntegrityError:  # a column that a constraint keeps to certain words is no free text
        return False


def crawl(client) -> dict[str, bytes]:
    """Every address that can be reached, in the plain look and one other, with its bytes."""
    seen: dict[str, bytes] = {}
    waiting = ["/", f"/?view={LOOK}"]
    while waiting:
        url = waiting.pop()
        if url in seen or not is_wanted(url):
            continue
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, url
        seen[url] = b"".join(answer) if answer.streaming else answer.content
        if answer.headers["Content-Type"].startswith("text/html") and not url.endswith(".html"):
            waiting += links(url, seen[url].decode())
    return seen


def is_wanted(url: str) -> bool:
    view = re.search(r"[?&]view=([^&]*)", url)
    outside = url.startswith(("http:", "https:", "/static/", "mailto:", "tel:"))
    return not outside and (view is None or view[1] == LOOK)


def is_page(url: str) -> bool:
    return url.partition("?")[0].endswith("/") and not url.startswith("/api/v")


def links(url: str, page: str) -> list[str]:
    found = [link.replace("&amp;", "&") for link in re.findall(r' href="([^"]+)"', page)]
    return [urldefrag(urljoin(url, link)).url for link in found]


def test_every_link_answers_and_no_draft_is_anywhere(client, site):
    assert site > 40
    seen = crawl(client)
    wanted = {f"/monthly/{year}/{number}/" for year in (2025, 2026) for number in range(1, 13)}
    assert wanted - set(seen) == {"/monthly/2025/4/"}  # withdrawn
    assert "/monthly/2026/3/editions/1/" in seen
    assert [url for url, page in seen.items() if CANARY.encode() in page] == []
    pages = {url: page for url, page in seen.items() if is_page(url)}
    assert {url: len(page) for url, page in pages.items() if len(page) > MOST} == {}
    assert {url: found for url, page in pages.items() if (found := faults(page))} == {}
    assert check_downloads(seen, pages) >= 48


def faults(page: bytes) -> list[str]:
    """What the parser had to put right; it knows the elements of HTML 4 alone."""
    parser = etree.HTMLParser(encoding="utf-8")
    etree.fromstring(page, parser)
    return [e.message for e in parser.error_log if e.type != etree.ErrorTypes.HTML_UNKNOWN_TAG]


def test_a_page_that_is_not_well_formed_is_told_of():
    assert faults(b"<!doctype html><main><p id=a>x</p></main>") == []
    assert faults(b"<!doctype html><p><b id=a>x</p><i id=a>") != []
    assert faults(b"<!doctype html><p id=a></p><i id=a></i>") == ["ID a already defined"]


def check_downloads(seen: dict[str, bytes], pages: dict[str, bytes]) -> int:
    """Each file named by a digest has it, and a page of its issue tells the whole of it."""
    checked = 0
    for url, data in seen.items():
        if found := re.search(r"\.([0-9a-f]{16})\.\w+$", url):
            digest = hashlib.sha256(data).hexdigest()
            assert digest.startswith(found[1]), url
            grouped = " ".join(digest[at : at + 8] for at in range(0, 64, 8)).encode()
            place = url.rpartition("/")[0] + "/"
            assert any(grouped in pages[one] for one in pages if one.startswith(place)), url
            checked += 1
    return checked
