"""Folders named by the digest of what they hold: a change costs the folders on its way."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .store import ENCODINGS, Store

FILE: Final = "file"
FOLDER: Final = "folder"
LINK: Final = "link"
Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """`value` is the SHA-256 of a file's bytes or of a folder's text. A link's is a name: it
    leads to the empty folder `names/<name>`, which nginx can read out of its path."""

    kind: str
    value: str


Node = dict[str, Entry]


def graft(store: Store, root: str, changes: Mapping[Steps, Entry | None]) -> str:
    """The tree `root` ("" is the empty one) with entries set, or removed where None.

    A removal may name a folder. Folders left empty go. Returns the new root.
    """
    node = read(store, root)
    for name, below in _by_first(changes).items():
        entry = below.pop((), None) if () in below else node.get(name)
        if below:
            folder = entry.value if entry and entry.kind == FOLDER else ""
            grown = graft(store, folder, below)
            entry = Entry(FOLDER, grown) if grown else None
        if entry is None:
            node.pop(name, None)
        else:
            node[name] = entry
    return put(store, node) if node else ""


def _by_first(changes: Mapping[Steps, Entry | None]) -> dict[str, dict[Steps, Entry | None]]:
    found: dict[str, dict[Steps, Entry | None]] = {}
    for (first, *rest), entry in changes.items():
        found.setdefault(first, {})[tuple(rest)] = entry
    return found


def read(store: Store, digest: str) -> Node:
    """The folder of that digest. Raises FileNotFoundError."""
    if not digest:
        return {}
    lines = _text_path(store, digest).read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ", 2) for line in lines)
    return {name: Entry(kind, value) for kind, value, name in rows}


def put(store: Store, node: Node) -> str:
    """Make the folder unless it is there; returns its digest."""
    text = "".join(f"{e.kind} {e.value} {name}\n" for name, e in sorted(node.items())).encode()
    digest = hashlib.sha256(text).hexdigest()
    place = folder_path(store, digest)
    if not place.exists():
        store.write(_text_path(store, digest), text)
        _make(store, place, node)
    return digest


def _make(store: Store, place: Path, node: Node) -> None:
    part = Path(tempfile.mkdtemp(dir=place.parent, prefix=".part-"))
    try:
        for name, entry in node.items():
            _place(store, part / name, entry)
        part.chmod(0o755)
        part.rename(place)
        store.note(place)
    except OSError:
        if not place.exists():  # else somebody made the same folder meanwhile
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _place(store: Store, path: Path, entry: Entry) -> None:
    if entry.kind == FOLDER:
        path.symlink_to(Path("../..", entry.value[:2], entry.value))
    elif entry.kind == LINK:
        (store.root / "names" / entry.value).mkdir(parents=True, exist_ok=True)
        path.symlink_to(Path("../../../names", entry.value))
    else:
        blob = store.blob(entry.value)
        path.hardlink_to(blob)
        for suffix in ENCODINGS:
            packed = blob.with_name(blob.name + suffix)
            if packed.exists():
                path.with_name(path.name + suffix).hardlink_to(packed)


def walk(store: Store, root: str, above: Steps = ()) -> Iterator[tuple[Steps, Entry]]:
    """Every file and link below `root`, with the steps to it."""
    for name, entry in read(store, root).items():
        if entry.kind == FOLDER:
            yield from walk(store, entry.value, (*above, name))
        else:
            yield (*above, name), entry


def find(store: Store, root: str, steps: Iterable[str]) -> Entry | None:
    entry: Entry | None = Entry(FOLDER, root)
    for step in steps:
        if entry is None or entry.kind != FOLDER:
            return None
        entry = read(store, entry.value).get(step)
    return entry


def folder_path(store: Store, digest: str) -> Path:
    return store.root / "trees" / digest[:2] / digest


def _text_path(store: Store, digest: str) -> Path:
    return store.root / "trees" / digest[:2] / f"{digest}.node"


def exists(store: Store, digest: str) -> bool:
    return not digest or folder_path(store, digest).is_dir()
