"""20,000 random paragraphs, set and looked at glyph by glyph.

Hanzi, digits, Latin, every mark, rare characters, emoji, very long words; in eight batches,
each with a seed of its own, so that all are set at every run. What is asked of the rows is
worked out here anew, from the advances and the ink of the glyphs.
"""

from __future__ import annotations

import random
from itertools import accumulate, pairwise

import pytest

from bulletin.typeset import Settings, system_fonts
from bulletin.typeset.breaking import WIDEST_GAP, break_lines
from bulletin.typeset.characters import CLOSING, OPENING, TIGHT, Kind, kind
from bulletin.typeset.measuring import AFTER_SEPARATOR, CELL, FREE, WITH_UNIT, ruler
from bulletin.typeset.rows import Place, set_row

BATCHES, EACH = 8, 2_500
UNIT = 100.0
"""A cell in points here: glyphs of 101.3 points stand in it, as 16 do in 15.79."""
SIZE = UNIT * 16 / 15.79
CLOSE = 0.03 * UNIT
HANZI = "".join(chr(0x4E00 + 17 * n) for n in range(500)) + "的一是了在政务服务窗口月报"
RARE = "镕喆祎玥䶮㛃𬭎堃𠮷㐂龘"
EMOJI = "😀👍🏽👨‍👩‍👧🇨🇳☎️①"
MARKS = "，。、；：？！“”‘’（）《》〈〉【】〔〕「」—…·～％‰℃°,.;:?!()[]{}<>/-_+=&@#*%'\""
WORDS = ("AI", "GB/T", "12345", "3.79", "12.5%", "2025", "Wi-Fi", "WPS", "PDF/A-2a", "naïve", "Ж")
LONG = ("https://www.example.gov.cn/service/2025/02/index.html?from=bulletin&page=1", "A" * 90)


def paragraph(chance: random.Random) -> str:
    sorts = chance.choices(range(7), (30, 12, 14, 4, 3, 1, 4), k=chance.randint(1, 28))
    return "".join(_piece(chance, sort) for sort in sorts)


def _piece(chance: random.Random, sort: int) -> str:
    if sort == 0:
        return "".join(chance.choices(HANZI, k=chance.randint(1, 14)))
    if sort == 1:
        return chance.choice(WORDS) + chance.choice(("", "", "万件", "年", "个", "%"))
    if sort == 2:
        return "".join(chance.choices(MARKS, k=chance.choice((1, 1, 1, 2, 4))))
    if sort == 3:
        return chance.choice(RARE)
    if sort == 4:
        return "".join(chance.choices(EMOJI, k=2))
    return chance.choice(LONG) if sort == 5 else chance.choice((" ", "——", "……", "\u00a0", "·"))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_paragraph_is_whole_and_every_line_is_good(batch):
    chance = random.Random(batch)  # noqa: S311  not a secret: the same text at every run
    settings = Settings(hang=bool(batch % 2), autospace=(200, 0, 125, 250)[batch // 2])
    measure = ruler(system_fonts(), "body", settings).measure
    for _ in range(EACH):
        text = paragraph(chance)
        found = measure(text)
        fits = break_lines(found, 26 * CELL, 28 * CELL, hang=settings.hang)
        rows = [set_row(0, found, fit, Place(0, 0, UNIT, SIZE)) for fit in fits]
        assert "".join(row.text for row in rows) == text
        for place, (fit, row) in enumerate(zip(fits, rows, strict=True)):
            faults = [*edges(text, fit), *gaps(found, fit)]
            faults += inside(row, fit, found, (28 if place else 26) * UNIT, hang=settings.hang)
            assert not faults, (text, row.text)


def edges(text, fit):
    """Forbidden starts and ends, GB/T 15834-2011 5.1; a forced line had no other place."""
    if fit.forced or fit.stop >= len(text):
        return
    if text[fit.stop] in CLOSING - {"—"}:
        yield f"{text[fit.stop]} begins a line"
    if text[fit.stop - 1] in OPENING:
        yield f"{text[fit.stop - 1]} ends a line"


def gaps(found, fit):
    """What a gap grew by; a line left ragged or torn had a long word, or no place, after it."""
    if fit.spread > WIDEST_GAP:
        yield f"gaps grew by {fit.spread}"
    if not 0 <= fit.squeeze <= 1000:
        yield f"squeezed by {fit.squeeze}"
    if found.bonds[fit.stop : fit.stop + 1] in ((AFTER_SEPARATOR,), (WITH_UNIT,), (FREE,), ()):
        return
    if fit.stop < len(found.bonds) and not fit.forced and not _in_long_word(found, fit.stop):
        yield "broken where nothing asked for it"


def _in_long_word(found, place):
    return found.glyphs[place].kind is Kind.LATIN and found.glyphs[place - 1].kind is Kind.LATIN


def inside(row, fit, found, limit, *, hang):
    """No ink past the right edge but that of a mark that hangs; no two glyphs on each other."""
    boxes = [box for run in row.runs for box in _boxes(run)]
    for (before, _left, right), (here, left, _right) in pairwise(boxes):
        if left < right - CLOSE:
            yield f"{here} lies on {before}"
    if not boxes:
        return
    last, left, right = boxes[-1]
    hung = hang and last in TIGHT and left < limit + UNIT / 2
    if right > limit + CLOSE and not hung and len(boxes) > 1:
        yield f"{last} stands {right - limit} past the edge"


def _boxes(run):
    """Character, left and right edge of what is drawn, cut to the glyph's own advance."""
    origins = accumulate(run.advances[:-1], initial=run.x)
    for char, glyph, x in zip(run.text, run.glyphs, origins, strict=True):
        left, right = _ink(run.face, glyph) if run.face else _box(char)
        if right > left:
            yield char, x + left * run.size / 1000, x + right * run.size / 1000


def _box(char):
    """What is drawn where no font has the character."""
    sort = kind(char)
    return 100.0, {Kind.ZERO: 100.0, Kind.LATIN: 400.0, Kind.SPACE: 400.0}.get(sort, 900.0)


_INK: dict = {}


def _ink(face, glyph):
    if (face, glyph) not in _INK:
        left, right = face.ink(glyph)
        own = face.advance(glyph)
        _INK[face, glyph] = (max(left, 0.0), min(right, own)) if own else (0.0, 0.0)
    return _INK[face, glyph]
