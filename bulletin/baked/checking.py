"""Everything that is served, held against the digests it is named by."""

from __future__ import annotations

import gzip
import hashlib
import shutil
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


def clear(store: Store, root: str) -> int:
    """Remove every folder that is broken, and the bytes it is broken by, so that they are made
    anew; returns how many. Folders that are whole stay for the next tree."""
    broken = {_folder_of(path) for path in faults(store, root)}
    for digest in broken:
        node = _text(store, digest)
        for entry in node.values():
            if entry.kind == tree.FILE:
                _clear_blob(store, entry.value)
        place = tree.folder_path(store, digest)
        shutil.rmtree(place, ignore_errors=True)
        place.with_name(f"{digest}.node").unlink(missing_ok=True)
    return len(broken)


def _folder_of(path: str) -> str:
    """`trees/ab/abcd…/index.html` → the digest `abcd…`."""
    return Path(path).parts[2]


def _text(store: Store, digest: str) -> tree.Node:
    """What the folder says it holds, as far as that can be read."""
    try:
        return tree.read(store, digest)
    except (OSError, ValueError):
        return {}


def _clear_blob(store: Store, digest: str) -> None:
    place = store.blob(digest)
    forms = {place.with_name(place.name + suffix): suffix for suffix in ("", *ENCODINGS)}
    if any(form.exists() and _digest(form, suffix) != digest for form, suffix in forms.items()):
        for form in forms:
            form.unlink(missing_ok=True)


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
