"""Files to take away: named by what they are, addressed by what they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import Final
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulletin.renderers import FORMATS

from .shelf import Stored, Volume

# As much of the SHA-256 as an address carries.
SHORT: Final = 16
_NAME: Final = re.compile(
    r"(?P<stem>[-a-zA-Z0-9_]+?)(?:\.(?P<digest>[0-9a-f]{16}))?\.(?P<extension>(?:wechat\.)?[a-z0-9]{2,5})"
)


@dataclass(frozen=True, slots=True)
class Download:
    """`label` says what it is, `short` is the letters a list has room for (PDF)."""

    label: str
    short: str
    url: str
    pages: str
    size: str
    sha256: str
    name: str

    @property
    def facts(self) -> str:
        return f"{self.pages} {self.size}".strip()


@dataclass(frozen=True, slots=True)
class FileName:
    stem: str
    digest: str
    extension: str


def read_name(text: str) -> FileName | None:
    """`monthly-2026-2.pdf` or `monthly-2026-2.59c450e63feed4ea.pdf`; None for neither."""
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    return FileName(found["stem"], found["digest"] or "", found["extension"])


def stem(slug: str, year: int, number: int) -> str:
    return f"{slug}-{year}-{number}"


def downloads(volume: Volume, files: tuple[Stored, ...]) -> tuple[Download, ...]:
    """In the order of FORMATS; a format that is no longer made is left out."""
    by_format = {file.format: file for file in files}
    return tuple(
        _download(volume, by_format[name], _(form.label), form.extension)
        for name, form in FORMATS.items()
        if form.public and name in by_format
    )


def _download(volume: Volume, file: Stored, label: str, extension: str) -> Download:
    name = f"{stem(volume.slug, *volume.key)}.{file.sha256[:SHORT]}.{extension}"
    return Download(
        label=label,
        short=extension.upper(),
        url=reverse("site:download", args=[volume.slug, *volume.key, name]),
        pages=_pages(file.pages),
        size=size(file.size),
        sha256=grouped(file.sha256),
        name=f"{stem(volume.slug, *volume.key)}.{extension}",
    )


def _pages(count: int | None) -> str:
    words = ngettext("%(pages)s页", "%(pages)s页", count or 0)
    return words % {"pages": count} if count else ""


def size(octets: int) -> str:
    """318 KB, 1.2 MB; never 0."""
    if octets < 1024 * 1024:
        return f"{max(1, ceil(octets / 1024))} KB"
    return f"{octets / 1024 / 1024:.1f} MB"


def grouped(digest: str) -> str:
    """In groups of eight, so that two can be held against each other by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def disposition(kind: str, plain: str, name: str) -> str:
    """`Content-Disposition` after RFC 6266: the Chinese name, and one for old browsers."""
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
