"""Packages that come out the same twice: one fixed date, files in the order given."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest a ZIP can tell."""


def zipped(entries: Iterable[tuple[str, bytes]], level: int) -> bytes:
    """A ZIP of names and contents, compressed at `level` (1 to 9), readable by everybody."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, data in entries:
            info = ZipInfo(name, DATE)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            package.writestr(info, data, compresslevel=level)
    return target.getvalue()
