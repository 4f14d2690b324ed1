"""A backup: one folder with the database, the media tree, and a manifest of every file.

manifest.json   schema, engine, when, and SHA-256 and size of each file below
database.*      what `database.dump` wrote
media/…         MEDIA_ROOT as it was
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.keeping import database
from bulletin.keeping.database import KeepingError

SCHEMA: Final = "bulletin-backup/1"
MANIFEST: Final = "manifest.json"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Sum:
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    engine: str
    made_at: str
    files: dict[str, Sum]


class BrokenArchive(KeepingError):
    """The archive is not what was written; `problems` names every file that differs."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(_("备份不完好：") + "；".join(problems[:20]) + "。")
        self.problems = problems


# Backing up


def back_up(target: Path) -> Manifest:
    """Write a whole backup to `target`, a folder that is absent or empty, or nothing at all."""
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise KeepingError(_("“%(path)s”不是空目录，请另选一个。") % {"path": target})
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        manifest = _fill(part)
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _fill(folder: Path) -> Manifest:
    """The database first: files are never changed once a row names them."""
    database.dump(folder / database.NAMES[connection.vendor])
    for path in _media():
        copy = folder / "media" / path.relative_to(settings.MEDIA_ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    made = timezone.now().astimezone(dt.UTC).isoformat(timespec="seconds")
    sums = {name: _sum(folder / name) for name in sorted(_names(folder))}
    manifest = Manifest(connection.vendor, made, sums)
    text = json.dumps({"schema": SCHEMA, **asdict(manifest)}, ensure_ascii=False, indent=1)
    with (folder / MANIFEST).open("w", encoding="utf-8") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return manifest


def _media() -> Iterator[Path]:
    """Regular files, without those that a killed writer left half done."""
    for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".part-"):
            yield path


def _names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if not path.is_dir() or path.is_symlink():
            yield path.relative_to(folder).as_posix()


def _sum(path: Path) -> Sum:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Sum(digest.hexdigest(), size)


# Restoring


def check(source: Path) -> Manifest:
    """The manifest of an archive that is whole. Raises BrokenArchive naming what is not."""
    manifest = _read(source / MANIFEST)
    present = {name for name in _names(source) if name != MANIFEST}
    problems = [
        *(_("多出“%(name)s”") % {"name": name} for name in sorted(present - set(manifest.files))),
        *_differences(source, manifest, present),
    ]
    if problems:
        raise BrokenArchive(problems)
    return manifest


def _read(path: Path) -> Manifest:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["schema"] != SCHEMA:
            raise BrokenArchive([_("不认识的格式“%(schema)s”") % {"schema": raw["schema"]}])
        files = {_safe(name): Sum(**values) for name, values in raw["files"].items()}
        return Manifest(raw["engine"], raw["made_at"], files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenArchive([_("读不了清单 %(name)s") % {"name": MANIFEST}]) from error


def _safe(name: str) -> str:
    """A relative path that stays inside. Raises ValueError."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        raise ValueError(name)
    return name


def _differences(source: Path, manifest: Manifest, present: set[str]) -> Iterator[str]:
    if database.NAMES.get(manifest.engine) not in manifest.files:
        yield _("清单里没有数据库")
    for name, wanted in manifest.files.items():
        path = source / name
        if name not in present or path.is_symlink():
            yield _("缺少“%(name)s”") % {"name": name}
        elif _sum(path) != wanted:
            yield _("“%(name)s”与清单不符") % {"name": name}


def restore(source: Path, *, force: bool = False) -> Manifest:
    """Put database and media back as they were; `force` replaces what is there.

    Nothing is touched before the whole archive is checked. Files come before the rows that
    name them, so that a restore broken off can simply be done again.
    """
    manifest = check(source)
    if manifest.engine != connection.vendor:
        names = {"had": manifest.engine, "have": connection.vendor}
        raise KeepingError(_("备份来自 %(had)s，现在的数据库是 %(have)s。") % names)
    if not force and (database.in_use() or any(_media())):
        raise KeepingError(_("这里已经有数据。确要用备份替换，请加 --force。"))
    wanted = [name for name in manifest.files if name.startswith("media/")]
    for name in wanted:
        _put_back(source / name, _place(name), manifest.files[name])
    database.load(source / database.NAMES[manifest.engine])
    _remove_others({_place(name) for name in wanted})
    return manifest


def _place(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / PurePosixPath(name).relative_to("media")


def _put_back(path: Path, place: Path, wanted: Sum) -> None:
    """Copy beside the place, check what was written, then put it there whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".part-{place.name}")
    shutil.copy2(path, part)
    if _sum(part) != wanted:
        part.unlink()
        raise KeepingError(_("写入“%(path)s”时出错，请检查磁盘。") % {"path": place})
    part.replace(place)


def _remove_others(wanted: set[Path]) -> None:
    for path in list(_media()):
        if path not in wanted:
            path.unlink()
