"""One laid-out page as SVG: the very outlines the PDF embeds, so that what is approved on
screen is what is printed. No text and no font: nothing can be set differently by a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import uharfbuzz as hb

from ..typeset import Page, Row, Rule, Run, Sign
from ..typeset.characters import Kind, kind
from ..typeset.fonts import Face
from ..typeset.geometry import PAGE_HEIGHT, PAGE_WIDTH

RED: Final = "#d9000b"
INK: Final = "#000"
GREY: Final = "#ebebeb"
BOXES: Final = ("M50 -50V800H950V-50Z", "M50 -50V800H450V-50Z", "")
"""Stand for a character no font has, in thousandths of an em: as wide as a cell, half as wide,
and for what has no width."""


def render_page(page: Page) -> bytes:
    """The page in points, 595 × 842; each outline is defined once and used where it stands."""
    outlines: dict[tuple[str, int], str] = {}
    body = [_sign(sign, outlines) for sign in page.signs if not sign.red]
    body += [_rule(rule) for rule in page.rules]
    for row in (*page.rows, *page.outside):
        body.extend(_row(row, outlines, RED if row.red else INK))
    body += [_sign(sign, outlines) for sign in page.signs if sign.red]
    symbols = "".join(
        f'<path id="{_name(key)}" d="{shape}"/>' for key, shape in outlines.items() if shape
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PAGE_WIDTH:.2f} {PAGE_HEIGHT:.2f}"'
        f' width="{PAGE_WIDTH:.2f}" height="{PAGE_HEIGHT:.2f}"><defs>{symbols}</defs>'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(body)}</svg>'
    ).encode()


def _rule(rule: Rule) -> str:
    top = rule.y - rule.thickness / 2
    return (
        f'<rect x="{rule.x:.2f}" y="{top:.2f}" width="{rule.width:.2f}"'
        f' height="{rule.thickness:.2f}" fill="{RED if rule.red else INK}"/>'
    )


def _sign(sign: Sign, outlines: dict[tuple[str, int], str]) -> str:
    colour = RED if sign.red else GREY
    shown = "".join(_row(sign.row, outlines, colour))
    if sign.frame:
        wide, high = sign.frame
        shown += (
            f'<rect x="{-wide / 2:.2f}" y="{-high / 2:.2f}" width="{wide:.2f}"'
            f' height="{high:.2f}" fill="none" stroke="{colour}" stroke-width="3"/>'
        )
    place = f"translate({sign.x:.2f} {sign.y:.2f}) rotate({-sign.angle:.0f})"
    return f'<g transform="{place} scale({sign.scale:.4f})">{shown}</g>'


def _row(row: Row, outlines: dict[tuple[str, int], str], colour: str) -> Iterator[str]:
    for run in row.runs:
        uses = "".join(_uses(run, outlines))
        scale = run.size / (run.face.face.upem if run.face else 1000)
        yield (
            f'<g transform="translate({run.x:.2f} {row.baseline:.2f})'
            f' scale({scale:.6f} {-scale:.6f})" fill="{colour}">{uses}</g>'
        )


def _uses(run: Run, outlines: dict[tuple[str, int], str]) -> Iterator[str]:
    """The glyphs of a run in font units, from its origin."""
    x = 0.0
    scale = (run.face.face.upem if run.face else 1000) / run.size
    for char, glyph, advance in zip(run.text, run.glyphs, run.advances, strict=True):
        key = (run.face.name, glyph) if run.face else ("box", _box(char))
        if key not in outlines:
            outlines[key] = outline(run.face, glyph) if run.face else BOXES[key[1]]
        if outlines[key]:
            yield f'<use href="#{_name(key)}" x="{x * scale:.0f}"/>'
        x += advance


def _box(char: str) -> int:
    sort = kind(char)
    if sort is Kind.ZERO:
        return 2
    return int(sort in (Kind.LATIN, Kind.SPACE))


def _name(key: tuple[str, int]) -> str:
    face, glyph = key
    return f"{face}.{glyph}"


def outline(face: Face, glyph: int) -> str:
    """The outline of a glyph as SVG path data in font units; empty for a blank."""
    parts: list[str] = []
    face.font.draw_glyph(glyph, _PEN, parts)
    return "".join(parts)


def _pen() -> Any:
    draw = hb.DrawFuncs()
    draw.set_move_to_func(lambda x, y, d: d.append(f"M{x:.0f} {y:.0f}"))
    draw.set_line_to_func(lambda x, y, d: d.append(f"L{x:.0f} {y:.0f}"))
    draw.set_quadratic_to_func(lambda a, b, x, y, d: d.append(f"Q{a:.0f} {b:.0f} {x:.0f} {y:.0f}"))
    draw.set_cubic_to_func(
        lambda a, b, c, e, x, y, d: d.append(f"C{a:.0f} {b:.0f} {c:.0f} {e:.0f} {x:.0f} {y:.0f}")
    )
    draw.set_close_path_func(lambda d: d.append("Z"))
    return draw


_PEN: Final = _pen()
