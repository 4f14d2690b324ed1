"""The public site as the world sees it: manners of HTTP, links and files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from urllib.parse import urldefrag, urljoin

import pytest
from django.db import DatabaseError, connection

from bulletin.models import EditionFile
from bulletin.site import about
from tests import press

pytestmark = pytest.mark.django_db

POLICY = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "X-Frame-Options": "DENY",
}
PAGES = (
    "/",
    "/about/",
    "/monthly/",
    "/monthly/2025/",
    "/monthly/2025/12/",
    "/monthly/2026/1/",
    "/monthly/2026/3/",
    "/monthly/2026/3/editions/1/",
)
PDF = "/monthly/2026/3/monthly-2026-3.pdf"
ABSENT = ("/nowhere/", "/monthly/2026/4/", "/monthly/2026/3/no.pdf", "/nowhere.txt")
PUBLIC = (*PAGES, "/healthz", PDF, *ABSENT)


@pytest.fixture
def site(house):
    """Two issues of 2025, a combined one and a corrected one of 2026."""
    by = house.editor
    for paper in (
        press.document(2025, 11),
        press.document(2025, 12),
        press.document(2026, 1, month_to=2),
    ):
        press.publish(house.publication, paper, by)
    paper = press.document(2026, 3)
    old = press.publish(house.publication, paper, by)
    right = press.with_text(paper, "3月30日，更正后的一条。")
    new = press.publish(house.publication, right, by, supersedes=old)
    return {"old": old, "new": new}


@pytest.mark.parametrize("url", PUBLIC)
def test_asks_the_database_seldom(client, site, url, django_assert_max_num_queries):
    """Issues with their text, files, years; the front page also whose it is and what is new."""
    with django_assert_max_num_queries(5 if url == "/" else 3):
        client.get(url)


def test_the_queries_do_not_grow_with_the_archive(client, site, house, django_assert_num_queries):
    asked = {"/": 5, "/monthly/": 3, "/monthly/2024/": 3, "/monthly/2024/1/": 2}
    for months in (range(1, 2), range(2, 13)):
        for month in months:
            press.publish(house.publication, press.document(2024, month), house.editor)
        for url, queries in asked.items():
            with django_assert_num_queries(queries):
                assert client.get(url).status_code == 200


@pytest.mark.parametrize("url", PUBLIC)
def test_neither_sets_nor_reads_a_cookie(client, site, house, url):
    plain = client.get(url)
    client.force_login(house.editor)
    known = client.get(url)
    assert known.content == plain.content
    assert dict(known.headers) == dict(plain.headers)
    for answer in (plain, known):
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "patch"])
@pytest.mark.parametrize("url", PUBLIC)
def test_every_answer_carries_the_policies(client, site, url, method):
    answer = getattr(client, method)(url)
    assert answer.status_code in ((200, 404) if method in ("get", "head") else (404, 405))
    for name, value in POLICY.items():
        assert answer.headers[name].startswith(value) or value in answer.headers[name]


def test_an_error_carries_the_policies_and_tells_nothing(client, site, monkeypatch):
    def fail(*_args):
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(about, "house_of", fail)
    client.raise_request_exception = False
    answer = client.get("/about/")
    assert answer.status_code == 500
    assert "系统出了差错" in answer.content.decode()
    assert b"secret" not in answer.content
    for name, value in POLICY.items():
        assert value in answer.headers[name]


@pytest.mark.parametrize("url", [*PAGES, "/healthz", PDF])
def test_anything_but_reading_is_405(client, site, url):
    for method in ("post", "put", "patch", "delete", "options"):
        answer = getattr(client, method)(url)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("url", [*PAGES, PDF])
def test_head_and_not_modified_answer_without_the_body(client, site, url):
    whole = client.get(url)
    head = client.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    for asked in (
        {"if-none-match": whole.headers["ETag"]},
        {"if-modified-since": whole.headers["Last-Modified"]},
    ):
        known = client.get(url, headers=asked)
        assert (known.status_code, known.content) == (304, b"")
        assert known.headers["ETag"] == whole.headers["ETag"]
        assert known.headers["Cache-Control"] == whole.headers["Cache-Control"]


@pytest.mark.parametrize("url", PAGES)
def test_pages_may_be_kept_for_a_minute(client, site, url):
    assert client.get(url).headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "query",
    ["x=1", "view=huge", "view=", "view=dark&x=%00", "page=../../etc", "%FF=%FE", "q=" * 500],
)
@pytest.mark.parametrize("url", PAGES)
def test_a_strange_query_string_changes_nothing(client, site, url, query):
    known = client.get(url + "?view=dark" if "dark" in query else url)
    answer = client.get(f"{url}?{query}")
    assert answer.status_code == 200
    assert answer.content == known.content
    assert answer.headers["ETag"] == known.headers["ETag"]


def test_a_new_issue_changes_the_names_of_its_neighbours_pages(client, site, house):
    before = {url: client.get(url).headers["ETag"] for url in PAGES}
    press.publish(house.publication, press.document(2026, 4), house.editor)
    after = {url: client.get(url).headers["ETag"] for url in PAGES}
    changed = {url for url in PAGES if before[url] != after[url]}
    front = {"/", "/monthly/", "/monthly/2025/"}
    assert changed == front | {"/monthly/2026/3/", "/monthly/2026/3/editions/1/"}


@pytest.mark.parametrize("url", ["/monthly/2026/10/x.pdf", "/" + "9" * 40 + "/", "/monthly/0/0/"])
def test_impossible_numbers_are_absent(client, site, url):
    huge = "9" * 25
    for path in (url, f"/monthly/{huge}/", f"/monthly/{huge}/1/", f"/monthly/2026/{huge}/"):
        assert client.get(path).status_code == 404


def test_an_unknown_address_helps_on(client, site):
    answer = client.get("/monthly/2031/1/")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "没有这个页面" in text
    assert 'href="/"' in text
    assert answer.headers["Cache-Control"] == "no-cache"


def test_every_link_answers(client, site):
    """A crawl from the front page, through every look of every page."""
    seen: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        url = waiting.pop()
        if url in seen or url.startswith(("http:", "https:", "/static/")):
            continue
        answer = client.get(url, follow=True)
        seen[url] = answer.status_code
        if answer.headers["Content-Type"].startswith("text/html"):
            waiting += _links(url, answer.content.decode())
    assert {url: status for url, status in seen.items() if status != 200} == {}
    assert {urldefrag(url).url.split("?")[0] for url in seen} >= set(PAGES)


def _links(url: str, page: str) -> list[str]:
    targets = [target.replace("&amp;", "&") for target in re.findall(r'href="([^"]+)"', page)]
    inside = {urldefrag(target).fragment for target in targets if target.startswith("#")}
    assert inside <= set(re.findall(r'id="([^"]+)"', page)), url
    return [urldefrag(urljoin(url, target)).url for target in targets]


@pytest.mark.parametrize("view", ["large", "dark", "light", "large-dark", "large-light"])
def test_every_link_keeps_the_look(client, site, view):
    for url in PAGES:
        page = client.get(f"{url}?view={view}").content.decode()
        kept = re.sub(r'<nav class="bar-look".*?</nav>', "", page, flags=re.DOTALL)
        links = re.findall(r'<a [^>]*href="(/[^"]*)"', kept)
        pages = [link for link in links if not re.search(r"\.\w+$", link)]
        assert pages
        assert all(f"?view={view}" in link for link in pages), url
        assert f'<html lang="zh-Hans" class="{view.replace("-", " ")}">' in page


def test_downloads_are_the_stored_bytes_under_their_own_digest(client, site):
    page = client.get("/monthly/2026/3/").content.decode()
    links = re.findall(r'<a class="row" href="([^"#]+)"', page)
    stored = list(EditionFile.objects.filter(edition=site["new"]).order_by("pk"))
    assert len(links) == len(stored) == 2
    for link, file in zip(links, stored, strict=True):
        answer = client.get(link)
        assert hashlib.sha256(answer.content).hexdigest() == file.sha256
        assert answer.headers["ETag"] == f'"{file.sha256}"'
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert file.sha256[:16] in link
        grouped = " ".join(file.sha256[at : at + 8] for at in range(0, 64, 8))
        assert grouped in page


def test_a_file_is_named_by_what_it_is(client, site):
    shown = client.get(PDF).headers["Content-Disposition"]
    assert shown == (
        'inline; filename="monthly-2026-3.pdf"; '
        "filename*=UTF-8''%E6%94%BF%E5%8A%A1%E7%AA%97%E5%8F%A3%E6%9C%88%E6%8A%A52026%E5%B9%B4"
        "%E7%AC%AC3%E6%9C%9F.pdf"
    )
    saved = client.get("/monthly/2026/3/monthly-2026-3.txt")
    assert saved.headers["Content-Disposition"].startswith('attachment; filename="monthly-2026-3')
    assert saved.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_name_means_the_edition_in_force_and_a_digest_any(client, site):
    old = site["old"].files.get(format="pdf")
    new = site["new"].files.get(format="pdf")
    assert client.get(PDF).headers["ETag"] == f'"{new.sha256}"'
    by_digest = PDF.replace(".pdf", f".{old.sha256[:16]}.pdf")
    assert client.get(by_digest).headers["ETag"] == f'"{old.sha256}"'
    assert client.get(PDF).headers["Cache-Control"] == "public, max-age=60"


def test_altered_bytes_are_not_served(client, site, settings):
    file = site["new"].files.get(format="pdf")
    (settings.MEDIA_ROOT / "editions" / file.path).chmod(0o600)
    (settings.MEDIA_ROOT / "editions" / file.path).write_bytes(b"%PDF another")
    client.raise_request_exception = False
    assert client.get(PDF).status_code == 500


def test_health_says_when_the_database_does_not_answer(client, db, monkeypatch):
    ready = client.get("/healthz")
    assert (ready.status_code, ready.content) == (200, b"ok\n")
    assert ready.headers["Cache-Control"] == "no-store"

    def fail():
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", fail)
    assert client.get("/healthz").status_code == 503


def test_nothing_published_yet_says_what_will_appear(client, house):
    for url in ("/", "/monthly/"):
        assert "第一期发布以后" in client.get(url).content.decode()


def test_text_is_escaped_once(client, house):
    paper = press.document(2026, 3)
    marked = replace(paper, masthead="<b>报</b>", issuer='"><script>x</script>')
    marked = press.with_text(marked, "3月1日，<script>alert(1)</script>&amp;。")
    press.publish(house.publication, marked, house.editor)
    for url in ("/", "/monthly/2026/3/", "/monthly/"):
        page = client.get(url).content.decode()
        assert "<script" not in page
        assert "<b>报" not in page
    page = client.get("/monthly/2026/3/").content.decode()
    assert "&lt;script&gt;alert(" in page
    assert "&lt;/script&gt;&amp;amp;" in page
