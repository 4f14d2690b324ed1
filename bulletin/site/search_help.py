"""What a page of results says beside them: what was left out, and what to try where it is empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from bulletin.finding.asking import LONGEST, MOST_WORDS
from bulletin.finding.loosening import Looser

from .frame import Link
from .looks import Look
from .typed import Typed

# All simplified characters in common use, and no traditional one that has a simplified form.
_SIMPLIFIED: Final = "gb2312"


def tries(typed: Typed, wider: Iterable[Looser], look: Look) -> Iterator[Link]:
    """Links to questions with fewer conditions, with what each of them finds."""
    for question, count in wider:
        words = " ".join(question.words)
        other = replace(typed, question=question, text=words)
        if question.words == typed.question.words:
            text = _("去掉筛选（%(count)s条）") % {"count": count}
            other = replace(other, text=typed.text)
        else:
            text = _("查“%(words)s”（%(count)s条）") % {"words": words, "count": count}
        yield Link(text, other.url(look))


def note(typed: Typed, *, found: bool) -> str:
    """What a reader cannot see from the results."""
    if typed.cut:
        limits = {"characters": LONGEST, "words": MOST_WORDS}
        return _("一次最多查%(characters)s个字、%(words)s个词，后面的没有查。") % limits
    if not found and _is_traditional(typed.text):
        return _("刊物用的是简体字；如果输入的是繁体字，请换成简体字再查。")
    return ""


def _is_traditional(text: str) -> bool:
    hanzi = "".join(char for char in text if "\u4e00" <= char <= "\u9fff")
    try:
        hanzi.encode(_SIMPLIFIED)
    except UnicodeEncodeError:
        return True
    return False
