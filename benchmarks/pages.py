"""What Lighthouse and the validator of the W3C say about every kind of public page.

    npm install --prefix DIR lighthouse vnu-jar        (Node and Java are needed)
    python -m benchmarks.pages DIR [--skip-lighthouse]

A throw-away site of twelve issues, baked and served as deployed. Lighthouse asks as a phone on
a slow line (its default) for the front page, an issue, the statistics and searching, the form
alone and with results; what is not 100 is told with the audit that failed.
The validator reads every kind of page in both languages, pages of errors included. Of each is
told how many bytes it is, which may be 100 KB at most, styles and scripts included.

Lighthouse's performance is a time: a page that other work on the machine held up is asked again,
twice at most, and its best run counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from tests.services.process import folder
from tests.services.programs import browser

from . import servers
from .page_sizes import measure

PHONES: Final = (
    "/", "/monthly/2026/12/", "/monthly/statistics/", "/monthly/search/",
    "/monthly/search/?q=窗口",
)  # fmt: skip
KINDS: Final = (
    *PHONES, "/about/", "/monthly/", "/monthly/2026/", "/monthly/search/?q=窗口&year=2026",
    "/monthly/search/?q=无此字",
    "/monthly/visits/", "/monthly/visits/find/?q=厅",
    "/monthly/departments/", "/monthly/2026/12/s2-1/",
    "/monthly/corrections/", "/monthly/map/", "/monthly/subscribe/", "/verify/",
    "/verify/?code=000000000000", "/monthly/statistics/total_handled/", "/nowhere/",
    "/monthly/2031/1/", "/monthly/subscribe/confirm/none/",
)  # fmt: skip
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
TURNS: Final = 3
FLAGS: Final = "--headless=new --no-sandbox --disable-gpu"


def main() -> None:
    options = _arguments()
    with folder() as place, ExitStack() as running:
        env = servers.environment(place)
        servers.make_site(env)
        app = servers.granian("application", "bulletin.wsgi:application", place, running, env)
        address = f"http://127.0.0.1:{app.port}"
        faults = validate(options.modules, address)
        print(f"validator: {len(KINDS)} pages in two languages, {len(faults)} errors")
        print(*faults, sep="\n")
        sizes = [measure(address, _looked(path, "")) for path in KINDS]
        print("page as sent, unpacked; with styles and scripts as sent, unpacked")
        print(*sizes, sep="\n")
        scores = {} if options.skip_lighthouse else dict(lighthouse(options.modules, address))
        for path, told in scores.items():
            print(path, *(f"{name} {score}" for name, score in told.items()))
    low = any(score != 100 for told in scores.values() for score in told.values())
    sys.exit(bool(faults) or low or not all(size.fits for size in sizes))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", type=lambda text: Path(text) / "node_modules")
    parser.add_argument("--skip-lighthouse", action="store_true")
    return parser.parse_args()


def validate(modules: Path, address: str) -> list[str]:
    with tempfile.TemporaryDirectory() as kept:
        for at, path in enumerate(KINDS):
            for view in ("", "en"):
                page = _read(f"{address}{_looked(path, view)}")
                Path(kept, f"{at}-{view}.html").write_bytes(page)
        jar = modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
        command = ["java", "-jar", str(jar), "--errors-only", "--stdout", "--format", "gnu", kept]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    return told.stdout.splitlines() + told.stderr.splitlines()


def _looked(path: str, view: str) -> str:
    asked = quote(path, safe="/?=&")
    return asked + f"{'&' if '?' in asked else '?'}view={view}" if view else asked


def _read(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url) as answer:  # noqa: S310  our own server
            return bytes(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.read()


def lighthouse(modules: Path, address: str) -> Iterator[tuple[str, dict[str, int]]]:
    for path in PHONES:
        report = _best(modules, address + _looked(path, ""))
        for audit in _failed(report):
            print(f"{path}: {audit}")
        found = report["categories"]
        yield path, {name: round(found[name]["score"] * 100) for name in CATEGORIES}


def _best(modules: Path, url: str) -> dict[str, Any]:
    reports = []
    for _turn in range(TURNS):
        try:
            reports.append(_report(modules, url))
        except subprocess.CalledProcessError as failure:  # the browser came too late, for one
            print(f"{url}: {failure.stderr.strip()[-300:]}")
            continue
        if _fast(reports[-1]) == 1:
            break
    if not reports:
        sys.exit(f"Lighthouse could not look at {url}.")
    return max(reports, key=_fast)


def _fast(report: dict[str, Any]) -> float:
    return float(report["categories"]["performance"]["score"])


def _report(modules: Path, url: str) -> dict[str, Any]:
    command = [str(modules / ".bin" / "lighthouse"), url, "--quiet", "--output=json"]
    command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    env = os.environ | {"CHROME_PATH": browser() or ""}
    told = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return dict(json.loads(told.stdout))


def _failed(report: dict[str, Any]) -> Iterator[str]:
    """Titles of what costs points."""
    weights = (ref for one in report["categories"].values() for ref in one["auditRefs"])
    for ref in weights:
        audit = report["audits"][ref["id"]]
        if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield f"{audit['title']} {audit.get('displayValue', '')}".strip()


if __name__ == "__main__":
    main()
