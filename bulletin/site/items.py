"""One item under an address of its own: its text, where it stands, what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, NoReturn

from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.document import Line

from . import dates
from .amending import Amendment, amendment_of, difference, earlier_label
from .frame import Link, frame
from .front import issue_url
from .looks import Look
from .pages import Absent, Asked, Sheet, by_template
from .printed import page_of_lines
from .searching import section_name
from .sentences import Piece, first_sentence, headline, pieces
from .shelf import Volume, neighbourhood
from .tombstones import Gone, Tombstone, missing


@dataclass(frozen=True, slots=True)
class ItemPage:
    """`before` and `after` are the items beside it in the same issue. `amendment` put this one
    right; `moved` tells that a correction gave it another number."""

    issue: Link
    section: str
    label: str
    pieces: tuple[Piece, ...]
    date: str
    issued: str
    issuer: str
    headline: str
    cited: str
    before: Link | None
    after: Link | None
    replaced: Link | None
    amendment: Amendment | None
    moved: str

    @property
    def beside(self) -> tuple[Link, ...]:
        return tuple(link for link in (self.before, self.after) if link)


def item(asked: Asked, slug: str, year: int, number: int, anchor: str) -> Sheet:
    editions = [v for v in neighbourhood(slug, year, number) if v.key == (year, number)]
    if not editions:
        missing(slug, year, number)
    volume = editions[-1]
    at = _place(volume, anchor)
    if at is None:
        _taken_out(editions, anchor)

    def words() -> dict[str, Any]:
        line = volume.text.lines()[at]
        sentence = first_sentence(line.body)[0]
        title = _("%(told)s %(title)s%(year)s年%(number)s") % {
            "told": headline(line.body),
            "title": volume.text.masthead,
            "year": year,
            "number": dates.number(volume.text),
        }
        around = frame(asked, volume.house, title=title, description=sentence, kind="article")
        return {"frame": around, "page": _page(editions, at, asked.look)}

    key = (editions, anchor)
    return Sheet(key, by_template(asked, "site/item.html", words), volume.published_at)


def _is_item(line: Line) -> bool:
    return line.role in ("item", "paragraph")


def _place(volume: Volume, anchor: str) -> int | None:
    lines = enumerate(volume.text.lines())
    return next((at for at, line in lines if line.anchor == anchor and _is_item(line)), None)


def _taken_out(editions: list[Volume], anchor: str) -> NoReturn:
    """Raises Gone where an older edition had the item, Absent where none had."""
    for old, new in reversed(list(pairwise(editions))):
        if _place(old, anchor) is not None:
            raise Gone(new.house, partial(_stone, new))
    raise Absent


def _stone(volume: Volume, look: Look) -> Tombstone:
    words = {"year": volume.year, "number": dates.number(volume.text)}
    return Tombstone(
        title=_("%(year)s年%(number)s里没有这一条了") % words,
        date=dates.moment(volume.published_at),
        told=_("本期作过更正，这个地址上的一条已经删去，或者序号有变。更正说明："),
        quoted=volume.notice,
        advice=_("引用以现行版本为准。"),
        links=(
            Link(_("阅读现行版本"), look.link(issue_url(volume))),
            difference(volume, look),
        ),
    )


def item_url(volume: Volume, anchor: str) -> str:
    return reverse("site:item", args=[volume.slug, *volume.key, anchor])


def _page(editions: list[Volume], at: int, look: Look) -> ItemPage:
    volume = editions[-1]
    document, lines = volume.text, volume.text.lines()
    line = lines[at]
    heading = next(one for one in reversed(lines[:at]) if one.role == "heading")
    words = {"year": volume.year, "number": dates.number(document)}
    return ItemPage(
        issue=Link(
            _("%(year)s年%(number)s") % words, look.link(f"{issue_url(volume)}#{line.anchor}")
        ),
        section=section_name(heading.text),
        label=line.label,
        pieces=pieces(line.body, {}),
        date=document.issued_on.isoformat() if document.issued_on else "",
        issued=dates.whole(document.issued_on),
        issuer=document.issuer,
        headline=headline(line.body),
        cited=_cited(volume, at),
        before=_beside(volume, lines[:at][::-1], _("上一条"), look),
        after=_beside(volume, lines[at + 1 :], _("下一条"), look),
        replaced=Link(_("本期有更正"), look.link(f"{issue_url(volume)}#editions"))
        if volume.replaced
        else None,
        amendment=amendment_of(editions, at, look),
        moved=_moved(editions, line),
    )


def _moved(editions: list[Volume], line: Line) -> str:
    """Addresses of items are their numbers: who followed an old one is told."""
    before = earlier_label(editions[:-1], line.body, line.label)
    words = {"before": before, "now": line.label}
    return _("更正以后序号有变：这一条原来是%(before)s，现在是%(now)s。") % words if before else ""


def _cited(volume: Volume, at: int) -> str:
    """《政务窗口月报》2026年第9期第3页。"""
    document = volume.text
    words = {
        "title": document.masthead,
        "year": volume.year,
        "number": document.number_line,
        "page": page_of_lines(document)[at],
    }
    return _("《%(title)s》%(year)s年%(number)s第%(page)s页") % words


def _beside(volume: Volume, lines: Sequence[Line], label: str, look: Look) -> Link | None:
    line = next((one for one in lines if _is_item(one)), None)
    if line is None:
        return None
    sentence = first_sentence(line.body)[0]
    return Link(sentence, look.link(item_url(volume, line.anchor)), hint=label)
