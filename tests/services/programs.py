"""Programs and fonts from the system's packages: installed where permitted, else named."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from tests.services.redis_server import wheel_binary

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
FONT_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts")
FONTS: Final = {
    "fonts-noto-cjk": "NotoSerifCJK*",
    "fonts-liberation": "LiberationSerif*",
    "fonts-lxgw-wenkai": "LXGWWenKai*",
}
BROTLI: Final = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
PROGRAMS: Final = {
    "poppler-utils": "pdftotext",
    "qpdf": "qpdf",
    "nginx": "nginx",
    "docker-compose": "docker-compose",  # the client alone, to validate the file
    "default-jdk-headless": "javac",  # starts tests/services/VeraPdf.java from its source
    "libreoffice-writer-nogui": "soffice",
}
FILES: Final = {
    "libjaxb-java": Path("/usr/share/java/jaxb-impl.jar"),  # veraPDF needs it
    "libnginx-mod-http-brotli-static": BROTLI,
}


def browser() -> str | None:
    """The browser that the tests drive: BROWSER_PATH, or the first one found."""
    chosen = os.environ.get("BROWSER_PATH")
    return chosen or next(filter(None, map(program, BROWSERS)), None)


def program(name: str) -> str | None:
    """Like `which`, and in the folders that an ordinary user's PATH leaves out."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


def missing() -> list[str]:
    """The Debian packages whose content is nowhere to be found."""
    absent = [package for package, name in PROGRAMS.items() if not program(name)]
    absent += [package for package, path in FILES.items() if not path.exists()]
    absent += [package for package, pattern in FONTS.items() if not has_font(pattern)]
    if not browser():
        absent.append("chromium")
    if not program("redis-server") and not wheel_binary():
        absent.append("redis-server")
    return absent


def has_font(pattern: str) -> bool:
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(next(folder.rglob(pattern), None) for folder in folders)


def install(packages: list[str]) -> None:
    """One by one: a package that this release lacks keeps no other one out."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    # Installing is not starting: no web server or Redis of the system's comes up by this.
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    subprocess.run([*apt, "update"], env=quiet, stdin=subprocess.DEVNULL, check=False)
    command = [*apt, "install", "-y", "--no-install-recommends"]
    for package in packages:
        subprocess.run([*command, package], env=quiet, stdin=subprocess.DEVNULL, check=False)


def problems() -> list[str]:
    """What is still missing after an attempt to install it, with the command that helps."""
    absent = missing()
    if absent:
        install(absent)
        absent = missing()
    return [f"缺少 {package}，请运行：apt-get install -y {package}" for package in absent]
