"""Made-up paragraphs of many different words, and words to look for in them."""

from __future__ import annotations

import random
import re
from typing import Final

from bulletin.folding import fold
from tests import press

LENGTH: Final = 96
# How often a word stands in a paragraph, in thousandths.
WORDS: Final = {"社保": 8, "公积金": 30, "企业综合服务中心": 6, "窗口": 400}
# Any two of these may stand side by side: two hundred times as many pairs as characters.
_CHARACTERS: Final = "".join(map(chr, range(0x4E00, 0x4E00 + 1500, 5)))
_OTHERS: Final = ("12345热线", "ＡＢＣ类", "“一件事”", "3.79万件", "（次）", "2026年", "Ⅱ级", "PDF")


def made_up(number: int, chance: random.Random) -> list[str]:
    texts = [text for _day, text in (*press.POLITICS, *press.NEWS, *press.VISITS)]
    phrases = [part for text in texts for part in re.split(r"[，。、；]", text) if part]
    return [_paragraph(phrases, chance) for _ in range(number)]


def _paragraph(phrases: list[str], chance: random.Random) -> str:
    parts = [word for word, often in WORDS.items() if chance.randrange(1000) < often]
    while sum(map(len, parts)) < LENGTH:
        phrase = chance.choice(phrases)
        start = chance.randrange(len(phrase))
        rare = "".join(chance.choices(_CHARACTERS, k=chance.randint(1, 4)))
        parts += [phrase[start : start + chance.randint(2, 9)], rare, chance.choice(("", "，"))]
        if not chance.randrange(6):
            parts.append(chance.choice(_OTHERS))
    chance.shuffle(parts)
    return "".join(parts) + "。"


def queries(texts: list[str], number: int, chance: random.Random) -> list[str]:
    """Folded words of 2 to 8 characters, each cut out of one of the texts."""
    found: list[str] = []
    while len(found) < number:
        text = fold(chance.choice(texts))
        length = 2 + len(found) % 7
        start = chance.randrange(len(text) - length)
        found.append(text[start : start + length])
    return found
