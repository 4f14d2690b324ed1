"""One item under an address of its own: its text, where it stands, what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.document import Line

from .frame import Link, frame
from .front import issue_url
from .looks import Look
from .pages import Absent, Asked, Sheet, by_template
from .printed import page_of_lines
from .searching import section_name
from .sentences import Piece, first_sentence, pieces
from .shelf import Volume, neighbourhood
from .tombstones import missing


@dataclass(frozen=True, slots=True)
class ItemPage:
    """`before` and `after` are the items beside it in the same issue."""

    issue: Link
    section: str
    label: str
    pieces: tuple[Piece, ...]
    date: str
    issuer: str
    cited: str
    before: Link | None
    after: Link | None
    replaced: Link | None

    @property
    def beside(self) -> tuple[Link, ...]:
        return tuple(link for link in (self.before, self.after) if link)


def item(asked: Asked, slug: str, year: int, number: int, anchor: str) -> Sheet:
    volumes = neighbourhood(slug, year, number)
    current = [v for v in volumes if v.key == (year, number) and v.replaced_by is None]
    if not current:
        missing(slug, year, number)
    volume = current[0]
    lines = [line for line in volume.text.lines() if line.anchor]
    found = [at for at, line in enumerate(lines) if line.anchor == anchor and _is_item(line)]
    if not found:
        raise Absent

    def words() -> dict[str, Any]:
        line = lines[found[0]]
        sentence = first_sentence(line.body)[0]
        title = _("%(title)s %(year)s年%(number)s%(label)s") % {
            "title": volume.text.masthead,
            "year": year,
            "number": volume.text.number_line,
            "label": line.label,
        }
        around = frame(asked, volume.house, title=title, description=sentence)
        return {"frame": around, "page": _page(volume, lines, found[0], asked.look)}

    key = (volume, anchor)
    return Sheet(key, by_template(asked, "site/item.html", words), volume.published_at)


def _is_item(line: Line) -> bool:
    return line.role in ("item", "paragraph")


def item_url(volume: Volume, anchor: str) -> str:
    return reverse("site:item", args=[volume.slug, *volume.key, anchor])


def _page(volume: Volume, lines: list[Line], at: int, look: Look) -> ItemPage:
    document, line = volume.text, lines[at]
    heading = next(one for one in reversed(lines[:at]) if one.role == "heading")
    words = {"year": volume.year, "number": document.number_line}
    return ItemPage(
        issue=Link(
            _("%(year)s年%(number)s") % words, look.link(f"{issue_url(volume)}#{line.anchor}")
        ),
        section=section_name(heading.text),
        label=line.label,
        pieces=pieces(line.body, {}),
        date=document.issued_on.isoformat() if document.issued_on else "",
        issuer=document.issuer,
        cited=_cited(volume, line),
        before=_beside(volume, lines[:at][::-1], _("上一条"), look),
        after=_beside(volume, lines[at + 1 :], _("下一条"), look),
        replaced=Link(_("本期有更正"), look.link(f"{issue_url(volume)}#editions"))
        if volume.replaced
        else None,
    )


def _cited(volume: Volume, line: Line) -> str:
    """《政务窗口月报》2026年第9期第3页。"""
    document = volume.text
    places = [at for at, one in enumerate(document.lines()) if one.anchor == line.anchor]
    words = {
        "title": document.masthead,
        "year": volume.year,
        "number": document.number_line,
        "page": page_of_lines(document)[places[0]],
    }
    return _("《%(title)s》%(year)s年%(number)s第%(page)s页") % words


def _beside(volume: Volume, lines: list[Line], label: str, look: Look) -> Link | None:
    line = next((one for one in lines if _is_item(one)), None)
    if line is None:
        return None
    sentence = first_sentence(line.body)[0]
    return Link(sentence, look.link(item_url(volume, line.anchor)), hint=label)
