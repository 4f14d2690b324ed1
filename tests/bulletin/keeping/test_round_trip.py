"""Back up, lose everything, restore, bake: every public address answers as it did."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from urllib.parse import quote, unquote, urldefrag, urljoin

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bulletin import storage
from bulletin.models import Edition, EditionFile, Subscriber
from bulletin.subscribing import end, token
from bulletin.verification import code_of
from tests.bulletin.baking.served import site

BESIDE = (
    "/monthly/search/?q=社保", "/monthly/visits/find/?q=厅", "/api/v1/issues/", "/api/v1/items/",
    "/api/v1/visits/", "/api/v1/figures/", "/api/v1/issues/monthly/2026/1/", "/robots.txt",
    "/sitemap.xml", "/monthly/2026/sitemap.xml", "/monthly/feed.atom", "/nowhere/",
)  # fmt: skip
TOLD = ("Content-Type", "Content-Disposition", "ETag", "Cache-Control")


def every_answer(client) -> dict[str, tuple[int, bytes, dict[str, str]]]:
    """What every address that a reader can get to answers, from the front page on."""
    waiting, found = ["/", *BESIDE], {}
    while waiting:
        url = waiting.pop()
        if url in found:
            continue
        answer = client.get(quote(unquote(url), safe="/?=&"))
        headers = {name: answer.headers[name] for name in TOLD if name in answer.headers}
        found[url] = (answer.status_code, answer.getvalue(), headers)
        if "html" in answer.headers.get("Content-Type", ""):
            hrefs = re.findall(r' href="(/[^"]*)"', answer.getvalue().decode())
            waiting += [urldefrag(urljoin(url, href.replace("&amp;", "&")))[0] for href in hrefs]
        waiting = [one for one in waiting if "view=" not in one and "/static/" not in one]
    return found


def lose_everything() -> None:
    shutil.rmtree(project.MEDIA_ROOT)
    shutil.rmtree(project.BAKED_ROOT)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as nothing:
        nothing.backup(connection.connection)


@pytest.fixture
def as_it_began(transactional_db):
    """What is frozen cannot be emptied row by row, as SQLite is between tests: it is put back."""
    if connection.vendor == "postgresql":
        yield
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as before:
        connection.connection.backup(before)
        yield
        before.backup(connection.connection)


@pytest.fixture
def readers(house):
    """One who has confirmed, one who has not."""
    rows = [
        Subscriber.objects.create(publication=house.publication, email=f"{name}@example.org")
        for name in ("zhang", "li")
    ]
    Subscriber.objects.filter(pk=rows[0].pk).update(confirmed_at=timezone.now())
    return rows


@pytest.mark.django_db(transaction=True)
def test_everything_is_lost_and_comes_back_as_it_was(
    as_it_began, client, baked, readers, tmp_path, capsys, monkeypatch
):
    answers, tree = every_answer(client), site()
    assert len(answers) > 40
    ends = [token(row, "end") for row in readers]
    old, new, _last = baked

    call_command("backup", tmp_path / "backup")
    lose_everything()
    with monkeypatch.context() as older:
        older.setattr("bulletin.management.commands.restore.is_behind", lambda: True)
        call_command("restore", tmp_path / "backup")
        assert "请运行 ./run migrate，再运行 ./run bake。" in capsys.readouterr().err
    call_command("restore", tmp_path / "backup", "--force")
    call_command("bake")
    capsys.readouterr()
    call_command("fsck")
    assert capsys.readouterr().out.endswith("全部完好。\n")

    assert every_answer(client) == answers
    assert site() == tree
    for edition, verdict in ((old, "已被更正取代"), (new, "是本刊发布的原件")):
        asked = client.get("/verify/", {"code": code_of(edition.digest)})
        assert verdict in asked.content.decode()
    for file in EditionFile.objects.all():
        assert len(storage.read(file)) == file.size
        asked = client.get("/verify/", {"code": file.sha256})
        assert "是本刊发布的原件" in asked.content.decode() or file.edition_id == old.pk
    assert [bool(row.confirmed_at) for row in Subscriber.objects.order_by("pk")] == [True, False]
    assert end(ends[0])
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["li@example.org"]
    assert Edition.objects.get(pk=new.pk).supersedes_id == old.pk
