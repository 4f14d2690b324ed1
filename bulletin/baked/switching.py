"""The one act by which the public sees another site: `current` is renamed."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from .store import Store
from .tree import folder_path

CURRENT: Final = "current"
NUMBER: Final = "number"
NUMBER_BYTES: Final = 8


def switch(store: Store, newest: Callable[[], tuple[int, str]]) -> int:
    """Let `current` be the newest generation, whoever else switches; returns its number.

    `newest` reads number and root of the newest committed generation; it is asked under
    the lock, so that a process held up for long cannot take the site back.
    """
    with _alone(store):
        number, root = newest()
        place = folder_path(store, root) if root else _nothing(store)
        _point(store, place)
        _tell(store, number)
    return number


def current(store: Store) -> Path | None:
    """The folder that is being served."""
    try:
        return store.root / (store.root / CURRENT).readlink()
    except FileNotFoundError:
        return None


def served(store: Store) -> int:
    """The number of the generation that is being served; 0 before the first."""
    try:
        return int.from_bytes((store.root / NUMBER).read_bytes(), "little")
    except FileNotFoundError:
        return 0


@contextmanager
def _alone(store: Store) -> Iterator[None]:
    store.root.mkdir(parents=True, exist_ok=True)
    with (store.root / ".switching").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _nothing(store: Store) -> Path:
    place = store.root / "trees" / "nothing"
    place.mkdir(parents=True, exist_ok=True)
    return place


def _point(store: Store, place: Path) -> None:
    target = place.relative_to(store.root)
    if current(store) == place:
        return
    beside = store.root / f".{CURRENT}"
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    beside.replace(store.root / CURRENT)


def _tell(store: Store, number: int) -> None:
    """Written in place: processes have the file mapped and see it at once."""
    path = store.root / NUMBER
    data = number.to_bytes(NUMBER_BYTES, "little")
    if not path.exists():
        store.write(path, data)
        return
    with path.open("r+b") as stream:
        stream.write(data)
