"""The tree on disk: named by content, shared between generations, found broken."""

from __future__ import annotations

import gzip

import brotli
import pytest

from bulletin.baked import checking, collecting, switching, tree
from bulletin.baked.layout import steps_of
from bulletin.baked.store import Store
from bulletin.baked.tree import Entry, graft

PAGE = ("plain", "monthly", "2026", "3", "index.html")
OTHER = ("plain", "monthly", "2025", "1", "index.html")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def page(store, text, *, packed=True):
    return Entry(tree.FILE, store.keep(text.encode(), packed=packed))


def test_an_address_has_its_place_in_every_look():
    assert steps_of("/monthly/2026/3/", "") == PAGE
    assert steps_of("/", "dark") == ("dark", "index.html")
    assert steps_of("/feed.atom", "") == ("plain", "feed.atom")


def test_the_same_content_is_the_same_tree_however_it_came_about(store):
    one, two = page(store, "一"), page(store, "二")
    at_once = graft(store, "", {PAGE: one, OTHER: two})
    by_steps = graft(store, graft(store, "", {PAGE: two, OTHER: two}), {PAGE: one})
    assert at_once == by_steps
    assert graft(store, at_once, {PAGE: one}) == at_once
    assert dict(tree.walk(store, at_once)) == {PAGE: one, OTHER: two}


def test_a_page_is_one_file_with_its_compressed_forms(store):
    root = graft(
        store, "", {PAGE: page(store, "页" * 99), OTHER: page(store, "%PDF", packed=False)}
    )
    place = tree.folder_path(store, root).joinpath(*PAGE)
    assert place.read_text() == "页" * 99
    assert gzip.decompress(place.with_name("index.html.gz").read_bytes()) == place.read_bytes()
    assert brotli.decompress(place.with_name("index.html.br").read_bytes()) == place.read_bytes()
    folder = tree.folder_path(store, root).joinpath(*OTHER[:-1])
    assert [path.name for path in folder.iterdir()] == ["index.html"]


def test_unchanged_bytes_keep_their_file(store):
    before = graft(store, "", {PAGE: page(store, "一"), OTHER: page(store, "二")})
    after = graft(store, before, {PAGE: page(store, "三")})
    places = [tree.folder_path(store, root).joinpath(*OTHER) for root in (before, after)]
    assert places[0].resolve() == places[1].resolve()
    assert tree.folder_path(store, before).joinpath(*PAGE).read_text() == "一"


def test_what_is_cleared_goes_unless_it_is_set_again(store):
    word = page(store, "一")
    root = graft(store, "", {PAGE: word, PAGE[:4] + ("old.html",): word, OTHER: word})
    root = graft(store, root, {PAGE[:4]: None, PAGE: word})
    assert dict(tree.walk(store, root)) == {PAGE: word, OTHER: word}
    assert graft(store, root, {PAGE: None, OTHER[:2]: None}) == ""


def test_a_change_costs_the_folders_on_its_way(store):
    word = page(store, "一")
    many: dict[tuple[str, ...], Entry | None] = {
        ("plain", "m", str(y), str(n), "index.html"): word for y in range(9) for n in range(9)
    }
    root = graft(store, "", many)
    before = {path.name for path in (store.root / "trees").glob("??/*.node")}
    graft(store, root, {("plain", "m", "3", "3", "index.html"): page(store, "二")})
    after = {path.name for path in (store.root / "trees").glob("??/*.node")}
    assert len(after - before) == 5  # root, look, publication, year, issue


def test_a_late_switcher_does_not_go_back(store):
    old, new = (graft(store, "", {PAGE: page(store, text)}) for text in ("旧", "新"))
    committed = [(1, old)]

    def newest():
        return committed[-1]

    assert switching.switch(store, newest) == 1
    committed.append((2, new))  # while a first switcher was held up before it asked
    assert [switching.switch(store, newest), switching.switch(store, newest)] == [2, 2]
    assert switching.current(store) == tree.folder_path(store, new)
    assert int.from_bytes((store.root / "number").read_bytes(), "little") == 2
    assert (store.root / "current").joinpath(*PAGE).read_text() == "新"


def test_an_empty_site_has_a_folder_too(store):
    switching.switch(store, lambda: (3, ""))
    assert list(switching.current(store).iterdir()) == []


def test_only_what_no_generation_holds_is_collected_and_only_when_old(store):
    old = graft(store, "", {PAGE: page(store, "旧"), OTHER: page(store, "同")})
    new = graft(store, old, {PAGE: page(store, "新")})
    assert collecting.collect(store, [new]) == 0
    assert collecting.collect(store, [new, old], grace=-1) == 0
    assert collecting.collect(store, [new], grace=-1) == 13  # 5 folders, twice, and 3 blobs
    assert list(checking.faults(store, new)) == []
    assert tree.folder_path(store, new).joinpath(*OTHER).read_text() == "同"
    assert not tree.exists(store, old)


@pytest.mark.parametrize("suffix", ["", ".gz", ".br"])
def test_one_flipped_byte_is_found(store, suffix):
    root = graft(store, "", {PAGE: page(store, "一" * 50), OTHER: page(store, "二" * 50)})
    assert list(checking.faults(store, root)) == []
    path = tree.folder_path(store, root).joinpath(*PAGE)
    path = path.with_name(path.name + suffix)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert [fault.endswith(f"index.html{suffix}") for fault in checking.faults(store, root)] == [
        True
    ]


def test_a_file_too_many_and_one_too_few_are_found(store):
    root = graft(store, "", {PAGE: page(store, "一"), OTHER: page(store, "二")})
    folder = tree.folder_path(store, root).joinpath(*PAGE[:-1])
    (folder / "draft.html").write_text("草稿")
    assert len(list(checking.faults(store, root))) == 1
    (folder / "draft.html").unlink()
    (folder / "index.html").unlink()
    assert len(list(checking.faults(store, root))) == 1
    assert len(list(checking.faults(store, "0" * 64))) == 1
