"""Reading baked pages while the tree holds the issues and items of many years."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, Final, NoReturn

from django.conf import settings

from bulletin import baking
from bulletin.baked import tree
from bulletin.baked.layout import steps_of
from bulletin.baked.tree import Entry
from bulletin.models import Generation
from bulletin.serving.layer import BakedFirst
from bulletin.serving.pantry import Pantry
from bulletin.site.version import version

from .costs import Cost, cost

_ITEMS: Final = 30
_READ: Final = 500


class Reader:
    """A tree that grows by years, and whoever reads pages all over it."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.paths: list[str] = []

    def measured(self, years: range) -> Iterator[tuple[str, Cost]]:
        self._plant(years)
        yield f"{_READ} baked pages read", cost(self._reading(), 3)

    def _plant(self, years: range) -> None:
        """Pages of the size that issues and items have, in the look without a name."""
        store, last = baking.store(), baking.newest()
        changes = {}
        for year in years:
            for path, size in _addresses(self.slug, year):
                data = f"<p>{path}政务窗口月报</p>".encode() * (size // 40)
                entry = Entry(tree.FILE, store.keep(data, packed=False))
                changes[steps_of(path, "")] = entry
                self.paths.append(path)
        root = tree.graft(store, last.root, changes)
        drawn_by = version().digest
        Generation.objects.create(number=last.number + 1, root=root, drawn_by=drawn_by)
        baking.switch()

    def _reading(self) -> Callable[[], None]:
        """Through the application's first layer, each time without anything in memory."""
        chance = random.Random(len(self.paths))  # noqa: S311  the same pages every time
        asked = [_environ(path) for path in chance.choices(self.paths, k=_READ)]

        def read() -> None:
            pantry = Pantry(settings.BAKED_ROOT, settings.BAKED_MEMORY, [])
            layer = BakedFirst(_missing, pantry, pantry, frozenset(), [])
            for environ in asked:
                layer(environ, _started)

        return read


def _addresses(slug: str, year: int) -> Iterator[tuple[str, int]]:
    for number in range(1, 13):
        issue = f"/{slug}/{year}/{number}/"
        yield issue, 40_000
        for item in range(1, _ITEMS + 1):
            yield f"{issue}s4-{item}/", 6_000


def _environ(path: str) -> dict[str, Any]:
    asked = {"REQUEST_METHOD": "GET", "QUERY_STRING": "", "wsgi.url_scheme": "http"}
    return asked | {"PATH_INFO": path, "HTTP_ACCEPT_ENCODING": "br"}


def _missing(environ: dict[str, Any], _start: object) -> NoReturn:
    raise LookupError(environ["PATH_INFO"])


def _started(_status: str, _headers: object) -> None:
    pass
