"""What is being served, in memory: so many bytes at most, of the generation that holds now."""

from __future__ import annotations

import mmap
import time
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import Final

from bulletin.baked.layout import INDEX
from bulletin.baked.store import Store
from bulletin.baked.switching import NUMBER, NUMBER_BYTES, current

from .answers import Baked, Headers, load

_LOOK_AGAIN: Final = 1.0  # seconds, where the number cannot be mapped or is on another machine
_BIGGEST: Final = 8  # one file takes an eighth of the room at most, else it is read each time


class Shelf:
    """The pages of one generation that were asked for; it never changes which one it is."""

    def __init__(self, root: Path | None) -> None:
        self.root = root
        self.kept: OrderedDict[tuple[str, str], Baked] = OrderedDict()


class Pantry:
    """Baked pages by path and look. Every process sees a new generation at the same instant:
    its number is read from memory that all of them map, on every request."""

    def __init__(self, root: Path, room: int, policies: Headers) -> None:
        self._store = Store(root)
        self._room = room
        self._policies = policies
        self._lock = Lock()
        self._size = 0
        self._number: mmap.mmap | None = None
        self._seen = b""
        self._looked = 0.0
        self._shelf = Shelf(None)

    @property
    def size(self) -> int:
        return self._size

    def find(self, path: str, view: str) -> Baked | None:
        number = self._number
        if number is None or number[:NUMBER_BYTES] != self._seen:
            self._renew()
        shelf = self._shelf
        baked = shelf.kept.get((path, view))
        if baked is None:
            return self._fetch(shelf, path, view)
        baked.used = True
        return baked

    def _renew(self) -> None:
        """Another generation: nothing of the old one is given out any more."""
        with self._lock:
            if self._number is None and time.monotonic() - self._looked < _LOOK_AGAIN:
                return
            self._looked = time.monotonic()
            self._number = self._number or self._map()
            seen = self._number[:NUMBER_BYTES] if self._number else b""
            root = current(self._store)  # after the number: it was renamed before
            if root != self._shelf.root:
                self._shelf, self._size = Shelf(root), 0
            self._seen = seen  # last: who finds it seen goes to the shelf without the lock

    def _map(self) -> mmap.mmap | None:
        try:
            with (self._store.root / NUMBER).open("rb") as stream:
                return mmap.mmap(stream.fileno(), NUMBER_BYTES, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            return None

    def _fetch(self, shelf: Shelf, path: str, view: str) -> Baked | None:
        if shelf.root is None or not is_plain(path):
            return None
        baked = load(shelf.root, path, view, self._policies)
        if baked is not None and baked.size <= self._room // _BIGGEST:
            with self._lock:
                self._keep(shelf, (path, view), baked)
        return baked

    def _keep(self, shelf: Shelf, key: tuple[str, str], baked: Baked) -> None:
        if shelf is not self._shelf or key in shelf.kept:
            return
        shelf.kept[key] = baked
        self._size += baked.size
        while self._size > self._room:  # the oldest go; who was used meanwhile stays once more
            old, one = next(iter(shelf.kept.items()))
            if one.used and one is not baked:
                one.used = False
                shelf.kept.move_to_end(old)
            else:
                del shelf.kept[old]
                self._size -= one.size


def is_plain(path: str) -> bool:
    """Whether the path names a place below the root and nothing else."""
    first, *between, last = path.split("/") if "/" in path else ("?", path)
    hidden = any(part.startswith(".") for part in (*between, last))
    return not first and "" not in between and not hidden and last != INDEX and "\0" not in path
