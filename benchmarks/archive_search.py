"""The searches that `benchmarks.archive --search` measures beside the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from bulletin.finding.asking import Question, search
from bulletin.finding.names import Directory, directory

_WORDS: Final = ("社保", "公积金", "企业综合服务中心", "窗口")


def acts(slug: str, year: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """Each with its name; `year` is the newest that is filled."""
    names = directory(slug)
    for word in _WORDS:
        yield f"search {word}", _asking(Question.typed(slug, word), names)


def _asking(question: Question, names: Directory) -> Callable[[], None]:
    def ask() -> None:
        search(question, names)

    return ask
