"""The real nginx with the deployed configuration, before a stand-in for the application."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import signal
import socket
import ssl
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import brotli
import pytest

from bulletin.baked import switching, tree
from bulletin.baked.store import Store
from bulletin.baked.tree import Entry
from bulletin.baked.types import TYPES
from bulletin.middleware import policies
from bulletin.serving.answers import FILE_CACHE, PAGE_CACHE
from bulletin.site.looks import LOOKS
from tests.services.process import free_port, running
from tests.services.programs import BROTLI, program

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
HSTS = "Strict-Transport-Security"

pytestmark = pytest.mark.skipif(
    not (program("nginx") and program("openssl") and BROTLI.exists()),
    reason="needs nginx with brotli_static, and openssl",
)


class Application(BaseHTTPRequestHandler):
    """Answers with the headers it was asked with, as the application sees them."""

    def do_GET(self) -> None:
        seen = f"{self.headers['Host']} {self.headers['X-Forwarded-For']} "
        seen += self.headers["X-Forwarded-Proto"]
        self.send_response(200)
        self.send_header(HSTS, "the application's own")
        self.end_headers()
        self.wfile.write(seen.encode())

    def log_message(self, *_: object) -> None:
        """Silence."""


def certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=bulletin.example", "-keyout", str(folder / "privkey.pem")]
    command += ["-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)


def configuration(folder: Path, ports: dict[str, int]) -> Path:
    """The deployed file with this test's folders and ports, and nothing else changed."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    changes = {
        "/tmp/nginx.pid": str(folder / "nginx.pid"),  # noqa: S108 the text to replace
        "/dev/stdout": str(folder / "access.log"),
        "/dev/stderr": str(folder / "error.log"),
        "web:8000": f"127.0.0.1:{ports['application']}",
        "127.0.0.1:8081": f"127.0.0.1:{ports['health']}",
        "listen 80 ": f"listen 127.0.0.1:{ports['http']} ",
        "listen 443 ": f"listen 127.0.0.1:{ports['https']} ",
        "/etc/nginx/tls": str(folder),
        "/etc/nginx/security-headers.conf": str(DEPLOY / "security-headers.conf"),
        "/srv/static/": f"{folder}/static/",
        "root /usr/share/nginx;": f"root {folder};",
        "/srv/baked/": f"{folder}/baked/",
        "/etc/nginx/baked.conf": f"{folder}/baked.conf",
        "include /etc/nginx/modules-enabled/*.conf;": f"load_module {BROTLI};",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    files = (DEPLOY / "baked.conf").read_text(encoding="utf-8")
    files = files.replace("/etc/nginx/brotli.d", str(DEPLOY / "brotli"))
    (folder / "baked.conf").write_text(files, encoding="utf-8")
    result = folder / "nginx.conf"
    result.write_text(text, encoding="utf-8")
    return result


@pytest.fixture
def application():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def nginx(tmp_path, application):
    ports = {name: free_port() for name in ("health", "http", "https")}
    ports["application"] = application.server_port
    for folder in (tmp_path, *tmp_path.parents):  # nginx's workers are another user's
        if folder.stat().st_mode & 0o005 != 0o005:
            folder.chmod(0o755)
    certificate(tmp_path)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "base.css").write_text("body {}", encoding="utf-8")
    shutil.copytree(DEPLOY / "pages", tmp_path / "pages")
    conf = configuration(tmp_path, ports)
    command = [str(program("nginx")), "-e", str(tmp_path / "error.log"), "-c", str(conf)]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with running(
        [*command, "-g", "daemon off;"],
        log=tmp_path / "nginx.log",
        answers=lambda: is_open(ports["https"]),
        stop=signal.SIGTERM,
    ):
        yield ports


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(
    port: int, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, str]:
    anyone = ssl.create_default_context()
    anyone.check_hostname = False
    anyone.verify_mode = ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=anyone)
    connection.request(method, path, headers={"Host": "bulletin.example", **headers})
    answer = connection.getresponse()
    body = answer.read().decode(errors="surrogateescape")
    connection.close()
    return answer.status, answer.headers, body


def test_application_sees_the_true_address_and_keeps_its_headers(nginx):
    claimed = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "http"}
    status, headers, seen = ask(nginx["https"], "/", **claimed)
    assert (status, seen) == (200, "bulletin.example 127.0.0.1 https")
    assert headers.get_all(HSTS) == ["the application's own"]


@pytest.fixture
def site(nginx, tmp_path):
    """A baked site of two looks in the folder that nginx serves; returns what publishes more."""
    store, roots = Store(tmp_path / "baked"), [""]

    def put(pages, names=None):
        changes = {
            steps: text
            and Entry(tree.FILE, store.keep(text.encode(), packed="pdf" not in steps[-1]))
            for steps, text in pages.items()
        }
        links = {("names", *way): Entry(tree.LINK, name) for way, name in (names or {}).items()}
        roots.append(tree.graft(store, roots[-1], changes | links))
        switching.switch(store, lambda: (len(roots), roots[-1]))

    pages = {
        ("plain", "index.html"): "首页" * 500,
        ("dark", "index.html"): "深色",
        ("plain", "monthly", "2026", "3", "index.html"): "第三期",
        ("plain", "monthly", "2026", "3", "monthly-2026-3.pdf"): "%PDF",
        ("plain", "monthly", "2026", "3", f"monthly-2026-3.{'a' * 16}.txt"): "文字",
        ("plain", "feed.atom"): "<feed/>",
    }
    put(pages, {("monthly", "2026", "3"): "%E6%9C%88%E6%8A%A5"})
    return put


def test_baked_pages_come_from_nginx_with_the_headers_of_the_application(nginx, site, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    status, headers, body = ask(nginx["https"], "/")
    assert (status, body) == (200, "首页" * 500)
    wanted = dict(policies(secure=True))
    assert HSTS in wanted
    assert {name: _parts(headers[name]) for name in wanted} == {
        name: _parts(text) for name, text in wanted.items()
    }
    assert headers["Content-Type"] == TYPES["html"].content_type
    assert headers["Cache-Control"] == "public, max-age=60"
    assert headers["Vary"] == "Accept-Encoding"


def _parts(text: str) -> set[str]:
    """The directives of a policy, whose order is nobody's."""
    return {part.strip() for part in text.split(";")}


def test_nginx_sends_what_was_compressed_in_advance(nginx, site):
    for asked, coding, unpack in (
        ("gzip", "gzip", gzip.decompress),
        ("gzip, br", "br", brotli.decompress),
    ):
        _, headers, body = ask(nginx["https"], "/", **{"Accept-Encoding": asked})
        assert headers["Content-Encoding"] == coding
        assert unpack(body.encode(errors="surrogateescape")).decode() == "首页" * 500


def test_looks_are_pages_of_their_own_and_other_words_make_none(nginx, site):
    assert ask(nginx["https"], "/?view=dark")[2] == "深色"
    assert ask(nginx["https"], "/?view=huge&x=1")[2] == "首页" * 500
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    found = re.search(r'"~(\^\(en-\).*)" \$arg_view', text)
    assert found
    known = re.compile(found[1])
    assert {view for view in LOOKS if view and view != "en"} == {
        view for view in LOOKS if known.fullmatch(view)
    }


@pytest.mark.parametrize("path", ["/desk/", "/index.html", "/monthly/2026/4/", "/index.html.br"])
def test_what_is_not_baked_is_asked_of_the_application(nginx, site, path):
    assert ask(nginx["https"], path)[2] == "bulletin.example 127.0.0.1 https"


def test_downloads_have_their_name_their_type_and_their_time(nginx, site):
    _, headers, body = ask(nginx["https"], "/monthly/2026/3/monthly-2026-3.pdf")
    assert (body, headers["Content-Type"]) == ("%PDF", TYPES["pdf"].content_type)
    assert headers["Cache-Control"] == PAGE_CACHE
    assert headers["Content-Disposition"] == (
        "inline; filename=\"monthly-2026-3.pdf\"; filename*=UTF-8''%E6%9C%88%E6%8A%A5.pdf"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    place = f"/monthly/2026/3/monthly-2026-3.{'a' * 16}.txt"
    _, headers, body = ask(nginx["https"], place)
    assert (body, headers["Content-Type"]) == ("文字", TYPES["txt"].content_type)
    assert headers["Cache-Control"] == FILE_CACHE
    assert headers["Content-Disposition"].startswith('attachment; filename="monthly-2026-3.txt')
    _, headers, body = ask(nginx["https"], "/feed.atom")
    assert (body, headers["Content-Type"]) == ("<feed/>", TYPES["atom"].content_type)


def test_types_of_files_are_the_applications(nginx):
    text = (DEPLOY / "baked.conf").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^  (\S+) (\w+);$", text, re.MULTILINE))
    named = {end: kind.content_type.partition(";")[0] for end, kind in TYPES.items()}
    assert {end: kind for kind, end in listed.items()} == named


def test_not_modified_and_other_methods(nginx, site):
    _, headers, _ = ask(nginx["https"], "/")
    assert ask(nginx["https"], "/", **{"If-None-Match": headers["ETag"]})[0] == 304
    assert ask(nginx["https"], "/", method="HEAD")[0] == 200
    assert ask(nginx["https"], "/", method="POST")[0] == 405


def test_files_that_are_kept_open_are_let_go_with_their_generation(nginx, site):
    texts = [f"第{number}版" * 50 for number in range(1, 51)]
    for text in texts:
        site({("plain", "index.html"): text, ("plain", "monthly", "index.html"): text})
        seen = {ask(nginx["https"], path)[2] for path in ("/", "/monthly/", "/", "/monthly/")}
        assert seen == {text}


def test_a_new_generation_is_seen_at_once(nginx, site):
    assert ask(nginx["https"], "/")[2] == "首页" * 500
    site({("plain", "index.html"): "新", ("plain", "monthly", "2026", "3"): None})
    assert ask(nginx["https"], "/")[2] == "新"
    assert "bulletin.example" in ask(nginx["https"], "/monthly/2026/3/")[2]


def test_static_files_come_from_nginx_with_security_headers(nginx):
    status, headers, body = ask(nginx["https"], "/static/base.css")
    assert (status, body) == (200, "body {}")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers.get_all(HSTS) == ["max-age=31536000; includeSubDomains; preload"]


def test_plain_http_is_sent_to_https(nginx):
    connection = http.client.HTTPConnection("127.0.0.1", nginx["http"], timeout=10)
    connection.request("GET", "/a?b=1", headers={"Host": "bulletin.example"})
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.headers["Location"]) == (308, "https://bulletin.example/a?b=1")


def test_without_the_application_there_is_a_page_that_says_so(nginx, application):
    application.shutdown()
    application.server_close()
    status, headers, body = ask(nginx["https"], "/")
    assert (status, headers["X-Frame-Options"]) == (502, "DENY")
    assert "暂时无法访问" in body


def test_too_large_an_upload_is_refused_in_chinese(nginx):
    status, _, body = ask(nginx["https"], "/", **{"Content-Length": str(21 * 1024 * 1024)})
    assert status == 413
    assert "文件过大" in body


def test_pages_of_its_own_are_styled_and_say_when_to_come_again(nginx, application):
    assert ask(nginx["https"], "/pages/page.css")[0] == 200
    assert ask(nginx["https"], "/pages/unavailable.html")[0] == 404
    application.shutdown()
    application.server_close()
    status, headers, body = ask(nginx["https"], "/somewhere/else")
    assert (status, headers["Retry-After"]) == (502, "120")
    assert '<link rel="stylesheet" href="/pages/page.css">' in body
    assert '<a href="/">回到首页</a>' in body


def test_a_baked_page_is_for_reading_and_data_for_other_sites_too(nginx, site):
    status, _headers, body = ask(nginx["https"], "/", "POST")
    assert (status, "这个地址只供阅读" in body) == (405, True)
    assert ask(nginx["https"], "/feed.atom")[1]["Access-Control-Allow-Origin"] == "*"
    assert ask(nginx["https"], "/")[1]["Access-Control-Allow-Origin"] is None
