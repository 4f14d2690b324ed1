"""How many bytes a page is: alone and with all it asks for, as sent and unpacked; no images."""

from __future__ import annotations

import gzip
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import brotli

MOST: Final = 100 * 1024
_PARTS: Final = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')
_UNPACK: Final = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@dataclass(frozen=True, slots=True)
class Size:
    """`page` is the page alone, `whole` with its styles and scripts; each as sent and unpacked."""

    path: str
    page: tuple[int, int]
    whole: tuple[int, int]

    @property
    def fits(self) -> bool:
        return max(*self.page, *self.whole) < MOST

    def __str__(self) -> str:
        told = " ".join(f"{octets / 1024:7.1f}" for octets in (*self.page, *self.whole))
        return f"{told} KB  {self.path}{'' if self.fits else '  OVER 100 KB'}"


def measure(address: str, path: str) -> Size:
    text, sent, plain = _read(address + path)
    parts = [_read(urljoin(address, part)) for part in _PARTS.findall(text)]
    whole = (sent + sum(one[1] for one in parts), plain + sum(one[2] for one in parts))
    return Size(path, (sent, plain), whole)


def _read(url: str) -> tuple[str, int, int]:
    """The text, its bytes as sent to a browser, and unpacked."""
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "br, gzip"})  # noqa: S310
    try:
        answer = urllib.request.urlopen(asked)  # noqa: S310  our own server
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        sent = answer.read()
        plain = _UNPACK[answer.headers.get("Content-Encoding", "")](sent)
    return plain.decode(), len(sent), len(plain)
