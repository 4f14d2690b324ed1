"""A baked page in memory: every coding of it with its headers, made once, ready to send."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import Final

from bulletin.baked.layout import NAMES, PLAIN
from bulletin.baked.store import ENCODINGS
from bulletin.baked.types import TYPES, type_of

Headers = list[tuple[str, str]]

PAGE_CACHE: Final = "public, max-age=60"
FILE_CACHE: Final = "public, max-age=31536000, immutable"
# /monthly/2026/3/monthly-2026-3.59c450e63feed4ea.pdf
_DOWNLOAD: Final = re.compile(
    r"/(?P<slug>[-\w]+)/(?P<year>\d+)/(?P<number>\d+)/(?P<stem>[-\w]+)"
    r"(?P<digest>\.[0-9a-f]{16})?\.(?P<end>[a-z0-9]+)"
)


@dataclass(frozen=True, slots=True)
class Coded:
    """One coding: what a GET and a 304 are answered with."""

    etag: str
    headers: Headers
    body: list[bytes]
    known: Headers


class Baked:
    """A page or file; `codings` by what Content-Encoding says, "" being the plain bytes."""

    __slots__ = ("by_asked", "codings", "modified", "size", "used")

    def __init__(self, codings: dict[str, Coded], modified: int) -> None:
        self.codings = codings
        self.modified = modified
        self.by_asked: dict[str, Coded] = {}
        self.size = sum(len(coded.body[0]) for coded in codings.values()) + 4096
        self.used = True

    def coded_for(self, asked: str) -> Coded:
        """What an Accept-Encoding header is answered with: the best that it allows."""
        for suffix_name in ENCODINGS.values():
            if suffix_name in self.codings and accepts(asked, suffix_name):
                return self.codings[suffix_name]
        return self.codings[""]


def accepts(asked: str, coding: str) -> bool:
    """Whether an Accept-Encoding header allows the coding, by name or by `*`."""
    found = {}
    for part in asked.lower().split(","):
        name, _, rest = part.partition(";")
        found[name.strip()] = not re.fullmatch(r"\s*q=0(\.0{0,3})?\s*", rest)
    return found.get(coding, found.get("*", False))


def load(root: Path, path: str, view: str, policies: Headers) -> Baked | None:
    """Read the page from the tree at `root`; None where it is not baked. `path` as WSGI has it:
    bytes spelled as Latin-1."""
    try:
        path = path.encode("latin-1").decode()
    except UnicodeError:
        return None
    place = root / (view or PLAIN) / path[1:]
    place = place / "index.html" if path.endswith("/") else place
    kind = type_of(place.name)
    try:
        data = place.read_bytes()
        modified = int(place.stat().st_mtime)
    except OSError:
        return None
    if kind is None:
        return None
    # Data, not pages: what stands on other sites may read it.
    shared = [] if path.endswith("/") else [("Access-Control-Allow-Origin", "*")]
    told = [("Content-Type", kind.content_type), *shared, *_download(root, path)]
    headers: Headers = [*told, *policies]
    codings = {"": _coded(data, data, "", headers, modified, path, vary=kind.packed)}
    for suffix, coding in ENCODINGS.items():
        packed = place.with_name(place.name + suffix)
        if kind.packed and packed.exists():
            codings[coding] = _coded(
                data, packed.read_bytes(), coding, headers, modified, path, vary=True
            )
    return Baked(codings, modified)


def _coded(
    data: bytes, body: bytes, coding: str, headers: Headers, modified: int, path: str, *, vary: bool
) -> Coded:
    digest = hashlib.sha256(data).hexdigest()
    etag = f'"{digest}{coding and "-" + coding}"'
    known = [
        ("ETag", etag),
        ("Last-Modified", formatdate(modified, usegmt=True)),
        ("Cache-Control", FILE_CACHE if is_immutable(path) else PAGE_CACHE),
        *([("Vary", "Accept-Encoding")] if vary else []),
    ]
    told = [("Content-Encoding", coding)] if coding else []
    whole = [*headers, *known, *told, ("Content-Length", str(len(body)))]
    policies = [one for one in headers if one[0] not in ("Content-Type", "Content-Disposition")]
    return Coded(etag, whole, [body], [*known, *policies])


def is_immutable(path: str) -> bool:
    found = _DOWNLOAD.fullmatch(path)
    return bool(found and found["digest"])


def _download(root: Path, path: str) -> Headers:
    """How a file is saved, after RFC 6266: the Chinese name, and one for old browsers."""
    found = _DOWNLOAD.fullmatch(path)
    if found is None or found["end"] not in TYPES:
        return []
    kind = "inline" if found["end"] == "pdf" else "attachment"
    link = root / NAMES / found["slug"] / found["year"] / found["number"]
    shown = link.resolve().name if link.exists() else found["stem"]
    plain, end = found["stem"], found["end"]
    told = f"{kind}; filename=\"{plain}.{end}\"; filename*=UTF-8''{shown}.{end}"
    return [("Content-Disposition", told)]
