"""What a reader must know before reading: that an edition corrects one, or was itself replaced.

Told at the head of whatever page shows the edition, in one line a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.changes import Touched, changed_lines, touched
from bulletin.document import loads

from . import dates
from .frame import Link
from .looks import Look
from .sentences import first_sentence
from .shelf import Volume


@dataclass(frozen=True, slots=True)
class Amendment:
    """One correction: when and which edition it made, what it put right in short, where it is
    shown character by character."""

    title: str
    notice: str
    difference: Link


@dataclass(frozen=True, slots=True)
class Superseded:
    title: str
    current: Link
    difference: Link


def amendments(editions: list[Volume], look: Look) -> tuple[Amendment, ...]:
    """The corrections that led to the last of these editions of one issue, the newest first."""
    told = [
        _amendment(volume, _("第%s版") % place, look)
        for place, volume in enumerate(editions, 1)
        if volume.replaced is not None
    ]
    return tuple(reversed(told))


def latest(volume: Volume, look: Look) -> tuple[Amendment, ...]:
    """The correction that made this edition, where the ones before it are not at hand."""
    return () if volume.replaced is None else (_amendment(volume, "", look),)


def _amendment(volume: Volume, place: str, look: Look) -> Amendment:
    words = {"date": _day(volume), "place": place}
    title = _("%(date)s更正，%(place)s。") if place else _("%(date)s更正。")
    return Amendment(title % words, first_sentence(volume.notice)[0], difference(volume, look))


def difference(volume: Volume, look: Look, order: int = 0) -> Link:
    """The page of the correction that made the edition, at one of its changes."""
    url = look.link(correction_url(volume.slug, *volume.key, volume.proof_no))
    return Link(_("逐字查看改了什么"), f"{url}#c{order}" if order else url)


def correction_url(slug: str, year: int, number: int, proof_no: int) -> str:
    return reverse("site:correction", args=[slug, year, number, proof_no])


def superseded(volume: Volume, editions: list[Volume], current: Link, look: Look) -> Superseded:
    """Said of an edition that another of `editions` took the place of."""
    by = next(one for one in editions if one.proof_no == volume.replaced_by)
    words = {"date": _day(by), "place": _("第%s版") % (editions.index(by) + 1)}
    title = _("本版已被取代：%(date)s更正，另出%(place)s。") % words
    return Superseded(title, current, difference(by, look))


def amended(editions: list[Volume]) -> dict[int, tuple[Volume, int]]:
    """The lines of the last edition that a correction altered or added, by place: the edition
    it made, and the how-manieth of its changes it was."""
    found = _touched(tuple(volume.content for volume in editions))
    return {place: (editions[by.edition], by.order) for place, by in found.items()}


@lru_cache(maxsize=64)
def _touched(contents: tuple[str, ...]) -> Mapping[int, Touched]:
    return touched([loads(content) for content in contents])


def amendment_of(editions: list[Volume], at: int, look: Look) -> Amendment | None:
    """The correction that touched the line at that place of the last edition."""
    found = amended(editions).get(at)
    if found is None:
        return None
    volume, order = found
    place = _("第%s版") % (editions.index(volume) + 1)
    return replace(_amendment(volume, place, look), difference=difference(volume, look, order))


def marks(editions: list[Volume], look: Look) -> dict[int, Link]:
    """For each such line, where its change is shown."""
    return {
        place: Link(_("有更正"), difference(volume, look, order).url)
        for place, (volume, order) in amended(editions).items()
    }


def mark(slug: str, year: int, number: int, corrected: int | None, look: Look) -> Link | None:
    """Beside what is found of an issue: `corrected` is the edition whose correction touched it."""
    if corrected is None:
        return None
    return Link(_("有更正"), look.link(correction_url(slug, year, number, corrected)))


def later_marks(volume: Volume, by: Volume, look: Look) -> dict[int, Link]:
    """Of an edition that was replaced: the lines that do not stand in the next as they do here."""
    changes = enumerate(changed_lines(volume.text, by.text), 1)
    orders = {change.old: order for order, change in changes if change.old}
    return {
        place: Link(_("后来更正"), difference(by, look, orders[line.body]).url)
        for place, line in enumerate(volume.text.lines())
        if line.body in orders
    }


def earlier_label(editions: Iterable[Volume], body: str, label: str) -> str:
    """The number this paragraph had before a correction renumbered it; empty where it kept it."""
    labels = [
        line.label for volume in editions for line in volume.text.lines() if line.body == body
    ]
    return next((one for one in reversed(labels) if one != label), "")


def _day(volume: Volume) -> str:
    return dates.moment(volume.published_at)
