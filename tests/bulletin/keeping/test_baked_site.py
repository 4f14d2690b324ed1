"""`fsck` calls no half-baked site whole and says what to do about it; doing so mends it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from bulletin import baking
from bulletin.baked import tree
from bulletin.baked.layout import address_of, steps_of
from bulletin.baked.tree import Entry
from bulletin.finding.keeping import refresh
from bulletin.models import Edition, EditionFile, Generation
from bulletin.site import version
from tests.bulletin.baking.served import site

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def fsck(capsys):
    """The lines it printed, the last of them why it failed; nothing but the counts when whole."""

    def fsck() -> list[str]:
        try:
            call_command("fsck")
        except CommandError as failure:
            assert failure.returncode == 1
            return [*capsys.readouterr().out.splitlines(), str(failure)]
        return capsys.readouterr().out.splitlines()

    return fsck


@pytest.fixture
def bake(django_capture_on_commit_callbacks, capsys):
    def bake(*words: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("bake", *words)
        return capsys.readouterr().out

    return bake


def change(path: str, entry: Entry | None) -> None:
    """Put another entry into the tree that is served, as no publication would."""
    place, last = baking.store(), baking.newest()
    root = tree.graft(place, last.root, {steps_of(path, ""): entry})
    Generation.objects.create(number=last.number + 1, root=root, drawn_by=last.drawn_by)
    baking.switch()


def page(text: str) -> Entry:
    return Entry(tree.FILE, baking.store().keep(text.encode(), packed=True))


def whole(lines: list[str]) -> bool:
    return len(lines) == 1 and lines[0].endswith("全部完好。")


def test_an_address_is_told_as_readers_type_it():
    for path, view in (("/monthly/2026/3/", "dark"), ("/feed.atom", ""), ("/", "")):
        told = f"{path}?view={view}" if view else path
        assert address_of(steps_of(path, view)) == told
    assert address_of(("names", "monthly", "2026", "3")) == "names/monthly/2026/3"


def test_a_site_that_is_baked_is_whole_and_not_baked_again(baked, fsck, bake):
    (told,) = fsck()
    assert told == f"3个版次、6个文件、{len(site()) - 2}个公开页面，全部完好。"
    assert "不用重新生成" in bake()


LOST = "公开的页面：还没有生成，或者已经丢失。请运行 ./run bake。"
WRONG = [
    ("/monthly/2026/1/", None, "/monthly/2026/1/：没有生成。请运行 ./run bake。"),
    (
        "/monthly/2031/1/", "漏出的草稿",
        "/monthly/2031/1/：是没有发布或者已经撤下的。请运行 ./run bake。",
    ),
    (
        "/monthly/2026/1/monthly-2026-1.pdf", "%PDF 别的",
        "/monthly/2026/1/monthly-2026-1.pdf：不是登记的文件。请运行 ./run bake。",
    ),
]  # fmt: skip


@pytest.mark.parametrize("path, text, told", WRONG)
def test_what_is_missing_or_too_much_is_named_and_baking_mends_it(
    baked, fsck, bake, path, text, told
):
    before = site()
    change(path, page(text) if text else None)
    assert fsck() == [told, "有1处不完好。"]
    assert "已生成" in bake()
    assert whole(fsck())
    assert site() == before


def test_a_page_that_could_not_be_drawn_is_missed(baked, fsck, monkeypatch, bake):
    monkeypatch.setattr("bulletin.site.archive._told", lambda *_: 1 / 0)
    bake("--all")
    assert not whole(fsck())
    monkeypatch.undo()


def test_pages_of_another_template_are_told(baked, fsck, bake):
    Generation.objects.filter(number=baking.newest().number).update(drawn_by="0" * 64)
    told = "公开的页面：是按旧的模板或者设置生成的。请运行 ./run bake。"
    assert fsck() == [told, "有1处不完好。"]
    bake()
    assert whole(fsck())


def test_a_generation_that_nobody_switched_to_is_told(baked, fsck, bake):
    last = baking.newest()
    Generation.objects.create(number=last.number + 1, root=last.root, drawn_by=last.drawn_by)
    assert fsck()[0] == "公开的页面：没有换到最新的一次生成。请运行 ./run bake。"
    assert "不用重新生成" in bake()  # the switch was all that was wanting
    assert whole(fsck())


def test_a_lost_folder_is_told_and_made_anew(baked, fsck, bake):
    before = site()
    shutil.rmtree(baking.store().root)
    assert fsck()[0] == LOST
    bake()
    assert whole(fsck())
    assert site() == before


@pytest.mark.parametrize("harm", ["flip", "lose", "compressed"])
def test_broken_bytes_are_told_and_drawn_anew(baked, fsck, bake, harm):
    before = site()
    folder = tree.folder_path(baking.store(), baking.newest().root)
    place = folder / "plain/monthly/2026/1/index.html"
    if harm == "lose":
        place.unlink()
    else:
        place = place.with_name("index.html.br") if harm == "compressed" else place
        data = bytearray(place.read_bytes())
        data[-1] ^= 1
        place.write_bytes(data)
    lines = fsck()
    assert "缺失或者与指纹不符。请运行 ./run bake --all。" in lines[0]
    assert lines[-1] == "有1处不完好。"
    bake("--all")
    assert whole(fsck())
    assert site() == before


@pytest.fixture
def overlay(tmp_path, settings):
    """A copy of all that draws pages, which a test may change; read instead of the project's."""
    for name in version._DRAWN_BY:
        source, copy = ROOT / name, tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy)
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path / "templates", *engine["DIRS"]]}]
    settings.BASE_DIR = tmp_path
    version._version.cache_clear()
    yield tmp_path
    version._version.cache_clear()


def test_a_changed_template_is_told_and_baked_and_leaves_editions_alone(baked, fsck, bake, overlay):
    editions = list(Edition.objects.order_by("pk").values())
    files = list(EditionFile.objects.order_by("pk").values())
    before = site()
    assert whole(fsck())
    place = overlay / "templates/site/parts/imprint.html"
    place.write_text(place.read_text() + "<p>另加一行</p>")
    version._version.cache_clear()
    assert "旧的模板" in fsck()[0]
    bake()
    assert whole(fsck())
    after = site()
    changed = {key for key in before if before[key] != after[key]}
    assert set(after) == set(before)
    assert {"plain/monthly/2026/1/index.html", "plain/monthly/2026/2/index.html"} <= changed
    assert not [key for key in changed if "monthly-2026" in key or not key.endswith(".html")]
    assert list(Edition.objects.order_by("pk").values()) == editions
    assert list(EditionFile.objects.order_by("pk").values()) == files


def test_what_was_withdrawn_is_no_fault_where_it_was_withdrawn_properly(
    baked, fsck, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        rows = Edition.objects.filter(number=2)
        rows.update(withdrawn_at=baked[2].published_at, withdraw_reason="数据有误。")
        refresh(baked[2].issue)
        baking.bake(baked[2].issue)
    assert whole(fsck())
