"""The code that draws pages: a digest, and when it was last changed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

_DRAWN_BY: Final = (
    "templates/base.html",
    "templates/site",
    "bulletin/static/bulletin/base.css",
    "bulletin/static/bulletin/site.css",
    "bulletin/static/bulletin/print.css",
    "bulletin/static/bulletin/statistics.css",
    "bulletin/static/bulletin/finding.css",
    "bulletin/static/bulletin/verify.js",
    "bulletin/locale/en/LC_MESSAGES/django.po",
    "bulletin/changes.py",
    "bulletin/document.py",
    "bulletin/finding",
    "bulletin/proofreading/difference.py",
    "bulletin/renderers/__init__.py",
    "bulletin/site",
    "bulletin/typeset",
    "stats/charts.py",
    "stats/figures.py",
    "windows/footers.py",
)


@dataclass(frozen=True, slots=True)
class Version:
    digest: str
    changed: dt.datetime


def version() -> Version:
    """Read once a process; under DEBUG each time, as templates change while it runs."""
    return _read_version() if settings.DEBUG else _version()


@cache
def _version() -> Version:
    return _read_version()


def _read_version() -> Version:
    digest = hashlib.sha256(settings.SITE_URL.encode())
    newest = 0.0
    for path in sorted(_sources()):
        digest.update(path.read_bytes())
        newest = max(newest, path.stat().st_mtime)
    return Version(digest.hexdigest(), dt.datetime.fromtimestamp(newest, dt.UTC))


def _sources() -> Iterator[Path]:
    for name in _DRAWN_BY:
        place = settings.BASE_DIR / name
        yield from [place] if place.is_file() else _below(place)


def _below(place: Path) -> Iterator[Path]:
    return (path for path in place.rglob("*") if path.suffix in (".html", ".py"))
