"""The issue page is the bulletin itself; superseded editions stay readable, marked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulletin.document import ImprintLine

from . import dates
from .amending import Amendment, Superseded, amendments, later_marks, marks, superseded
from .frame import Frame, Link, frame
from .front import issue_url
from .looks import Look
from .masthead import Mast, masthead
from .pages import Asked, Moved, Sheet, by_template
from .reading import Part, lead, parts
from .shelf import Stored, Volume, files_of, neighbourhood
from .takeaway import Download, downloads, grouped
from .tombstones import missing


@dataclass(frozen=True, slots=True)
class Turn:
    """Previous or next issue; without an address it is not published yet. `gone` names the
    withdrawn ones in between."""

    label: str
    number: str
    period: str = ""
    url: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class IssuePage:
    mast: Mast
    issued: str
    period: str
    parts: tuple[Part, ...]
    imprint: tuple[ImprintLine, ...]
    rows: int
    downloads: tuple[Download, ...]
    digest: str
    history: str
    notice: str
    modified: str
    place: int
    amendments: tuple[Amendment, ...]
    older: Link | None
    superseded: Superseded | None
    turns: tuple[Turn, Turn]

    @property
    def digest_half(self) -> str:
        return self.digest[:35]

    @property
    def printed(self) -> bool:
        """Whether any page begins inside the text: a one-page issue needs no folios."""
        return any(
            piece.page
            for part in self.parts
            for paragraph in part.paragraphs
            for piece in paragraph.pieces
        )


def issue(asked: Asked, slug: str, year: int, number: int) -> Sheet:
    volumes = neighbourhood(slug, year, number)
    current = [v for v in volumes if v.key == (year, number) and v.replaced_by is None]
    if not current:
        missing(slug, year, number)
    return _sheet(asked, current[0], volumes)


def edition(asked: Asked, slug: str, year: int, number: int, proof_no: int) -> Sheet:
    """A superseded edition; the one in force has one address, the issue's own."""
    volumes = neighbourhood(slug, year, number)
    found = [v for v in volumes if v.key == (year, number) and v.proof_no == proof_no]
    if not found:
        missing(slug, year, number)
    if found[0].replaced_by is None:
        raise Moved(asked.look.link(issue_url(found[0])))
    return _sheet(asked, found[0], volumes)


def _sheet(asked: Asked, volume: Volume, volumes: list[Volume]) -> Sheet:
    files = files_of([volume])[volume.pk]
    published = max(v.published_at for v in volumes)

    def words() -> dict[str, Any]:
        page = _page(volume, volumes, files, asked.look)
        return {"frame": _frame(asked, volume, volumes), "page": page}

    return Sheet((volumes, files), by_template(asked, "site/issue.html", words), published)


def _page(
    volume: Volume, volumes: list[Volume], files: tuple[Stored, ...], look: Look
) -> IssuePage:
    editions = [v for v in volumes if v.key == volume.key]
    place = editions.index(volume)
    return IssuePage(
        mast=masthead(volume.text),
        issued=volume.text.issued_on.isoformat() if volume.text.issued_on else "",
        period=dates.period(volume.text.period),
        parts=parts(volume.text, _marks(editions, place, look)),
        imprint=volume.text.imprint,
        rows=volume.text.layout.rows,
        downloads=downloads(volume, files),
        digest=grouped(volume.digest),
        history=_history(volume, place),
        notice=volume.notice,
        modified=volume.published_at.isoformat() if place else "",
        place=place + 1,
        amendments=amendments(editions[: place + 1], look),
        older=_older(volume, look),
        superseded=_superseded(volume, editions, look),
        turns=_turns(volume, volumes, look),
    )


def _frame(asked: Asked, volume: Volume, volumes: list[Volume]) -> Frame:
    document = volume.text
    words = {
        "title": document.masthead,
        "year": document.period.year,
        "number": dates.number(document),
    }
    last = [v for v in volumes if not v.withdrawn_at][-1]
    newest = volume.replaced_by is None and volume.key == last.key
    sentence = "".join(piece.text for piece in lead(document).sentence)
    return frame(
        asked,
        volume.house,
        title=_("%(title)s %(year)s年%(number)s") % words,
        room="issue" if newest else "",
        description=sentence,
        inner=False,
        kind="article",
        indexed=volume.replaced_by is None,
    )


def _marks(editions: list[Volume], place: int, look: Look) -> dict[int, Link]:
    """Beside which lines a correction is told, by place: of a replaced edition, what came later."""
    if editions[place].replaced_by is None:
        return marks(editions, look)
    return later_marks(editions[place], editions[place + 1], look)


def _history(volume: Volume, place: int) -> str:
    """2026年10月20日签发，2026年10月21日发布，第1版，未经更正。"""
    words = {
        "signed": dates.moment(volume.signed_at),
        "published": dates.moment(volume.published_at),
        "place": place + 1,
        "corrected": _("未经更正") if not place else _corrected(place),
    }
    return _("%(signed)s签发，%(published)s发布，第%(place)s版，%(corrected)s。") % words


def _corrected(times: int) -> str:
    return ngettext("更正过%(count)s次", "更正过%(count)s次", times) % {"count": times}


def _older(volume: Volume, look: Look) -> Link | None:
    if volume.replaced is None:
        return None
    url = _edition_url(volume, volume.replaced)
    return Link(_("查看更正前的版本"), look.link(url))


def _superseded(volume: Volume, editions: list[Volume], look: Look) -> Superseded | None:
    if volume.replaced_by is None:
        return None
    current = Link(_("阅读现行版本"), look.link(issue_url(volume)))
    return superseded(volume, editions, current, look)


def _edition_url(volume: Volume, proof_no: int) -> str:
    return reverse("site:edition", args=[volume.slug, *volume.key, proof_no])


def _turns(volume: Volume, volumes: list[Volume], look: Look) -> tuple[Turn, Turn]:
    first = Turn(_("上一期"), _("这是第一期"))
    last = Turn(_("下一期"), _("尚未发布"))
    before = [v for v in reversed(volumes) if v.key < volume.key]
    after = [v for v in volumes if v.key > volume.key]
    return _turn(first, before, look), _turn(last, after, look)


def _turn(end: Turn, volumes: list[Volume], look: Look) -> Turn:
    """To the nearest of these, `end` where there is none; what was withdrawn before it is named."""
    gone = [dates.number(v.text) for v in takewhile(lambda v: v.withdrawn_at, volumes)]
    told = _("%s已撤下") % _("、").join(gone) if gone else ""
    found = next((v for v in volumes if not v.withdrawn_at), None)
    if found is None:
        return replace(end, gone=told)
    number, period = dates.number(found.text), dates.period(found.text.period)
    return Turn(end.label, number, period, look.link(issue_url(found)), told)
