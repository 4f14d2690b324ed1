"""Addresses of the site as entries of the tree: every page in every look, every download."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.urls import reverse

from bulletin.baked import tree
from bulletin.baked.layout import NAMES, steps_of
from bulletin.baked.store import Store
from bulletin.baked.tree import Entry, Steps
from bulletin.baked.types import type_of
from bulletin.models import Edition
from bulletin.site.downloads import shown_name
from bulletin.site.looks import LOOKS, Look
from bulletin.site.pages import Arguments, Asked, Change, Moved, Page
from bulletin.site.places import SLUG
from bulletin.site.sharing import sharing
from bulletin.site.table import PAGES

log = logging.getLogger(__name__)

Changes = dict[Steps, Entry | None]
_MOST_IN_A_NAME: Final = 240  # bytes of a file's name


@dataclass(frozen=True, slots=True)
class Place:
    """One address of a kind of page."""

    page: Page
    arguments: Arguments

    @property
    def path(self) -> str:
        return reverse(f"site:{self.page.name}", kwargs=dict(self.arguments))

    @property
    def steps(self) -> Iterator[tuple[Look, Steps]]:
        """The way to it in the tree, in each look that it has."""
        path = unquote(self.path)
        for look in self.page.looks.among(LOOKS.values()):
            yield look, steps_of(path, look.view)


def places(change: Change | None) -> list[Place]:
    """Every address there is, or those that the change touches; each once."""
    return _once(Place(page, one) for page in PAGES.values() for one in page.places(change))


def named_places(slug: str) -> list[Place]:
    """The pages of a publication that tell of departments by the names they have now."""
    named = [page for page in PAGES.values() if page.named]
    every = (Place(page, one) for page in named for one in page.places(None))
    return _once(place for place in every if place.arguments["slug"] == slug)


def _once(found: Iterable[Place]) -> list[Place]:
    return list({place.path: place for place in found}.values())


def drawn(store: Store, wanted: Iterable[Place]) -> Changes:
    found: Changes = {}
    for place in wanted:
        with sharing():
            for look, steps in place.steps:
                found[steps] = _draw(store, place, look)
    return found


def _draw(store: Store, place: Place, look: Look) -> Entry | None:
    """None where nothing has the address, and where drawing fails: there Django answers, and
    what is wrong with one page does not keep an issue from being published."""
    path = place.path
    try:
        with transaction.atomic():
            sheet = place.page.sheet(Asked(path, look), **place.arguments)
            data = sheet.write()
    except (Http404, Moved):
        return None
    except Exception:
        log.exception("%s is not baked", path)
        return None
    kind = type_of(path if not path.endswith("/") else "index.html")
    if kind is None or kind.content_type != sheet.content_type:
        log.error("%s is not baked: %s has another name", path, sheet.content_type)
        return None
    return Entry(tree.FILE, store.keep(data, packed=kind.packed))


def cleared(change: Change) -> Changes:
    """Nothing below the address of a changed issue stays unless it is drawn again."""
    return _nothing_below(change.slug, str(change.year), str(change.number))


def cleared_names(slug: str) -> Changes:
    """No department's page stays under a name it has no longer."""
    return _nothing_below(slug, "departments")


def cleared_publication(slug: str) -> Changes:
    return _nothing_below(slug)


def _nothing_below(*steps: str) -> Changes:
    return {(top, *steps): None for top in (*(steps_of("/", v)[0] for v in LOOKS), NAMES)}


def names(change: Change | None) -> Changes:
    """What the downloads of each issue are called on the reader's disk."""
    rows = Edition.objects.current()
    if change is not None:
        rows = rows.of(change.slug).filter(year=change.year, number=change.number)
    found: Changes = {}
    for edition in rows.annotate(slug=F(SLUG)).iterator(chunk_size=100):
        name = quote(shown_name(edition), safe="")
        if len(name) <= _MOST_IN_A_NAME:
            way = (NAMES, edition.slug, str(edition.year), str(edition.number))
            found[way] = Entry(tree.LINK, name)
    return found
