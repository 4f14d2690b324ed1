"""A dropped Word document becomes one or more drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from bulletin.proofreading.cleaning import clean
from bulletin.uploads.checking import check
from windows.importing.refusals import Refused

MOST: Final = 30
LONGEST: Final = 20_000  # characters of one draft
_DATED: Final = re.compile(r"\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_MARKED: Final = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)][、.]?|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}[.．、](?!\d(?!\d?月))|[•●■◆·-]\s)\s*"
)
_HEADING: Final = 40  # characters: longer is a sentence without its stop
_STOPS: Final = tuple("。！？；：，,.;:!?”）)")


@dataclass(frozen=True, slots=True)
class Draft:
    """One paragraph for one form; `heading` is the line that stood above it, if any."""

    text: str
    heading: str = ""
    month: int | None = None
    day: int | None = None


@dataclass(slots=True)
class _Pile:
    """Lines of one draft as they are gathered."""

    heading: str = ""
    lines: list[str] = field(default_factory=list)


def read_docx(data: bytes, name: str = "文稿.docx") -> list[Draft]:
    """Split at items, dates and blank lines; cleaned. Raises Refused."""
    if check(name, data).kind != "docx":
        raise Refused("请拖入Word文档（.docx）。")
    drafts = [draft for pile in _piles(data) if (draft := _draft(pile))]
    if not drafts:
        raise Refused("文档里没有找到文字。请把文字直接粘贴到表单里。")
    if len(drafts) > MOST or any(len(draft.text) > LONGEST for draft in drafts):
        raise Refused(f"文档里的内容太多，一次最多{MOST}条。请只留本月要报送的，再拖入。")
    return drafts


def _piles(data: bytes) -> Iterator[_Pile]:
    pile = _Pile()
    for text, is_item in _lines(data):
        if _is_heading(text):
            yield pile
            pile = _Pile(heading=_MARKED.sub("", text, count=1).strip())
        elif not text.strip():
            if pile.lines:
                yield pile
                pile = _Pile()
        else:
            begins = is_item or _DATED.match(text) or _MARKED.match(text)
            if begins and pile.lines:
                yield pile
                pile = _Pile()
            pile.lines.append(_MARKED.sub("", text, count=1) if _MARKED.match(text) else text)
    yield pile


def _lines(data: bytes) -> Iterator[tuple[str, bool]]:
    """(text of a paragraph, whether Word numbers it), tables cell by cell."""
    for block in Document(BytesIO(data)).iter_inner_content():
        if isinstance(block, Paragraph):
            properties = block._p.pPr
            yield block.text, properties is not None and properties.numPr is not None
        elif isinstance(block, Table):
            for row in block.rows:
                yield from ((cell.text, False) for cell in row.cells)


def _is_heading(text: str) -> bool:
    line = text.strip()
    return bool(line) and len(line) <= _HEADING and not line.endswith(_STOPS)


def _draft(pile: _Pile) -> Draft | None:
    text = clean("\n".join(pile.lines)).text.strip()
    if not text:
        return None
    dated = _DATED.match(text)
    month, day = (int(dated[1]), int(dated[2])) if dated else (None, None)
    return Draft(text, clean(pile.heading).text.strip(), month, day)
