"""What a copy carries that nobody signed: 校样 n, 更正 or 作废, the code that finds it again.

None of it belongs to the text: renderers draw it as artefacts, and it is never drawn
out again with the paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .breaking import Fit, break_lines
from .fonts import Fonts
from .geometry import BOTTOM, CELL, LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, WIDTH
from .measuring import CELL as UNIT
from .measuring import Settings, ruler
from .rows import Page, Place, Row, Sign, set_row, width

DRAFT_SIZE: Final = 120.0
STAMP_SIZE: Final = 44.0
KNOWN_SIZE: Final = 9.0
KNOWN_TOP: Final = BOTTOM + 12 * MM
"""Below the page number, which stands up to 9 mm below the text."""
KNOWN_PITCH: Final = 13.0
REASON_SIZE: Final = 10.0
REASON_TOP: Final = 16 * MM
REASON_LEADING: Final = 1.5
STAMP_MIDDLE: Final = 19 * MM
STAMP_WIDTH: Final = WIDTH / 4
STAMP_HEIGHT: Final = 18 * MM
"""So much and no more stays clear of the edge that office printers leave white, and of the text."""
DRAFT_ANGLE: Final = 40.0
STAMP_ANGLE: Final = 12.0
FRAME: Final = 0.3
"""From the stamp's letters to its frame, in ems."""
_TIGHT: Final = Settings(autospace=0)


@dataclass(frozen=True, slots=True)
class Marks:
    """`draft`: 校样3, across every page; `stamp`: 已更正 or 作废, at the head of every page,
    and in `reason` by what; `code` and `digest`: by which the site knows the copy, at the foot
    of the last page."""

    draft: str = ""
    stamp: str = ""
    reason: str = ""
    code: str = ""
    digest: str = ""

    @property
    def known_by(self) -> tuple[str, ...]:
        """The lines at the foot of the last page; the digest is the document's, not the file's."""
        code = f"验证码：{self.code}（可在本刊网站核验）" if self.code else ""
        digest = f"文稿指纹（SHA-256）：{self.digest}" if self.digest else ""
        return tuple(filter(None, (code, digest)))


NONE: Final = Marks()


def marked(pages: Sequence[Page], marks: Marks, fonts: Fonts) -> tuple[Page, ...]:
    """The pages with their marks; the same ones where there are none."""
    if marks == NONE:
        return tuple(pages)
    signs = tuple(_signs(marks, fonts))
    head = tuple(_reason(marks.reason, fonts))
    foot = tuple(_known_by(marks.known_by, fonts))
    *others, last = pages
    return (
        *(replace(page, signs=signs, notes=head) for page in others),
        replace(last, signs=signs, notes=(*head, *foot)),
    )


def _signs(marks: Marks, fonts: Fonts) -> Iterator[Sign]:
    if marks.draft:
        row, breadth = _centred(marks.draft, DRAFT_SIZE, fonts)
        size = min(1.0, PAGE_WIDTH * 0.9 / breadth)
        yield Sign(row, PAGE_WIDTH / 2, PAGE_HEIGHT / 2, DRAFT_ANGLE, size)
    if marks.stamp:
        row, breadth = _centred(marks.stamp, STAMP_SIZE, fonts)
        frame = (breadth + 2 * FRAME * STAMP_SIZE, (1 + 2 * FRAME) * STAMP_SIZE)
        size = min(1.0, STAMP_WIDTH / frame[0], STAMP_HEIGHT / frame[1])
        x = RIGHT - frame[0] * size / 2
        yield Sign(row, x, STAMP_MIDDLE, STAMP_ANGLE, size, red=True, frame=frame)


def _centred(text: str, size: float, fonts: Fonts) -> tuple[Row, float]:
    """One row around the origin, and how wide it is."""
    measured = ruler(fonts, "heading", _TIGHT).measure(text)
    fit = Fit(0, len(measured.glyphs))
    breadth = width(measured, fit) * size
    row = set_row(-1, measured, fit, Place(-breadth / 2, -size / 2, size, size))
    return row, breadth or size


def _reason(text: str, fonts: Fonts) -> Iterator[Row]:
    """Red lines at the head of the page, left of the stamp, ragged: a code may not be broken."""
    measured = ruler(fonts, "body", _TIGHT).measure(text)
    limit = int((WIDTH - STAMP_WIDTH - CELL) / REASON_SIZE * UNIT)
    for count, fit in enumerate(break_lines(measured, limit, limit) if text else ()):
        top = REASON_TOP + count * REASON_SIZE * REASON_LEADING
        place = Place(LEFT, top, REASON_SIZE, REASON_SIZE)
        yield set_row(-1, measured, fit._replace(spread=0.0), place, red=True)


def _known_by(lines: Sequence[str], fonts: Fonts) -> Iterator[Row]:
    """Small lines at the foot of the page."""
    for count, text in enumerate(lines):
        measured = ruler(fonts, "body", _TIGHT).measure(text)
        fit = Fit(0, len(measured.glyphs))
        cell = min(KNOWN_SIZE, WIDTH / (width(measured, fit) or 1.0))
        yield set_row(-1, measured, fit, Place(LEFT, KNOWN_TOP + count * KNOWN_PITCH, cell, cell))
