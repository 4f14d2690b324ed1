"""What no kept generation holds any more is removed, long after its last reader.

The caller sees to it that nothing is baked meanwhile.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from . import tree
from .store import ENCODINGS, Store

# A process that has not noticed a new generation, or a reader on a slow line, is done by then.
GRACE_SECONDS: Final = 3600


def collect(store: Store, roots: Iterable[str], *, grace: float = GRACE_SECONDS) -> int:
    """Remove trees and blobs outside `roots` that are older than `grace`; returns how many."""
    trees, blobs = _reached(store, roots)
    before = time.time() - grace
    removed = 0
    for path in (store.root / "trees").glob("??/*"):
        if path.name.split(".")[0] not in trees and _old(path, before):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            removed += 1
    for path in (store.root / "blobs").glob("??/*"):
        if _digest(path) not in blobs and _old(path, before):
            path.unlink()
            removed += 1
    return removed


def _reached(store: Store, roots: Iterable[str]) -> tuple[set[str], set[str]]:
    trees: set[str] = set()
    blobs: set[str] = set()
    waiting = [root for root in roots if tree.exists(store, root)]
    while waiting:
        digest = waiting.pop()
        if digest in trees:
            continue
        trees.add(digest)
        for entry in tree.read(store, digest).values():
            if entry.kind == tree.FOLDER:
                waiting.append(entry.value)
            elif entry.kind == tree.FILE:
                blobs.add(entry.value)
    return trees, blobs


def _digest(path: Path) -> str:
    return path.stem if path.suffix in ENCODINGS else path.name


def _old(path: Path, before: float) -> bool:
    """By when its name was last given or taken: linking touches the inode's change time."""
    return path.lstat().st_ctime < before
