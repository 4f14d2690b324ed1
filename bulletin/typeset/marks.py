"""What a copy carries that nobody signed: 校样 n, 更正 or 作废, the code that finds it again.

None of it belongs to the text: renderers draw it as artefacts, and it is never drawn
out again with the paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .breaking import Fit
from .fonts import Fonts
from .geometry import BOTTOM, CELL, LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, WIDTH
from .measuring import Settings, ruler
from .rows import Page, Place, Row, Sign, set_row, width

DRAFT_SIZE: Final = 120.0
STAMP_SIZE: Final = 44.0
NOTE_SIZE: Final = 8.0
NOTE_BELOW: Final = 2 * MM
DRAFT_ANGLE: Final = 40.0
STAMP_ANGLE: Final = 12.0
FRAME: Final = 0.3
"""From the stamp's letters to its frame, in ems."""
_TIGHT: Final = Settings(autospace=0)


@dataclass(frozen=True, slots=True)
class Marks:
    """`draft`: 校样3, across every page; `stamp`: 更正 or 作废, at the head of every page;
    `code` and `digest`: by which the site knows the copy, at the foot of the last page."""

    draft: str = ""
    stamp: str = ""
    code: str = ""
    digest: str = ""


NONE: Final = Marks()


def marked(pages: Sequence[Page], marks: Marks, fonts: Fonts) -> tuple[Page, ...]:
    """The pages with their marks; the same ones where there are none."""
    if marks == NONE:
        return tuple(pages)
    signs = tuple(_signs(marks, fonts))
    notes = tuple(_notes(marks, fonts))
    last = len(pages)
    return tuple(
        replace(page, signs=signs, notes=notes if page.number == last else ()) for page in pages
    )


def _signs(marks: Marks, fonts: Fonts) -> Iterator[Sign]:
    if marks.draft:
        row, breadth = _centred(marks.draft, DRAFT_SIZE, fonts)
        size = min(1.0, PAGE_WIDTH * 0.9 / breadth)
        yield Sign(row, PAGE_WIDTH / 2, PAGE_HEIGHT / 2, DRAFT_ANGLE, size)
    if marks.stamp:
        row, breadth = _centred(marks.stamp, STAMP_SIZE, fonts)
        frame = (breadth + 2 * FRAME * STAMP_SIZE, (1 + 2 * FRAME) * STAMP_SIZE)
        size = min(1.0, WIDTH / 3 / frame[0])
        x = RIGHT - frame[0] * size / 2
        yield Sign(row, x, 18 * MM, STAMP_ANGLE, size, red=True, frame=frame)


def _centred(text: str, size: float, fonts: Fonts) -> tuple[Row, float]:
    """One row around the origin, and how wide it is."""
    measured = ruler(fonts, "heading", _TIGHT).measure(text)
    fit = Fit(0, len(measured.glyphs))
    breadth = width(measured, fit) * size
    row = set_row(-1, measured, fit, Place(-breadth / 2, -size / 2, size, size))
    return row, breadth or size


def _notes(marks: Marks, fonts: Fonts) -> Iterator[Row]:
    """One small line below the text area, above the page number."""
    parts = [f"验证码：{marks.code}"] if marks.code else []
    parts += [f"SHA-256：{marks.digest}"] if marks.digest else []
    if parts:
        measured = ruler(fonts, "body", _TIGHT).measure("\u3000".join(parts))
        fit = Fit(0, len(measured.glyphs))
        cell = min(NOTE_SIZE, (WIDTH - CELL) / (width(measured, fit) or 1.0))
        yield set_row(-1, measured, fit, Place(LEFT, BOTTOM + NOTE_BELOW, cell, cell))
