"""The layer before Django, asked as a WSGI server asks it."""

from __future__ import annotations

import gzip
import threading
from wsgiref.util import setup_testing_defaults

import brotli
import pytest

from bulletin.baked import switching, tree
from bulletin.baked.layout import steps_of
from bulletin.baked.store import Store
from bulletin.baked.tree import Entry
from bulletin.middleware import policies
from bulletin.serving.answers import accepts
from bulletin.serving.layer import BakedFirst
from bulletin.serving.pantry import Pantry, is_plain

VIEWS = frozenset(["dark"])
DIGEST = "59c450e63feed4ea"


class Site:
    """A baked site of one's own; `put` publishes pages, `ask` reads one."""

    def __init__(self, root, room=1 << 20):
        self.store, self.number, self.root = Store(root), 0, ""
        self.plain = Pantry(root, room, policies(secure=False))
        secure = Pantry(root, room, policies(secure=True))
        self.layer = BakedFirst(self.django, self.plain, secure, VIEWS, policies(secure=True))

    def django(self, environ, start):
        start("203 Django", [])
        return [b"django"]

    def put(self, pages, *, view="", names=None):
        changes = {
            steps_of(path, view): text
            and Entry(tree.FILE, self.store.keep(text.encode(), packed=not path.endswith("pdf")))
            for path, text in pages.items()
        }
        for way, name in (names or {}).items():
            changes["names", *way] = Entry(tree.LINK, name)
        self.root = tree.graft(self.store, self.root, changes)
        self.number += 1
        switching.switch(self.store, lambda: (self.number, self.root))

    def ask(self, path, method="GET", **headers):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path.partition("?")[0]}
        setup_testing_defaults(environ)
        environ["QUERY_STRING"] = path.partition("?")[2]
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        told = []
        body = b"".join(self.layer(environ, lambda *words: told.append(words)))
        return int(told[0][0][:3]), dict(told[0][1]), body


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "baked")
    site.put({"/": "首页" * 200, "/m/2026/3/": "第三期" * 200})
    return site


def test_each_coding_is_the_same_page_under_its_own_name(site):
    plain, zipped, small = (site.ask("/", accept_encoding=c) for c in ("", "gzip", "gzip, br"))
    assert plain[2].decode() == "首页" * 200
    assert gzip.decompress(zipped[2]) == brotli.decompress(small[2]) == plain[2]
    told = [answer[1].get("Content-Encoding") for answer in (plain, zipped, small)]
    assert told == [None, "gzip", "br"]
    assert len({answer[1]["ETag"] for answer in (plain, zipped, small)}) == 3
    for _, headers, body in (plain, zipped, small):
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["Content-Length"] == str(len(body))
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("asked", "coding", "allowed"),
    [
        ("gzip, deflate, br", "br", True),
        ("br;q=0, gzip", "br", False),
        ("br;q=0.000", "br", False),
        ("br;q=0.5", "br", True),
        ("*", "br", True),
        ("*;q=0", "gzip", False),
        ("gzip;q=0, *", "gzip", False),
        ("BR", "br", True),
        ("brotli", "br", False),
        ("", "gzip", False),
    ],
)
def test_codings_are_read_as_the_standard_says(asked, coding, allowed):
    assert accepts(asked, coding) is allowed


@pytest.mark.django_db
@pytest.mark.parametrize("secure", [False, True])
def test_policies_are_those_of_django(tmp_path, client, settings, secure):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    site = Site(tmp_path / "baked")
    site.put({"/": "首页"})
    of_page = {"Content-Type", "Content-Length", "Cache-Control", "Vary"}
    answer = client.get("/no/such/address/at/all/", secure=secure)
    public = {name: text for name, text in answer.headers.items() if name not in of_page}
    assert len(public) == 7 + secure
    asked = {"x_forwarded_proto": "https"} if secure else {}
    known = site.ask("/")[1]["ETag"]
    for headers in (
        site.ask("/", **asked)[1],
        site.ask("/", **asked, if_none_match=known)[1],
    ):
        assert {name: headers.get(name) for name in public} == public
        assert ("Strict-Transport-Security" in headers) is secure


def test_what_the_reader_has_is_not_sent_again(site):
    _, headers, _ = site.ask("/")
    for asked in (
        {"if_none_match": headers["ETag"]},
        {"if_none_match": f'"other", W/{headers["ETag"]}'},
        {"if_none_match": "*"},
        {"if_modified_since": headers["Last-Modified"]},
    ):
        status, known, body = site.ask("/", **asked)
        assert (status, body, known["ETag"]) == (304, b"", headers["ETag"])
        assert "Content-Length" not in known
    for asked in (
        {"if_none_match": '"other"', "if_modified_since": headers["Last-Modified"]},
        {"if_modified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"if_modified_since": "yesterday"},
        {"if_none_match": headers["ETag"], "accept_encoding": "br"},
    ):
        assert site.ask("/", **asked)[0] == 200


def test_head_tells_the_length_and_sends_nothing(site):
    status, headers, body = site.ask("/", "HEAD")
    assert (status, body, headers["Content-Length"]) == (200, b"", "1200")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_anything_but_reading_is_405(site, method):
    status, headers, _ = site.ask("/m/2026/3/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_a_look_is_its_own_page_and_other_words_make_none(site):
    site.put({"/": "深色"}, view="dark")
    assert site.ask("/?view=dark")[2].decode() == "深色"
    for query in (
        "?x=1",
        "?view=huge",
        "?view=",
        "?view=dark&view=",
        "?%FF=%FE",
        "?q=" + "a" * 9999,
    ):
        assert site.ask("/" + query)[1]["ETag"] == site.ask("/")[1]["ETag"]


@pytest.mark.parametrize(
    "path",
    ["/m/2026/4/", "/m/2026/3", "/index.html", "/m/2026/3/index.html", "/m/2026/3/index.html.br",
     "/../number", "//", "/m//2026/3/", "/./", "/.part", "/\0", "", "*", "/\xff/"],
)  # fmt: skip
def test_what_is_not_baked_goes_on_to_django(site, path):
    assert site.ask(path) == (203, {}, b"django")


def test_a_path_outside_the_site_is_none():
    assert not [path for path in ("/../a", "/a/../b", "/..", "a", "/a/./b/") if is_plain(path)]


def test_downloads_carry_their_name_and_those_with_a_digest_are_for_ever(site):
    pages = {f"/m/2026/3/m-2026-3{mark}.pdf": "%PDF" for mark in ("", f".{DIGEST}")}
    site.put(pages, names={("m", "2026", "3"): "%E6%9C%88%E6%8A%A5"})
    for path, kept in zip(
        pages, ("public, max-age=60", "public, max-age=31536000, immutable"), strict=True
    ):
        headers = site.ask(path, accept_encoding="br")[1]
        assert headers["Cache-Control"] == kept
        assert headers["Content-Type"] == "application/pdf"
        assert headers["Content-Disposition"] == (
            "inline; filename=\"m-2026-3.pdf\"; filename*=UTF-8''%E6%9C%88%E6%8A%A5.pdf"
        )
        assert not {"Vary", "Content-Encoding"} & set(headers)


def test_a_new_generation_is_seen_at_once_and_whole(site):
    site.ask("/"), site.ask("/m/2026/3/")
    site.put({"/": "新首页", "/m/2026/3/": None, "/m/2026/4/": "第四期"})
    assert site.ask("/")[2].decode() == "新首页"
    assert site.ask("/m/2026/3/")[0] == 203
    assert site.ask("/m/2026/4/")[2].decode() == "第四期"


def test_a_site_baked_after_the_process_began_is_found_within_a_second(tmp_path, monkeypatch):
    site = Site(tmp_path / "baked")
    assert site.ask("/")[0] == 203
    site.put({"/": "首页"})
    monkeypatch.setattr("bulletin.serving.pantry._LOOK_AGAIN", 0)
    assert site.ask("/")[0] == 200


def test_memory_is_bounded_and_what_is_read_often_stays(tmp_path):
    site = Site(tmp_path / "baked", room=200_000)
    site.put({f"/{n}/": str(n) * 5000 for n in range(60)})
    for n in range(60):
        site.ask("/0/")
        assert site.ask(f"/{n}/")[2] == str(n).encode() * 5000
        assert site.plain.size <= 200_000
    kept = [path for path, _view in site.plain._shelf.kept]
    assert "/0/" in kept
    assert 10 < len(kept) < 60


def test_a_file_bigger_than_its_share_is_served_and_not_kept(tmp_path):
    site = Site(tmp_path / "baked", room=200_000)
    site.put({"/a.pdf": "x" * 100_000})
    assert len(site.ask("/a.pdf")[2]) == 100_000
    assert site.plain.size == 0


def test_readers_at_once_never_meet_two_generations(site):
    """Each reads the front page, then the issue it names; the second is never older."""
    wrong = []
    stop = threading.Event()

    def read():
        while not stop.is_set():
            first = int(site.ask("/")[2])
            second = int(site.ask("/m/2026/3/")[2])
            if second < first:
                wrong.append((first, second))

    site.put({"/": "0", "/m/2026/3/": "0"})
    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, 40):
        site.put({"/": str(number), "/m/2026/3/": str(number)})
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
