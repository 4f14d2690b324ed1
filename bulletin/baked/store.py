"""Bytes under their digest, compressed in advance: written whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

import brotli

# Suffix of a compressed form, and what it is called in Content-Encoding; best first.
ENCODINGS: Final = {".br": "br", ".gz": "gzip"}
# 1 ms for a page; 11 would take 16 and save an eighth, while a publication waits.
_BROTLI_QUALITY: Final = 6
_PUBLIC: Final = 0o644  # nginx reads as another user


class Store:
    """The folder of everything baked. `settle` makes what was written last through a crash."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._unsettled: list[Path] = []

    def keep(self, data: bytes, *, packed: bool) -> str:
        """Store `data`, with its compressed forms if `packed`; returns its SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        place = self.blob(digest)
        if packed:
            for suffix, pack in _PACKERS.items():
                path = place.with_name(digest + suffix)
                if not path.exists():
                    self.write(path, pack(data))
        if not place.exists():  # last: a blob that is there has its compressed forms
            self.write(place, data)
        return digest

    def write(self, path: Path, data: bytes) -> None:
        """The file appears under its name only when complete."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                os.fchmod(stream.fileno(), _PUBLIC)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
        self._unsettled.append(path)

    def blob(self, digest: str) -> Path:
        return self.root / "blobs" / digest[:2] / digest

    def settle(self) -> None:
        """Sync what was written and the folders it stands in, all at once."""
        for path in [*self._unsettled, *{path.parent for path in self._unsettled}]:
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        self._unsettled.clear()

    def note(self, folder: Path) -> None:
        """A folder that `settle` shall sync too."""
        self._unsettled.append(folder)


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _brotli(data: bytes) -> bytes:
    return brotli.compress(data, quality=_BROTLI_QUALITY)


_PACKERS: Final = {".gz": _gzip, ".br": _brotli}
