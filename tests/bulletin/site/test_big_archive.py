"""A hundred years of issues: no page grows with them, and a change touches no more of them."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks import shelf_papers, shelves
from bulletin.baking.drawing import places
from bulletin.site.looks import LOOKS
from bulletin.site.pages import HTML, Asked, Change
from bulletin.site.table import PAGES

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

LIMIT = 100_000
SHORT, LONG = 2026 + 20, 2026 + 100
NAMED = {"department", "person", "item", "download"}


@pytest.fixture
def shelf(monkeypatch):
    monkeypatch.setattr(shelf_papers, "POOL", 500)
    shelf = shelves.furnish(1)
    shelves.fill(shelf, range(2026, SHORT), searched=False)
    return shelf


def touched(change: Change) -> Counter[str]:
    found = Counter(place.page.name for place in places(change))
    return Counter({name: n for name, n in found.items() if name not in NAMED})


def test_neither_pages_nor_what_a_change_touches_grow_with_the_archive(shelf):
    slug = shelf.publications[0].slug
    before = [touched(Change(slug, SHORT - 1, 12)), touched(Change(slug, SHORT, 1))]
    shelves.fill(shelf, range(SHORT, LONG), searched=False)
    assert [touched(Change(slug, LONG - 1, 12)), touched(Change(slug, LONG, 1))] == before
    assert max(before[0].values()) <= 24
    assert too_big() == {}


def too_big() -> dict[str, int]:
    """Pages over the limit: of every kind the first, one in the middle and the last, in both
    languages."""
    found = {}
    for page in PAGES.values():
        every = list(page.places(None)) if page.name != "download" else []
        for arguments in (every[at] for at in {0, len(every) // 2, len(every) - 1} if every):
            for look in (LOOKS[""], LOOKS["en"]):
                sheet = page.sheet(Asked(f"/{page.name}/", look), **arguments)
                size = len(sheet.write())
                if sheet.content_type == HTML and size > LIMIT:
                    found[f"{page.name} {arguments}"] = size
    return found
