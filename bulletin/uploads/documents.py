"""A Word document, unpacked and read by the guard before any library opens it."""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from windows.importing.archive import Archive, ArchiveLimits, Sentences
from windows.importing.refusals import Refused

LIMITS: Final = ArchiveLimits(members=500)
SENTENCES: Final = Sentences(
    damaged="文件不完整或已损坏。请在Word或WPS里打开，另存后再上传。",
    bomb="文件解开后大得不正常，没有读取。请新建一个文档，只粘贴要报送的内容。",
    crowded="文件里的部件太多，不像一份文稿。请新建一个文档，只粘贴要报送的内容。",
    locked="文件加了密码。请去掉密码另存，再上传。",
)
_DEEPEST: Final = 150
_MOST: Final = 400_000  # elements of one part; a page has some three hundred
_MAIN: Final = "wordprocessingml.document.main+xml"
_MACRO: Final = "文件带有宏。请另存为不带宏的“Word文档（.docx）”，再上传。"
_EMBEDDED: Final = "文件里嵌有别的文件或控件。请去掉后另存，再上传。"
_LINKED: Final = "文件链接了外面的内容（模板、图片或数据）。请断开链接，另存后再上传。"
_FIELDS: Final = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|MACROBUTTON|DATABASE|RD)\b", re.I
)
_ADDRESS: Final = re.compile(r"(https?://|mailto:|#)", re.I)


def check_document(data: bytes) -> None:
    """Raises Refused for whatever a plain text does not have."""
    archive = Archive(data, LIMITS, SENTENCES)
    _check_names({name.lower() for name in archive.names})
    seen_main = False
    for name, content in archive.parts():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            scan = _Scan()
            scan.feed(content)
            seen_main |= scan.has_main
    if not seen_main:
        raise Refused(SENTENCES.damaged)


def _check_names(names: set[str]) -> None:
    if not {"[content_types].xml", "word/document.xml"} <= names:
        raise Refused(_what_else(names))
    if any("vbaproject" in name or "vbadata" in name or "customui" in name for name in names):
        raise Refused(_MACRO)
    if any(re.search(r"embeddings/|activex|oleobject|afchunk|\.(bin|exe|zip|docx?)$", name)
           for name in names):  # fmt: skip
        raise Refused(_EMBEDDED)


def _what_else(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return "这是Excel工作簿。请上传Word文档，或把数字填到月度数据里。"
    if any(name.startswith("ppt/") for name in names):
        return "这是演示文稿。请上传Word文档、PDF或照片。"
    if "mimetype" in names:
        return "这是OpenDocument文件。请另存为“Word文档（.docx）”，再上传。"
    return "这是压缩包，不是Word文档。请先解开，再上传里面的文件。"


class _Scan:
    """One part. Names are taken without their namespace prefix."""

    def __init__(self) -> None:
        self.depth = self.count = 0
        self.in_field = self.has_main = False
        self.fields: list[str] = []

    def feed(self, content: bytes) -> None:
        if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in content[:64]:
            raise Refused(SENTENCES.damaged)
        parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_dtd
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError) as error:
            raise Refused(SENTENCES.damaged) from error
        if _FIELDS.search("".join(self.fields)):
            raise Refused(_LINKED)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > _DEEPEST or self.count > _MOST:
            raise Refused(SENTENCES.bomb)
        name = tag.rpartition(":")[2]
        self.in_field = name == "instrText"
        if name in {"altChunk", "subDoc", "control", "OLEObject"}:
            raise Refused(_EMBEDDED)
        if name == "fldSimple":
            self.fields.append(" ".join(attributes.values()) + " ")
        elif name == "Relationship":
            _check_relationship(attributes)
        elif name in {"Override", "Default"}:
            self.check_type(attributes.get("ContentType", "").lower())

    def check_type(self, kind: str) -> None:
        self.has_main |= kind.endswith(_MAIN)
        if "macroenabled" in kind or "vba" in kind:
            raise Refused(_MACRO)

    def end(self, _tag: str) -> None:
        self.depth -= 1
        self.in_field = False

    def text(self, data: str) -> None:
        if self.in_field:
            self.fields.append(data)


def _check_relationship(attributes: dict[str, str]) -> None:
    kind, target = attributes.get("Type", ""), attributes.get("Target", "")
    if kind.endswith(("/oleObject", "/package", "/control", "/aFChunk", "/subDocument")):
        raise Refused(_EMBEDDED)
    if attributes.get("TargetMode", "").lower() == "external":
        if not kind.endswith("/hyperlink") or not _ADDRESS.match(target):
            raise Refused(_LINKED)
    elif ".." in target.split("/")[1:] or "://" in target:
        raise Refused(SENTENCES.damaged)


def _refuse_dtd(*_arguments: object) -> None:
    raise Refused("文件里有不该有的内容（DTD或实体）。请在Word或WPS里另存后再上传。")
