"""`fsck` finds one flipped byte in anything that is public."""

from __future__ import annotations

import hashlib

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from bulletin import storage
from bulletin.keeping.files import inspect
from bulletin.models import Edition, EditionFile
from tests.factories import IssueFactory

CONTENT = '{"schema":"bulletin-document/1"}'


@pytest.fixture
def edition(house):
    now = timezone.now()
    edition = Edition.objects.create(
        issue=IssueFactory(publication=house.publication),
        proof_no=1,
        content=CONTENT,
        digest=hashlib.sha256(CONTENT.encode()).hexdigest(),
        year=2026,
        number=2,
        sent_by=house.editor,
        signed_by=house.approver,
        signed_at=now,
        published_at=now,
    )
    for name in ("pdf", "txt"):
        data = f"the {name} of an issue".encode()
        sha256, path = storage.keep(data, name)
        EditionFile.objects.create(
            edition=edition, format=name, sha256=sha256, size=len(data), path=path
        )
    return edition


def test_what_was_published_is_whole(edition, capsys):
    call_command("fsck")
    assert "1个版次、2个文件、0个公开页面，全部完好。" in capsys.readouterr().out


@pytest.mark.parametrize("at", [0, 7, -1])
def test_one_flipped_byte_is_found(edition, at):
    file = edition.files.get(format="pdf")
    place = storage.location(file)
    data = bytearray(place.read_bytes())
    data[at] ^= 1
    place.write_bytes(data)
    (fault,) = inspect().faults
    assert file.path in fault.what
    assert fault.reason == "字节与指纹不符。"


def test_a_missing_file_is_found(edition):
    storage.location(edition.files.get(format="txt")).unlink()
    assert [fault.reason for fault in inspect().faults] == ["文件不见了。"]


def test_a_wrong_size_is_found(edition):
    edition.files.filter(format="txt").update(size=1)
    assert [fault.reason for fault in inspect().faults] == ["大小与登记的不符。"]


def test_changed_content_is_found(edition):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("DROP TRIGGER edition_frozen ON bulletin_edition")
        else:
            cursor.execute("DROP TRIGGER edition_frozen")
    Edition.objects.filter(pk=edition.pk).update(content=CONTENT.replace("1", "2"))
    assert [fault.reason for fault in inspect().faults] == ["内容与签发的指纹不符。"]


def test_an_unpublished_proof_is_not_asked(edition, house):
    Edition.objects.create(
        issue=IssueFactory(publication=house.publication, month=3),
        proof_no=1,
        content=CONTENT,
        digest="0" * 64,
        year=2026,
        number=3,
        sent_by=house.editor,
    )
    assert inspect().editions == 1


def test_the_command_names_what_is_broken_and_fails(edition, capsys):
    file = edition.files.get(format="pdf")
    storage.location(file).write_bytes(b"")
    with pytest.raises(CommandError) as failure:
        call_command("fsck")
    assert failure.value.returncode == 1
    assert file.path in capsys.readouterr().out


@pytest.mark.parametrize("name", ["fsck", "bake"])
def test_where_there_is_no_database_the_command_says_what_to_do(settings, name, monkeypatch):
    settings.BAKED = True

    def lost():
        raise OperationalError("no such table: bulletin_edition")

    monkeypatch.setattr("bulletin.management.commands.fsck.inspect", lost)
    monkeypatch.setattr("bulletin.baking.switch", lost)
    with pytest.raises(CommandError, match=r"数据库读不了：no such table.*\./run restore"):
        call_command(name)
