"""Drawn pages kept in memory by the name of their bytes; the oldest go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock


class Kept:
    """At most `most` pages, however many there are (about 20 KB each)."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str, draw: Callable[[], bytes]) -> bytes:
        """The bytes of that name; two readers at once may both draw them, alike."""
        with self._lock:
            if name in self._pages:
                self._pages.move_to_end(name)
                return self._pages[name]
        page = draw()
        with self._lock:
            self._pages[name] = page
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return page

    def __len__(self) -> int:
        return len(self._pages)
