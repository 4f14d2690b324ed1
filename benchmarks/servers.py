"""The servers that are compared, each with one worker, all on the first processor."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final

from tests.services.process import free_port, running
from tests.services.programs import BROTLI, program

from .load import Server

ROOT: Final = Path(__file__).resolve().parent.parent
NGINX: Final = """
worker_processes 1;
daemon off;
pcre_jit on;
{brotli}
pid {place}/{name}.pid;
error_log {place}/{name}.log;
events {{ worker_connections 2100; }}
http {{
  access_log off;
  keepalive_requests 1000000;
  sendfile on;
  tcp_nopush on;
  {inside}
}}
"""
PLAIN: Final = """
  types {{ text/html html; }}
  server {{
    listen 127.0.0.1:{port};
    root {place}/files;
    gzip_static on;
    {static}
  }}
"""
# Read and sent with the headers in one go, as our rules do it.
READ: Final = PLAIN.replace("root", "sendfile off;\n    root")
# The same answer as the baked page to the byte: what a plain nginx gives with our headers.
HEADED: Final = """
  server {{
    listen 127.0.0.1:{port};
    root {place}/files;
    sendfile off;
    include {place}/baked.conf;
    add_header Cache-Control "public, max-age=60" always;
  }}
"""
BAKED: Final = """
  map $arg_view $look {{ default plain; dark dark; }}
  open_file_cache max=2000 inactive=60s;
  open_file_cache_valid 0;
  server {{
    listen 127.0.0.1:{port};
    location ~ /$ {{
      root {place}/baked/current;
      include {place}/baked.conf;
      sendfile off;
      add_header Cache-Control "public, max-age=60" always;
      rewrite ^ /$look${{uri}}index.html break;
      log_not_found off;
      error_page 404 = @application;
    }}
    location @application {{
      return 404;
    }}
  }}
"""
SERVED: Final = {
    "nginx": PLAIN,
    "nginx-read": READ,
    "nginx-headed": HEADED,
    "nginx-baked": BAKED,
}


def environment(place: Path) -> dict[str, str]:
    return os.environ | {
        "ALLOWED_HOSTS": "127.0.0.1",
        "BAKED": "1",
        "DATABASE_URL": f"sqlite:///{place / 'site.sqlite3'}",
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "bulletin.settings",
        "EMBEDDED_WORKER": "0",
        "HTTPS": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "VAR_DIR": str(place),
    }


def make_site(env: dict[str, str]) -> None:
    """Twelve issues, baked."""
    seed = "from benchmarks.seeding import twelve_issues; twelve_issues()"
    for words in (["migrate"], ["collectstatic", "--noinput"], ["shell", "-c", seed], ["bake"]):
        subprocess.run([sys.executable, "manage.py", *words, "-v", "0"], env=env, check=True)


def make_wagtail(env: dict[str, str]) -> None:
    fill = "from benchmarks.wagtail_site.filling import fill; fill()"
    package = Path(env["WAGTAIL_DATABASE"]).parent / "wagtail_migrations"
    package.mkdir()
    (package / "__init__.py").touch()
    for words in (["makemigrations", "wagtail_site"], ["migrate"], ["shell", "-c", fill]):
        command = [sys.executable, "-m", "django", *words, "-v", "0"]
        subprocess.run(command, env=env, check=True)


def granian(
    name: str, application: str, place: Path, servers: ExitStack, env: dict[str, str]
) -> Server:
    server = Server(name, free_port(), place)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += [
        "--http",
        "1",
        "--blocking-threads",
        "1",
        "--no-ws",
        "--no-access-log",
        "--log-level",
        "error",
    ]
    command += ["--host", "127.0.0.1", "--port", str(server.port), "--backlog", "2048"]
    command += ["--pid-file", str(place / f"{name}.pid"), application]
    start(command, server, servers, env=env)
    return server


def nginx(name: str, inside: str, place: Path, servers: ExitStack) -> Server:
    """`inside` is one of SERVED; all send what was compressed in advance."""
    server = Server(name, free_port(), place)
    files = (ROOT / "deploy" / "baked.conf").read_text()
    static = f"{ROOT}/deploy/brotli" if BROTLI.exists() else "/nowhere"
    (place / "baked.conf").write_text(files.replace("/etc/nginx/brotli.d", static))
    conf = place / f"{name}.conf"
    inside = inside.format(
        place=place, port=server.port, static="brotli_static on;" if BROTLI.exists() else ""
    )
    brotli = f"load_module {BROTLI};" if BROTLI.exists() else ""
    conf.write_text(NGINX.format(brotli=brotli, place=place, name=name, inside=inside))
    start([program("nginx") or "nginx", "-c", str(conf)], server, servers)
    return server


def start(
    command: list[str], server: Server, servers: ExitStack, env: dict[str, str] | None = None
) -> None:
    first = min(os.sched_getaffinity(0))
    log = server.folder / f"{server.name}.out"
    stand = partial(os.sched_setaffinity, 0, {first})
    servers.enter_context(
        running(
            command, log=log, answers=server.answers, stop=signal.SIGTERM, env=env, preexec_fn=stand
        )
    )


def save_page(place: Path, path: str) -> None:
    """The baked page as a file that a plain nginx serves, with its compressed forms."""
    files = place / "files"
    files.mkdir(mode=0o755)
    baked = place / "baked" / "current" / "plain" / path.strip("/")
    for end in ("", ".gz", ".br"):
        shutil.copyfile(baked / f"index.html{end}", files / f"issue.html{end}")
