"""The rehearsal speaks of every page that publishing can touch."""

from __future__ import annotations

from bulletin.publishing.rehearsing import KINDS
from bulletin.site.table import PAGES


def test_every_public_page_has_a_word():
    assert set(PAGES) <= set(KINDS)
