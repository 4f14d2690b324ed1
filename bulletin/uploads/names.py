"""The name a file is shown by; on disk it has none."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from windows.importing.refusals import Refused

LONGEST: Final = 80
_NOT_SHOWN: Final = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}  # control, bidi, private use, surrogates


def clean_name(name: str) -> tuple[str, str]:
    """(name, extension without its dot in lower case). Raises Refused for what no computer writes.

    >>> clean_name("现场 照片 .JPG")
    ('现场 照片.jpg', 'jpg')
    """
    if any(unicodedata.category(character) in _NOT_SHOWN for character in name):
        raise Refused("文件名里有看不见的字符。请改个名字，再上传。")
    if re.search(r"[/\\:]|^\.\.?$", name):
        raise Refused("文件名里不能有路径。请改个名字，再上传。")
    path = PurePosixPath(" ".join(name.split()))
    extension = path.suffix.lower().removeprefix(".")
    stem = re.sub(r'[<>"|?*\x00]', "", path.stem).strip(". ") or "附件"
    return (f"{stem[:LONGEST]}.{extension}" if extension else stem[:LONGEST]), extension
