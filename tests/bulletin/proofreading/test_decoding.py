"""Files become text, or a message that says what they are instead."""

import io
import zipfile

import pytest

from bulletin.proofreading.decoding import decode
from bulletin.proofreading.parsed import ParseError

TEXT = "云川窗口月报\n第2期"


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_usual_encodings_are_understood(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf\r\n", "文件是空的"),
        (b"%PDF-1.7", "这是PDF 文件"),
        (zipped("word/document.xml"), "这是 Word 文档.*另存为纯文本"),
        (zipped("xl/workbook.xml"), "这是 Excel 表格"),
        (zipped("a.txt"), "这是 压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "旧版 Office"),
        (b"\x89PNG\r\n", "这是图片"),
        (b"<!DOCTYPE html><p>", "这是网页文件"),
        (TEXT.encode() + b"\x00", "这是二进制文件"),
        (bytes(range(256)), "二进制文件|编码"),
        (b"\x81\xff\xff", "看不懂这个文件的编码"),
    ],
)
def test_other_files_are_named_and_refused(data: bytes, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        decode(data)
