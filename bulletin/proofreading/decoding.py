"""Bytes of a file → its text, or a message that says what the file is instead."""

from __future__ import annotations

import re
from typing import Final

from bulletin.proofreading.parsed import ParseError

_AS_TEXT: Final = "请打开它，另存为纯文本（.txt，编码选 UTF-8）后再导入。"
_KINDS: Final = (
    (b"%PDF", "PDF 文件", "请复制其中的文字，粘贴到纯文本文件（.txt）后再导入。"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文档", _AS_TEXT),
    (b"{\\rtf", "RTF 文档", _AS_TEXT),
    (b"\x89PNG", "图片", "请导入文字，不要导入扫描件或截图。"),
    (b"\xff\xd8\xff", "图片", "请导入文字，不要导入扫描件或截图。"),
    (b"GIF8", "图片", "请导入文字，不要导入扫描件或截图。"),
    (b"Rar!", "压缩包", "请解压后导入其中的纯文本文件。"),
    (b"7z\xbc\xaf", "压缩包", "请解压后导入其中的纯文本文件。"),
    (b"\x1f\x8b", "压缩包", "请解压后导入其中的纯文本文件。"),
)
_ZIPPED: Final = (
    (b"word/", "Word 文档", _AS_TEXT),
    (b"xl/", "Excel 表格", "这里只能导入一期月报的文字，数据请到“月度数据”导入。"),
    (b"ppt/", "演示文稿", _AS_TEXT),
    (b"OFD.xml", "OFD 文件", "请复制其中的文字，粘贴到纯文本文件（.txt）后再导入。"),
)
_HTML: Final = re.compile(rb"\s*(?:<!doctype html|<html)", re.I)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a]")
_CONTROL_SHARE: Final = 0.01


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.

    Raises ParseError for an empty file, a file of another kind, or one that is no text.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ParseError("文件是空的，没有可以导入的文字。请打开看看内容是否已保存。")
    _refuse_other_kinds(data)
    text = _decoded(data)
    if "\x00" in text or len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise ParseError(f"这是二进制文件，不是文字。{_AS_TEXT}")
    return text


def _refuse_other_kinds(data: bytes) -> None:
    for signature, kind, advice in _KINDS:
        if data.startswith(signature):
            raise ParseError(f"这是{kind}，不是纯文本。{advice}")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        zipped = (row[1:] for row in _ZIPPED if row[0] in data)
        kind, advice = next(zipped, ("压缩包", "请解压后导入其中的纯文本文件。"))
        raise ParseError(f"这是 {kind}，不是纯文本。{advice}")
    if _HTML.match(data):
        raise ParseError("这是网页文件，不是纯文本。请复制网页上的文字，粘贴到 .txt 后再导入。")


def _decoded(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ParseError(f"看不懂这个文件的编码。{_AS_TEXT}")
