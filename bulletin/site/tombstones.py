"""What stands in the place of what was withdrawn: that it was there, and why not now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.models import Edition

from . import dates
from .frame import Link, frame
from .looks import Look
from .pages import Absent, Asked, by_template
from .shelf import House, house_of


@dataclass(frozen=True, slots=True)
class Tombstone:
    """`quoted` is the publisher's own words; the first link is the one to follow."""

    title: str
    date: str
    told: str
    quoted: str
    advice: str
    links: tuple[Link, ...]


class Gone(Absent):
    """It was public and is not any more; for baking as absent as what never was."""

    def __init__(self, house: House, stone: Callable[[Look], Tombstone]) -> None:
        super().__init__()
        self.house = house
        self.stone = stone

    def page(self, asked: Asked) -> bytes:
        return by_template(asked, "site/gone.html", lambda: self._words(asked))()

    def _words(self, asked: Asked) -> dict[str, Any]:
        stone = self.stone(asked.look)
        return {"frame": frame(asked, self.house, title=stone.title, indexed=False), "page": stone}


def missing(slug: str, year: int, number: int) -> NoReturn:
    """Raises Gone where the issue was withdrawn, Absent where nothing public ever was."""
    rows = Edition.objects.withdrawn().of(slug).filter(year=year, number=number)
    edition = rows.order_by("-proof_no").first()
    house = house_of(slug) if edition else None
    if edition is None or house is None:
        raise Absent
    raise Gone(house, partial(_withdrawn, edition, house))


def _withdrawn(edition: Edition, house: House, look: Look) -> Tombstone:
    assert edition.withdrawn_at is not None  # noqa: S101  only withdrawn ones are found
    words = {"year": edition.year, "number": dates.number(edition.document)}
    archive = reverse("site:archive", args=[house.slug])
    return Tombstone(
        title=_("%(year)s年%(number)s已经撤下") % words,
        date=dates.moment(edition.withdrawn_at),
        told=_("这里曾经刊出的内容不再公开。撤下的理由："),
        quoted=edition.withdraw_reason,
        advice=_("手中的文件请勿再引用或转发。"),
        links=(
            Link(_("回到首页"), look.link(reverse("site:front"))),
            Link(_("查看往期"), look.link(archive)),
        ),
    )
