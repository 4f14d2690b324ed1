"""Everything that is served, held against the digests it is named by."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import brotli

from . import tree
from .store import ENCODINGS, Store

_UNPACK: Final = {".gz": gzip.decompress, ".br": brotli.decompress}


def faults(store: Store, root: str) -> Iterator[str]:
    """The paths below the store that are missing or are not what their names say."""
    seen: set[str] = set()
    waiting = [root] if root else []
    while waiting:
        digest = waiting.pop()
        if digest in seen:
            continue
        seen.add(digest)
        node = _node(store, digest)
        if node is None:
            yield f"trees/{digest[:2]}/{digest}"
            continue
        waiting += [entry.value for entry in node.values() if entry.kind == tree.FOLDER]
        yield from _files(tree.folder_path(store, digest), node, store.root)


def count(store: Store, root: str) -> int:
    return sum(entry.kind == tree.FILE for _steps, entry in tree.walk(store, root))


def _node(store: Store, digest: str) -> tree.Node | None:
    """The folder, None where its text is not what it was or it holds other names."""
    path = tree.folder_path(store, digest)
    text = path.with_name(f"{digest}.node")
    try:
        if hashlib.sha256(text.read_bytes()).hexdigest() != digest:
            return None
        node = tree.read(store, digest)
        names = {found.name for found in path.iterdir()}
    except OSError:
        return None
    packed = {name + suffix for name in node for suffix in ENCODINGS}
    return node if set(node) <= names <= set(node) | packed else None


def _files(folder: Path, node: tree.Node, root: Path) -> Iterator[str]:
    for name, entry in node.items():
        if entry.kind != tree.FILE:
            continue
        for suffix in ("", *ENCODINGS):
            path = folder / (name + suffix)
            if (not suffix or path.exists()) and _digest(path, suffix) != entry.value:
                yield str(path.relative_to(root))


def _digest(path: Path, suffix: str) -> str:
    """Of the bytes that a reader gets; empty where there is no reading them."""
    try:
        data = path.read_bytes()
        return hashlib.sha256(_UNPACK[suffix](data) if suffix else data).hexdigest()
    except (OSError, EOFError, ValueError, brotli.error):
        return ""
