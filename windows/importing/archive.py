"""A ZIP package, unpacked member by member against what it declares.

Nothing else in the product unpacks an uploaded file: spreadsheets and documents come here.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from windows.importing.refusals import Refused

_ZIP: Final = b"PK\x03\x04"
_MEGABYTE: Final = 2**20


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What one package may hold; sizes in bytes."""

    members: int = 200
    unpacked: int = 80 * _MEGABYTE
    ratio: int = 100  # of a member above a megabyte: real sheets stay below 30


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the person is told; each says what to do."""

    damaged: str
    bomb: str
    crowded: str
    locked: str


class Archive:
    """The package of `data`, its directory checked. Raises Refused."""

    def __init__(self, data: bytes, limits: ArchiveLimits, say: Sentences) -> None:
        self.data, self.limits, self.say = data, limits, say
        try:
            self.members = zipfile.ZipFile(BytesIO(data)).infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise Refused(say.damaged) from error
        self._check_names()

    @property
    def names(self) -> list[str]:
        return [member.filename for member in self.members]

    def _check_names(self) -> None:
        if len(self.members) > self.limits.members:
            raise Refused(self.say.crowded)
        names = [name.lower() for name in self.names]
        if len(set(names)) != len(names) or any(_is_unsafe(name) for name in names):
            raise Refused(self.say.damaged)
        if any(member.flag_bits & 1 for member in self.members):
            raise Refused(self.say.locked)

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """(name, content) of each member, none larger than it says, none over another."""
        if sum(member.file_size for member in self.members) > self.limits.unpacked:
            raise Refused(self.say.bomb)
        end = 0
        for member in sorted(self.members, key=lambda member: member.header_offset):
            if member.file_size > max(_MEGABYTE, member.compress_size * self.limits.ratio):
                raise Refused(self.say.bomb)
            start = self._content_start(member)
            if member.header_offset < end or start + member.compress_size > len(self.data):
                raise Refused(self.say.damaged)
            end = start + member.compress_size
            yield member.filename, self._unpack(self.data[start:end], member)

    def _content_start(self, member: zipfile.ZipInfo) -> int:
        """Where the member's bytes begin; its own header gives the name the directory gives."""
        head = self.data[member.header_offset : member.header_offset + 30]
        if len(head) < 30 or not head.startswith(_ZIP):
            raise Refused(self.say.damaged)
        name_length, extra_length = struct.unpack("<HH", head[26:30])
        name_start = member.header_offset + 30
        name = self.data[name_start : name_start + name_length]
        if name != member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437"):
            raise Refused(self.say.damaged)
        return name_start + name_length + extra_length

    def _unpack(self, packed: bytes, member: zipfile.ZipInfo) -> bytes:
        if member.compress_type == zipfile.ZIP_STORED:
            content = packed
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            content = self._inflate(packed, member.file_size)
        else:
            raise Refused(self.say.damaged)
        if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
            raise Refused(self.say.damaged)
        return content

    def _inflate(self, packed: bytes, declared: int) -> bytes:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, declared + 1)
        except zlib.error as error:
            raise Refused(self.say.damaged) from error
        if len(content) > declared:
            raise Refused(self.say.bomb)
        if not inflater.eof and inflater.decompress(inflater.unconsumed_tail, 1):
            raise Refused(self.say.bomb)
        if not inflater.eof:
            raise Refused(self.say.damaged)
        return content


def _is_unsafe(name: str) -> bool:
    return name.startswith("/") or bool(re.search(r"\\|:|\x00|(^|/)\.\.?(/|$)", name))
