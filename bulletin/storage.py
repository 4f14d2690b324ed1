"""Rendered files, kept under their own digest: written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from bulletin.models import EditionFile


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "editions"


def keep(data: bytes, extension: str) -> tuple[str, str]:
    """Store `data`; returns (SHA-256 in hexadecimal, path below the root).

    The file appears under its name only when complete: a killed writer leaves
    a temporary file that nothing refers to, and two writers the same bytes.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = f"{sha256[:2]}/{sha256}.{extension}"
    target = root() / path
    if target.exists():
        return sha256, path
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o640)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return sha256, path


def location(file: EditionFile) -> Path:
    return root() / file.path


def read(file: EditionFile) -> bytes:
    """The stored bytes. Raises FileNotFoundError, and ValueError when they were altered."""
    data = location(file).read_bytes()
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise ValueError(f"{file}: stored bytes do not match their digest")
    return data
