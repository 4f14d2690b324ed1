"""Large worksheets that are nothing but values, told from the rest at the speed of one match.

Parsing a hundred thousand rows with a handler a tag takes longer than everything else an
import does. A part that is, byte for byte, what spreadsheet programs write for a plain table
(no markup declaration, no formula, no error, no namespace prefix, columns A to Z) needs no
parser to be judged; every other part is read by `xmlscan`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

Position = tuple[int, int]
"""(row, column), both counted from 1."""

LARGE: Final = 200_000  # bytes; smaller parts are parsed
PLAIN_COLUMNS: Final = 26
# Quantifiers are possessive: the match goes forward only, whatever the bytes. No cell stands
# beyond row 199,999, so that the reader's grid stays small whatever the file claims.
_ROW_NUMBER: Final = rb"(?:1[0-9]{5}|[0-9]{1,5})"
_TEXT: Final = rb"(?:[^<&]++|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)*+"
_INLINE: Final = rb'<is><t(?: xml:space="preserve")?+>' + _TEXT + rb"</t></is>"
_CELL: Final = (
    rb'<c r="[A-Z]' + _ROW_NUMBER + rb'"(?: s="[0-9]{1,6}")?+(?: t="(?:s|n|str|inlineStr|b)")?+'
    rb"(?:/>|>(?:<v>[^<&]*+</v>|<v ?/>|" + _INLINE + rb")?+</c>)"
)
_ROW: Final = (
    rb'<row r="' + _ROW_NUMBER + rb'"(?: [A-Za-z0-9:]+="[^"<&]*+")*+'
    rb"(?:/>|>(?:" + _CELL + rb")*+</row>)"
)
_ROWS: Final = re.compile(rb"<sheetData>(?:" + _ROW + rb")*+</sheetData>")
_LAST_ROW: Final = re.compile(rb'<row r="([0-9]{1,6})"')


@dataclass(slots=True)
class Cells:
    """What one worksheet part holds; `troubles` are cells whose value cannot be read."""

    last: Position = (0, 0)
    used: int = 0
    troubles: dict[Position, str] = field(default_factory=dict)


def plain_cells(name: str, content: bytes, rows: int) -> Cells | None:
    """The cells of a large worksheet part that is plain throughout, or None.

    The rows must be within `rows`; what is not, is for the parser to refuse.
    """
    if len(content) < LARGE or not name.startswith("xl/worksheets/"):
        return None
    if not content.startswith((b"<?xml", b"<worksheet")) or b"<!" in content:
        return None
    start = content.find(b"<sheetData>")
    match = _ROWS.match(content, start) if start >= 0 else None
    if match is None or not _is_plain_frame(content[:start] + content[match.end() :]):
        return None
    numbers = list(map(int, _LAST_ROW.findall(match[0])))
    if not numbers or max(numbers) > rows:
        return None
    return Cells(last=(max(numbers), PLAIN_COLUMNS), used=match[0].count(b"<c "))


def _is_plain_frame(frame: bytes) -> bool:
    """What stands around the rows: short, in UTF-8, and without cells of its own."""
    declared = frame[:120].lower()
    if len(frame) > 20_000 or b"<c " in frame or b"<row" in frame:
        return False
    return b"encoding=" not in declared or b"utf-8" in declared
