"""What an uploaded file must be before any library opens it (security rule 4).

`check_upload` says what kind it is or raises Refused with a sentence in Chinese. A
workbook is unpacked by this module alone, member by member, against what it declares.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Final, Literal

from windows.importing.refusals import Refused
from windows.importing.signatures import foreign_kind
from windows.importing.xmlscan import Book, scan_book

Kind = Literal["xlsx", "csv"]
KINDS: Final[tuple[Kind, ...]] = ("xlsx", "csv")

_ZIP: Final = b"PK\x03\x04"
_MEGABYTE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold; sizes in bytes."""

    size: int = 10 * _MEGABYTE
    members: int = 200
    unpacked: int = 80 * _MEGABYTE
    ratio: int = 100  # of a member above a megabyte: real sheets stay below 30
    rows: int = 20_000
    columns: int = 256
    text: int = 2_000  # characters in one cell


DEFAULT_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be read: `book` holds what the guard learned of a workbook."""

    kind: Kind
    data: bytes
    book: Book | None = None


def check_upload(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Upload:
    """Raises Refused."""
    if not data:
        raise Refused("文件是空的。请重新导出，再上传。")
    if len(data) > limits.size:
        raise Refused(f"文件超过{limits.size // _MEGABYTE}MB。请拆成几个文件，分次导入。")
    other = foreign_kind(data)
    if other:
        raise Refused(f"{other}请上传XLSX或CSV文件。")
    kind: Kind = "xlsx" if data.startswith(_ZIP) else "csv"
    _check_extension(name, kind)
    book = _check_workbook(data, limits) if kind == "xlsx" else None
    return Upload(kind, data, book)


def _check_extension(name: str, kind: Kind) -> None:
    extension = PurePath(name).suffix.lower().removeprefix(".")
    if extension == kind:
        return
    if extension in KINDS:
        inside = "Excel工作簿" if kind == "xlsx" else "文字"
        raise Refused(f"文件名以.{extension}结尾，内容却是{inside}。请重新导出，再上传。")
    shown = f"这是.{extension}文件。" if extension else "文件名没有.xlsx或.csv结尾。"
    raise Refused(f"{shown}请在Excel或WPS里另存为“Excel工作簿（.xlsx）”或CSV，再上传。")


def _check_workbook(data: bytes, limits: Limits) -> Book:
    try:
        members = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise _damaged() from error
    _check_names(members, limits)
    _check_contents({member.filename.lower() for member in members})
    return scan_book(_unpack_all(data, members, limits), limits.rows, limits.columns)


def _check_names(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise Refused("文件里的部件太多，不像一张表。请新建一个工作簿，只粘贴要导入的表。")
    names = [member.filename.lower() for member in members]
    if len(set(names)) != len(names):
        raise _damaged()
    if any(_is_unsafe(name) for name in names):
        raise _damaged()
    if any(member.flag_bits & 1 for member in members):
        raise Refused("文件加了密码。请去掉密码另存，再上传。")


def _is_unsafe(name: str) -> bool:
    return name.startswith("/") or bool(re.search(r"\\|:|\x00|(^|/)\.\.?(/|$)", name))


def _check_contents(names: set[str]) -> None:
    _check_is_workbook(names)
    if any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise Refused("文件带有宏。请另存为不带宏的“Excel工作簿（.xlsx）”，再上传。")
    if any("embeddings/" in name or "activex" in name or "oleobject" in name for name in names):
        raise Refused("文件里嵌有别的文件或控件。请只把表格粘贴到新工作簿，再上传。")
    if any("externallinks/" in name or name == "xl/connections.xml" for name in names):
        raise Refused("文件链接了别的文件或数据源。请断开链接、只留数值，再上传。")


def _check_is_workbook(names: set[str]) -> None:
    if {"[content_types].xml", "xl/workbook.xml"} <= names:
        return
    if "xl/workbook.bin" in names:
        raise Refused("这是.xlsb文件。请另存为“Excel工作簿（.xlsx）”，再上传。")
    if any(name.startswith("word/") for name in names):
        raise Refused("这是Word文档。请上传XLSX或CSV文件。")
    if "mimetype" in names:
        raise Refused("这是OpenDocument文件。请另存为“Excel工作簿（.xlsx）”，再上传。")
    raise Refused("这是压缩包，不是Excel工作簿。请先解开，再上传里面的XLSX或CSV文件。")


def _unpack_all(
    data: bytes, members: list[zipfile.ZipInfo], limits: Limits
) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each member, none larger than it says, none over another."""
    if sum(member.file_size for member in members) > limits.unpacked:
        raise _bomb()
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.file_size > max(_MEGABYTE, member.compress_size * limits.ratio):
            raise _bomb()
        start = _content_start(data, member)
        if member.header_offset < end or start + member.compress_size > len(data):
            raise _damaged()
        end = start + member.compress_size
        yield member.filename, _unpack(data[start:end], member)


def _content_start(data: bytes, member: zipfile.ZipInfo) -> int:
    """Where the member's bytes begin; its own header must give the name the directory gives."""
    head = data[member.header_offset : member.header_offset + 30]
    if len(head) < 30 or not head.startswith(_ZIP):
        raise _damaged()
    name_length, extra_length = struct.unpack("<HH", head[26:30])
    name_start = member.header_offset + 30
    name = data[name_start : name_start + name_length]
    if name != member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437"):
        raise _damaged()
    return name_start + name_length + extra_length


def _unpack(packed: bytes, member: zipfile.ZipInfo) -> bytes:
    if member.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        content = _inflate(packed, member.file_size)
    else:
        raise _damaged()
    if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
        raise _damaged()
    return content


def _inflate(packed: bytes, declared: int) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, declared + 1)
    except zlib.error as error:
        raise _damaged() from error
    if len(content) > declared:
        raise _bomb()
    if not inflater.eof and inflater.decompress(inflater.unconsumed_tail, 1):
        raise _bomb()
    if not inflater.eof:
        raise _damaged()
    return content


def _damaged() -> Refused:
    return Refused("文件不完整或已损坏。请在Excel或WPS里打开，另存后再上传。")


def _bomb() -> Refused:
    return Refused("文件解开后大得不正常，没有读取。请新建一个工作簿，只粘贴要导入的表。")
