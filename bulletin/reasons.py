"""Why a submission goes back or is not taken: a class to choose, and words of one's own."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS: Final[dict[str, Any]] = {
    "date": gettext_lazy("日期不明"),
    "particulars": gettext_lazy("要素不全"),
    "number": gettext_lazy("数字存疑"),
    "post": gettext_lazy("职务待核"),
    "duplicate": gettext_lazy("重复"),
    "scope": gettext_lazy("超出范围"),
    "other": gettext_lazy("其他"),
}


def reason_label(name: str | None) -> str:
    """日期不明 for "date"; empty where no class was chosen."""
    return str(REASONS.get(name or "", ""))


def in_words(reason: str, words: str) -> str:
    """What the window reads, class first: 日期不明：请写明哪一天。"""
    words = words.strip()
    return _("%(reason)s：%(words)s") % {"reason": REASONS[reason], "words": words}
