"""Backups: whole or refused, and restored to the byte."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection

from bulletin.keeping import archive, database
from bulletin.keeping.archive import BrokenArchive, Sum
from bulletin.keeping.database import KeepingError
from windows.models import Centre

PICTURE = bytes(range(256)) * 40


# An archive is checked before anything is touched


@pytest.fixture
def whole(tmp_path):
    """A small archive as `back_up` lays it out."""
    folder = tmp_path / "archive"
    (folder / "media" / "editions").mkdir(parents=True)
    (folder / "database.sqlite3").write_bytes(b"rows")
    (folder / "media" / "editions" / "a.pdf").write_bytes(PICTURE)
    write_manifest(folder)
    return folder


def write_manifest(folder, **changes):
    names = [path for path in folder.rglob("*") if path.is_file() and path.name != archive.MANIFEST]
    sums = {path.relative_to(folder).as_posix(): archive._sum(path) for path in names}
    raw = {
        "schema": archive.SCHEMA,
        "engine": "sqlite",
        "made_at": "2026-11-23T00:00:00+00:00",
        "files": {name: {"sha256": one.sha256, "size": one.size} for name, one in sums.items()},
        **changes,
    }
    (folder / archive.MANIFEST).write_text(json.dumps(raw), encoding="utf-8")


def test_a_whole_archive_is_read(whole):
    manifest = archive.check(whole)
    assert set(manifest.files) == {"database.sqlite3", "media/editions/a.pdf"}
    assert manifest.files["media/editions/a.pdf"].size == len(PICTURE)


@pytest.mark.parametrize("name", ["database.sqlite3", "media/editions/a.pdf"])
def test_one_flipped_byte_is_found(whole, name):
    data = bytearray((whole / name).read_bytes())
    data[-1] ^= 1
    (whole / name).write_bytes(data)
    with pytest.raises(BrokenArchive, match=name):
        archive.check(whole)


def test_missing_and_unknown_files_are_named_together(whole):
    (whole / "database.sqlite3").rename(whole / "other.sqlite3")
    with pytest.raises(BrokenArchive) as broken:
        archive.check(whole)
    assert broken.value.problems == ["多出“other.sqlite3”", "缺少“database.sqlite3”"]


def test_a_link_is_no_file(whole, tmp_path):
    place = whole / "media" / "editions" / "a.pdf"
    place.unlink()
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(PICTURE)
    place.symlink_to(outside)
    with pytest.raises(BrokenArchive, match="缺少"):
        archive.check(whole)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "media/../../evil", "media\\..\\evil"])
def test_a_path_that_leads_outside_is_refused(whole, name):
    write_manifest(whole, files={name: {"sha256": "0" * 64, "size": 1}})
    with pytest.raises(BrokenArchive):
        archive.check(whole)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "bulletin-backup/1"}', "\udcff"])
def test_a_manifest_that_says_nothing_is_refused(whole, text):
    (whole / archive.MANIFEST).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BrokenArchive, match="清单"):
        archive.check(whole)


def test_another_format_is_refused(whole):
    write_manifest(whole, schema="bulletin-backup/9")
    with pytest.raises(BrokenArchive, match="bulletin-backup/9"):
        archive.check(whole)


def test_a_folder_without_manifest_is_refused(tmp_path):
    with pytest.raises(BrokenArchive):
        archive.check(tmp_path)


@pytest.mark.django_db
def test_a_backup_of_another_database_is_refused(whole, tmp_path):
    (whole / "database.sqlite3").rename(whole / "database.dump")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    if other == "sqlite":
        (whole / "database.dump").rename(whole / "database.sqlite3")
    write_manifest(whole, engine=other)
    with pytest.raises(KeepingError, match="备份来自"):
        archive.restore(whole)


@pytest.mark.django_db
def test_a_backup_goes_to_an_empty_folder_only(tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(CommandError, match="不是空目录"):
        call_command("backup", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_house_in_use_is_not_replaced_unasked(house, whole):
    (whole / "database.sqlite3").rename(whole / database.NAMES[connection.vendor])
    write_manifest(whole, engine=connection.vendor)
    with pytest.raises(KeepingError, match="--force"):
        archive.restore(whole)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite alone")
def test_a_database_that_is_written_all_the_time_is_not_waited_for_for_ever(
    house, tmp_path, monkeypatch
):
    """The test's own transaction is the one that writes."""
    monkeypatch.setattr(database, "LONGEST_WAIT", 0.1)
    with pytest.raises(KeepingError, match="有人在写"):
        archive.back_up(tmp_path / "backup")
    assert list(tmp_path.glob("*backup*")) == []


# There and back, as an administrator does it


class Place:
    """A VAR_DIR with its own SQLite file, driven by the command line."""

    def __init__(self, folder: Path) -> None:
        self.database, self.media = folder / "bulletin.sqlite3", folder / "media"
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "MEDIA_ROOT"}}
        self.environment = {**kept, "DEBUG": "1", "VAR_DIR": str(folder)}

    def manage(self, *words: str) -> str:
        """What the command printed; it must not complain."""
        command = [sys.executable, str(project.BASE_DIR / "manage.py"), *words]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.media.rglob("*") if path.is_file())
        return {path.relative_to(self.media).as_posix(): path.read_bytes() for path in paths}


def rows_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connected:
        return list(connected.iterdump())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="drives SQLite files")
def test_a_backup_restores_to_the_byte_on_sqlite(house, tmp_path):
    first, second = Place(tmp_path / "first"), Place(tmp_path / "second")
    first.database.parent.mkdir()  # of the second nothing is left, not even the folder
    with closing(sqlite3.connect(first.database)) as copy:
        copy.executescript("\n".join(connection.connection.iterdump()))
    kept = first.media / "editions" / "ab" / "a.pdf"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(PICTURE)
    kept.with_name(".part-1").write_bytes(b"half")
    rows = rows_of(first.database)
    assert any(house.centre.official_name in row for row in rows)

    backup = str(tmp_path / "backup")
    first.manage("backup", backup)
    second.manage("restore", backup)
    assert rows_of(second.database) == rows
    assert second.files() == {"editions/ab/a.pdf": PICTURE}

    with closing(sqlite3.connect(second.database)) as connected:
        connected.execute("DROP TABLE windows_workday")
    (second.media / "other.pdf").write_bytes(b"other")
    second.manage("restore", backup, "--force")
    assert rows_of(second.database) == rows
    assert second.files() == {"editions/ab/a.pdf": PICTURE}


def _pg_dump_is_old() -> bool:
    path = shutil.which("pg_dump")
    if path is None or connection.vendor != "postgresql":
        return True
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    return int(version.stdout.split()[2].split(".")[0]) < connection.pg_version // 10_000  # type: ignore[attr-defined]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_backup_restores_on_postgresql(house, settings, tmp_path):
    if _pg_dump_is_old():
        pytest.skip("needs a pg_dump as new as the server")
    place = Path(settings.MEDIA_ROOT) / "editions" / "a.pdf"
    place.parent.mkdir(parents=True)
    place.write_bytes(PICTURE)
    manifest = archive.back_up(tmp_path / "backup")
    assert manifest.files["media/editions/a.pdf"] == Sum(archive._sum(place).sha256, len(PICTURE))
    house.centre.short_name = "后来的名字"
    house.centre.save()
    place.unlink()

    with pytest.raises(KeepingError, match="--force"):
        archive.restore(tmp_path / "backup")
    archive.restore(tmp_path / "backup", force=True)
    assert Centre.objects.get().short_name == "省政务服务中心"
    assert place.read_bytes() == PICTURE
