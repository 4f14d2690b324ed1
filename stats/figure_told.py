"""The preview of a large sheet: its lines are worded when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, overload

from windows.importing.preview import Preview

T = TypeVar("T")


class Told(Sequence[T]):
    """Lines of a preview, worded when they are looked at: a page shows the first few hundred."""

    def __init__(self, marks: Sequence[Any], word: Callable[[Any], T]) -> None:
        self.marks, self.word = marks, word

    def __len__(self) -> int:
        return len(self.marks)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return [self.word(mark) for mark in self.marks[at]]
        return self.word(self.marks[at])


@dataclass(frozen=True, slots=True)
class BulkPreview(Preview):
    content: str = ""

    @property
    def digest(self) -> str:
        return self.content
