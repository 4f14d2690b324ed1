"""What an uploaded file must be before any library opens it (security rule 4).

`check_upload` says what kind it is or raises Refused with a sentence in Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal

from windows.importing.archive import Archive, ArchiveLimits, Sentences
from windows.importing.refusals import Refused
from windows.importing.signatures import foreign_kind
from windows.importing.xmlscan import Book, scan_book

Kind = Literal["xlsx", "csv"]
KINDS: Final[tuple[Kind, ...]] = ("xlsx", "csv")

_ZIP: Final = b"PK\x03\x04"
_MEGABYTE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Limits(ArchiveLimits):
    """What one file may hold; sizes in bytes."""

    size: int = 10 * _MEGABYTE
    rows: int = 20_000
    columns: int = 256
    text: int = 2_000  # characters in one cell


DEFAULT_LIMITS: Final = Limits()
# Ten years of a centre's figures in one file; read in the background (`importing.runs`).
BULK_LIMITS: Final = Limits(size=20 * _MEGABYTE, rows=130_000, columns=64)
SENTENCES: Final = Sentences(
    damaged="文件不完整或已损坏。请在Excel或WPS里打开，另存后再上传。",
    bomb="文件解开后大得不正常，没有读取。请新建一个工作簿，只粘贴要导入的表。",
    crowded="文件里的部件太多，不像一张表。请新建一个工作簿，只粘贴要导入的表。",
    locked="文件加了密码。请去掉密码另存，再上传。",
)


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
    archive = Archive(data, limits, SENTENCES)
    _check_contents({name.lower() for name in archive.names})
    return scan_book(archive.parts(), limits.rows, limits.columns)


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
