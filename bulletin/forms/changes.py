"""A count beside last month's, in words: 少168，−8.3%; from ten times on 10倍, never +900%."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from stats.checks import SMALL

SLIPS: Final = (10, 100, 10_000)


def change_words(value: int | None, last: int | None) -> str:
    if value is None:
        return _("还没有填")
    if last is None:
        return _("填的是零") if value == 0 else ""
    moved = _moved(value, last)
    return f"{moved}，{_('填的是零')}" if value == 0 else moved


def _moved(value: int, last: int) -> str:
    if value == last:
        return _("持平")
    words = f"{_('多') if value > last else _('少')}{abs(value - last)}"
    if value == 0 or last < SMALL:
        return words
    if value >= 2 * last:
        times = f"{value / last:.1f}".removesuffix(".0")
        return f"{words}，{times}{_('倍')}"
    percent = (value - last) * 100 / last
    return f"{words}，{'+' if percent > 0 else '−'}{abs(percent):.1f}%"


def likely_meant(value: int | None, history: Sequence[int]) -> int | None:
    """The number with a slip of the unit or of a zero undone, when that fits the months before."""
    if not value or not history:
        return None
    usual = statistics.median(history)
    options = [value // slip for slip in SLIPS if value % slip == 0] + [value * s for s in SLIPS]
    return next((number for number in options if usual / 2 <= number <= usual * 2), None)
