"""Files of another kind, known by their first bytes."""

from __future__ import annotations

from typing import Final

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SIGNATURES: Final = (
    (b"%PDF", "这是PDF文件。"),
    (b"\x89PNG", "这是图片。"),
    (b"\xff\xd8\xff", "这是图片。"),
    (b"GIF8", "这是图片。"),
    (b"BM", "这是图片。"),
    (b"RIFF", "这是音像文件。"),
    (b"{\\rtf", "这是RTF文档。"),
    (b"Rar!", "这是压缩包。"),
    (b"7z\xbc\xaf", "这是压缩包。"),
    (b"\x1f\x8b", "这是压缩包。"),
    (b"PK\x05\x06", "这是空的压缩包。"),
    (b"MZ", "这是程序。"),
    (b"\x7fELF", "这是程序。"),
)


def foreign_kind(data: bytes) -> str:
    """A sentence naming what the file is; "" when it may be a workbook or text."""
    if data.startswith(_OLE):
        return _ole(data)
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature) and not _reads_as_text(data, signature):
            return sentence
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "这是网页或XML，不是表格。"
    return ""


def _ole(data: bytes) -> str:
    if _ENCRYPTED in data:
        return "文件加了密码。请去掉密码另存。"
    return "这是旧版Excel（.xls）或Word文件。请另存为“Excel工作簿（.xlsx）”。"


def _reads_as_text(data: bytes, signature: bytes) -> bool:
    """ "BM编号,…" is a heading, not a bitmap: two letters prove nothing before text."""
    return len(signature) == 2 and signature.isalpha() and not any(b < 9 for b in data[:4096])
