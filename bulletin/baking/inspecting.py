"""Whether what readers are served is all that is published, as it is drawn now, and no more.

`disorder` compares addresses: it opens no page. Bytes are held against their digests by
`baked.checking`, which reads them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from bulletin.baked import switching, tree
from bulletin.baked.layout import address_of
from bulletin.baked.store import Store
from bulletin.baked.tree import Entry, Steps
from bulletin.models import Generation
from bulletin.site.downloads import digests
from bulletin.site.looks import Look
from bulletin.site.pages import Asked, Moved
from bulletin.site.table import PAGES
from bulletin.site.version import version

from .drawing import Place, names, places


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, by its address where it has one, and what to do about it."""

    what: str
    reason: str


def disorder(store: Store, last: Generation) -> Iterator[Fault]:
    """Every page that is missing, drawn by other code, not as registered or of nothing public."""
    if not tree.exists(store, last.root):
        yield Fault(_("公开的页面"), _("还没有生成，或者已经丢失。请运行 ./run bake。"))
        return
    if last.drawn_by != version().digest:
        yield Fault(_("公开的页面"), _("是按旧的模板或者设置生成的。请运行 ./run bake。"))
    if not _is_served(store, last):
        yield Fault(_("公开的页面"), _("没有换到最新的一次生成。请运行 ./run bake。"))
    try:
        there = dict(tree.walk(store, last.root))
    except OSError:
        yield Fault(_("公开的页面"), _("有目录丢失。请运行 ./run bake。"))
        return
    yield from _compared(there)


def _is_served(store: Store, last: Generation) -> bool:
    folder = tree.folder_path(store, last.root)
    return (switching.served(store), switching.current(store)) == (last.number, folder)


def _compared(there: Mapping[Steps, Entry]) -> Iterator[Fault]:
    wanted = {steps: (place, look) for place in places(None) for look, steps in place.steps}
    named = names(None)
    for steps, (place, look) in wanted.items():
        if steps not in there and _exists(place, look):
            yield Fault(address_of(steps), _("没有生成。请运行 ./run bake。"))
    for steps in there:
        if steps not in wanted and steps not in named:
            yield Fault(address_of(steps), _("是没有发布或者已经撤下的。请运行 ./run bake。"))
    for steps, digest in _downloads():
        if steps in there and there[steps].value != digest:
            yield Fault(address_of(steps), _("不是登记的文件。请运行 ./run bake。"))
    for steps, name in named.items():
        if there.get(steps) != name:
            yield Fault(address_of(steps), _("下载的文件名不对。请运行 ./run bake。"))


def _exists(place: Place, look: Look) -> bool:
    """Whether the site has that page; what cannot be drawn is missed."""
    try:
        place.page.sheet(Asked(place.path, look), **place.arguments)
    except (Http404, Moved):
        return False
    except Exception:  # noqa: BLE001  whatever keeps it from being drawn, readers miss it
        return True
    return True


def _downloads() -> Iterator[tuple[Steps, str]]:
    for arguments, digest in digests():
        for _look, steps in Place(PAGES["download"], arguments).steps:
            yield steps, digest
