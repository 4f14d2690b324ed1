"""What a supporting file must be before it is kept: a photo, a Word document or a PDF.

By content, never by what it is called or said to be; the name must agree with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from bulletin.uploads.documents import check_document
from bulletin.uploads.names import clean_name
from bulletin.uploads.pdfs import check_pdf
from bulletin.uploads.photos import clean_photo
from windows.importing.refusals import Refused
from windows.importing.signatures import foreign_kind

Kind = Literal["photo", "docx", "pdf"]

LARGEST: Final = 10 * 2**20
ADVICE: Final = "请上传照片（JPG、PNG）、Word文档（.docx）或PDF文件。"
_SIGNATURES: Final[tuple[tuple[bytes, Kind, frozenset[str]], ...]] = (
    (b"\xff\xd8\xff", "photo", frozenset({"jpg", "jpeg"})),
    (b"\x89PNG\r\n\x1a\n", "photo", frozenset({"png"})),
    (b"PK\x03\x04", "docx", frozenset({"docx"})),
    (b"%PDF-", "pdf", frozenset({"pdf"})),
)
_SHOWN: Final[dict[Kind, str]] = {"photo": "照片", "docx": "Word文档或压缩包", "pdf": "PDF文件"}


@dataclass(frozen=True, slots=True)
class Checked:
    """Bytes that may be kept: those of a photo were written anew, without what a camera adds."""

    kind: Kind
    name: str
    data: bytes


def check(name: str, data: bytes) -> Checked:
    """Raises Refused, with a sentence that says what to do."""
    if not data:
        raise Refused("文件是空的。请重新选择，再上传。")
    if len(data) > LARGEST:
        raise Refused(f"文件超过{LARGEST // 2**20}MB。请压缩或拆开，再上传。")
    shown, extension = clean_name(name)
    kind, extensions = _kind_of(data)
    if extension not in extensions:
        said = f"以.{extension}结尾" if extension else "没有结尾的类型"
        raise Refused(f"文件名{said}，内容却是{_SHOWN[kind]}。请用原来的软件另存，再上传。")
    return Checked(kind, shown, _CHECKS[kind](data))


def _kind_of(data: bytes) -> tuple[Kind, frozenset[str]]:
    for signature, kind, extensions in _SIGNATURES:
        if data.startswith(signature):
            return kind, extensions
    what = foreign_kind(data).partition("。")[0]
    said = f"{what}。" if what and "Excel" not in what else ""
    raise Refused(f"{said or '不能识别这个文件。'}{ADVICE}")


def _document(data: bytes) -> bytes:
    check_document(data)
    return data


def _pdf(data: bytes) -> bytes:
    check_pdf(data)
    return data


_CHECKS: Final[dict[Kind, Callable[[bytes], bytes]]] = {
    "photo": clean_photo,
    "docx": _document,
    "pdf": _pdf,
}
