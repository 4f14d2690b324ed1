"""A photo is opened by two decoders only, and kept as written anew (security rule 5)."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from windows.importing.refusals import Refused

PIXELS: Final = 50_000_000  # what a phone makes; 150 MB once unpacked
SIDE: Final = 4_000  # kept; a printed page needs half of it
_FORMATS: Final = ("JPEG", "PNG")
_HIDDEN: Final = (b"PK\x03\x04", b"%PDF-", b"<script", b"<?php", b"<html", b"Rar!\x1a\x07")
_BROKEN: Final = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError,
    MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def clean_photo(data: bytes) -> bytes:
    """The picture alone: upright, no wider than SIDE, without EXIF. Raises Refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)  # of EXIF that is dropped anyway
        try:
            return _written_anew(data)
        except _BROKEN as error:
            raise Refused("照片不完整或已损坏。请重新拍照或另存，再上传。") from error


def _written_anew(data: bytes) -> bytes:
    with Image.open(BytesIO(data), formats=_FORMATS) as picture:
        kind = "PNG" if picture.format == "PNG" else "JPEG"
        _check_size(picture.size)
        _check_trailer(data, kind)
        picture.draft("RGB", (SIDE, SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if kind == "PNG" and "A" in upright.getbands() else "RGB")
    plain.thumbnail((SIDE, SIDE))
    fresh = Image.new(plain.mode, plain.size)  # carries none of the old one's notes
    fresh.paste(plain)
    out = BytesIO()
    fresh.save(out, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return out.getvalue()


def _check_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > PIXELS:
        raise Refused(f"照片有{width}×{height}像素，太大了。请缩小到5000万像素以内，再上传。")
    if min(size) < 16 or max(size) > 20_000:
        raise Refused(f"照片是{width}×{height}像素，不像现场照片。请换一张，再上传。")


def _check_trailer(data: bytes, kind: str) -> None:
    """Phones append films and second pictures; an archive or a page is nobody's photo."""
    if kind == "PNG":
        end = data.rfind(b"IEND")
        if data[end + 8 :].strip(b"\x00\r\n "):
            raise Refused("照片后面还附有别的内容。请重新拍照或另存，再上传。")
    if any(mark in data for mark in _HIDDEN):
        raise Refused("照片里藏有别的文件。请重新拍照或另存，再上传。")
