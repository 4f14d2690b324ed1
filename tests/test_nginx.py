"""The real nginx with the deployed configuration, before a stand-in for the application."""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import ssl
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.services.process import free_port, running
from tests.services.programs import program

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
HSTS = "Strict-Transport-Security"

pytestmark = pytest.mark.skipif(
    not (program("nginx") and program("openssl")), reason="needs nginx and openssl"
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
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
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


def ask(port: int, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
    anyone = ssl.create_default_context()
    anyone.check_hostname = False
    anyone.verify_mode = ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=anyone)
    connection.request("GET", path, headers={"Host": "bulletin.example", **headers})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, body


def test_application_sees_the_true_address_and_keeps_its_headers(nginx):
    claimed = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "http"}
    status, headers, seen = ask(nginx["https"], "/", **claimed)
    assert (status, seen) == (200, "bulletin.example 127.0.0.1 https")
    assert headers.get_all(HSTS) == ["the application's own"]


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
