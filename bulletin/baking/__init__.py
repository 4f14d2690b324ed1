"""Baking: what the public reads is drawn once, when it changes, and switched to in one act.

`bake` runs in the transaction that publishes, corrects or withdraws: it sees what will be
true and nothing else, draws the pages that the change touches, and writes them with the row
of a new generation. After commit the site is switched; a job does it where the process died
in between. Whoever bakes holds one row locked, so generations follow one another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin import outbox
from bulletin.baked import checking, collecting, switching, tree
from bulletin.baked.store import Store
from bulletin.models import Generation, Issue, Job
from bulletin.site.pages import Change
from bulletin.site.version import version

from . import inspecting
from .drawing import (
    Changes,
    Place,
    cleared,
    cleared_names,
    cleared_publication,
    drawn,
    named_places,
    names,
    places,
)
from .inspecting import Fault

BATCH: Final = 8  # addresses drawn while the lock is held
_KEPT_FOR: Final = dt.timedelta(hours=1)


def store() -> Store:
    return Store(Path(settings.BAKED_ROOT))


def bake(issue: Issue) -> None:
    """The pages that this change of the published set touches; inside its transaction."""
    if not settings.BAKED:
        return
    change = Change(issue.publication.slug, issue.year, issue.number)
    last = _lock()
    place = store()
    changes = cleared(change) | drawn(place, places(change)) | names(change)
    _advance(place, last, changes)


def bake_all() -> int:
    """Every page there is, a few at a time; returns how many addresses there are.

    Each batch is true when it is switched to, so that a publication meanwhile waits for
    one batch at most. What is no longer there goes with the last. What was broken on the
    disk is thrown away first: until it is drawn again, Django answers.
    """
    _mend()
    wanted = places(None)
    for batch in _batches(wanted):
        with transaction.atomic():
            last = _lock()
            place = store()
            _advance(place, last, drawn(place, batch))
    with transaction.atomic():
        last = _lock()
        place = store()
        _advance(place, last, names(None) | _gone(place, last), drawn_by=version().digest)
    return len(wanted)


def _mend() -> None:
    """Let nothing of a broken tree be built upon."""
    if not any(checking.faults(store(), newest().root)):
        return
    with transaction.atomic():
        last = _lock()
        checking.clear(store(), last.root)
        _put(last, "", "")


def rename(slug: str) -> None:
    """Departments of the publication under the names they have now, all at the same instant."""
    with transaction.atomic():
        last = _lock()
        place = store()
        _advance(place, last, cleared_names(slug) | drawn(place, named_places(slug)))


def close(slug: str) -> None:
    """Nothing of a publication that is kept inside from now on; its transaction's part."""
    if settings.BAKED:
        last = _lock()
        _advance(store(), last, cleared_publication(slug))


def _batches(wanted: list[Place]) -> Iterator[list[Place]]:
    return (wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH))


def _gone(place: Store, last: Generation) -> Changes:
    """Entries of the tree that nothing published has any more."""
    there = {steps for one in places(None) for _look, steps in one.steps} | set(names(None))
    return {
        steps: None for steps, _entry in tree.walk(place, _root(place, last)) if steps not in there
    }


def is_whole() -> bool:
    """Whether every page is baked, by the code that runs now, and nothing else."""
    return not any(inspecting.disorder(store(), newest()))


def ask_for_all() -> None:
    """A job for `bake_all`, unless one waits already."""
    if settings.BAKED and not Job.objects.filter(kind="bake", state=Job.State.WAITING).exists():
        outbox.enqueue("bake", f"bake:{uuid4()}", {})


def ask_for_names(slugs: Iterable[str]) -> None:
    """A job for `rename` of each, unless one waits already."""
    for slug in slugs if settings.BAKED else ():
        waiting = Job.objects.filter(kind="rename", state=Job.State.WAITING, payload={"slug": slug})
        if not waiting.exists():
            outbox.enqueue("rename", f"rename:{uuid4()}", {"slug": slug})


# Generations


def newest() -> Generation:
    return Generation.objects.order_by("number").last() or Generation(number=0)


def _lock() -> Generation:
    """The newest generation, for whoever bakes alone until the transaction ends."""
    Generation.objects.get_or_create(number=0)
    Generation.objects.select_for_update().get(number=0)
    return newest()


def _root(place: Store, last: Generation) -> str:
    return last.root if tree.exists(place, last.root) else ""


def _advance(place: Store, last: Generation, changes: Changes, drawn_by: str = "") -> None:
    """The next generation, if anything is different; public after commit."""
    lost = last.root and not tree.exists(place, last.root)
    root = tree.graft(place, _root(place, last), changes)
    place.settle()
    # Of mixed making until `bake_all` has been through.
    drawn_by = drawn_by or ("" if lost else last.drawn_by)
    _put(last, root, drawn_by)
    if lost or not last.number:
        ask_for_all()


def _put(last: Generation, root: str, drawn_by: str) -> None:
    if (root, drawn_by) != (last.root, last.drawn_by):
        number = last.number + 1
        Generation.objects.create(number=number, root=root, drawn_by=drawn_by)
        outbox.enqueue("switch", f"switch:{number}", {})
        outbox.enqueue("collect", f"collect:{number}", {}, run_at=timezone.now() + 2 * _KEPT_FOR)
    transaction.on_commit(switch)


def switch() -> None:
    """Let the public see the newest committed generation; as often as you like."""
    switching.switch(store(), lambda: (newest().number, newest().root))


def catch_up() -> None:
    """Switch if it is still to do. Whoever tells the public from the tables what has just been
    committed does this before answering: what is baked is never behind what was told."""
    if settings.BAKED and newest().number != switching.served(store()):
        switch()


def inspect() -> tuple[int, list[Fault]]:
    """How many files readers can have, and whatever is wrong with them."""
    place, last = store(), newest()
    wrong = list(inspecting.disorder(place, last))
    bytes_wrong = _("缺失或者与指纹不符。请运行 ./run bake --all。")
    wrong += [Fault(path, bytes_wrong) for path in checking.faults(place, last.root)]
    return (0 if wrong else checking.count(place, last.root)), wrong


def collect() -> int:
    """Remove what only old generations held; returns how many files and folders."""
    with transaction.atomic():
        last = _lock()
        recent = Generation.objects.filter(made_at__gte=timezone.now() - _KEPT_FOR)
        roots = {last.root, *recent.values_list("root", flat=True)} - {""}
        before = Generation.objects.filter(made_at__lt=timezone.now() - _KEPT_FOR)
        before.exclude(number__in=(0, last.number)).delete()
        return collecting.collect(store(), roots)
