"""The front page: the current issue, in its own first sentences."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from .answers import answer, public
from .frame import Frame, Link, frame
from .looks import Look, look_of
from .masthead import Mast, masthead
from .reading import Headlines, Lead, headlines, lead
from .sentences import first_sentence
from .shelf import House, Stored, Volume, files_of, house_of, recent
from .takeaway import Download, downloads


@dataclass(frozen=True, slots=True)
class Front:
    mast: Mast
    read: Link
    lead: Lead
    sections: tuple[Headlines, ...]
    downloads: tuple[Download, ...]
    year: int
    run: tuple[Link, ...]
    corrected: tuple[Link, ...]
    archive: Link


@public
def front(request: HttpRequest) -> HttpResponseBase:
    volumes = recent(years=1)
    if not volumes:
        return _nothing_yet(request)
    files = files_of(volumes[:1])
    published = max(volume.published_at for volume in volumes)

    def draw() -> dict[str, Any]:
        return {"frame": _frame(request, volumes[0]), "page": _page(request, volumes, files)}

    return answer(request, "site/front.html", (volumes, files), draw, published=published)


def _frame(request: HttpRequest, current: Volume) -> Frame:
    description = _description(current)
    title = current.text.masthead
    return frame(request, current.house, title=title, description=description, inner=False)


def _page(
    request: HttpRequest, volumes: list[Volume], files: dict[int, tuple[Stored, ...]]
) -> Front:
    current = volumes[0]
    look = look_of(request)
    return Front(
        mast=masthead(current.text),
        read=Link(
            _("阅读%(number)s全文") % {"number": current.text.number_line},
            look.link(issue_url(current)),
        ),
        lead=lead(current.text),
        sections=headlines(current.text),
        downloads=downloads(current, files[current.pk]),
        year=current.year,
        run=_run(volumes, look),
        corrected=_corrected(volumes, look),
        archive=_archive(volumes, look),
    )


def issue_url(volume: Volume) -> str:
    return reverse("site:issue", args=[volume.slug, *volume.key])


def _description(volume: Volume) -> str:
    first = next((item for section in volume.text.sections for item in section.items), None)
    return first_sentence(first.text)[0] if first else volume.text.number_line


def _this_year(volumes: list[Volume]) -> list[Volume]:
    newest = volumes[0].year
    return list(takewhile(lambda volume: volume.year == newest, volumes))


def _run(volumes: list[Volume], look: Look) -> tuple[Link, ...]:
    """The year's numbers in order; a combined issue is one of them (1—2)."""
    return tuple(
        Link(
            volume.text.number_line[1:-1],
            look.link(issue_url(volume)),
            volume is volumes[0],
        )
        for volume in reversed(_this_year(volumes))
    )


def _corrected(volumes: list[Volume], look: Look) -> tuple[Link, ...]:
    return tuple(
        Link(
            _("%(number)s有更正") % {"number": volume.text.number_line},
            look.link(issue_url(volume)) + "#editions",
        )
        for volume in _this_year(volumes)
        if volume.replaced
    )


def _archive(volumes: list[Volume], look: Look) -> Link:
    words = {"year": volumes[-1].year, "count": len(volumes)}
    text = _("%(year)s年以来共%(count)s期") % words
    return Link(text, look.link(reverse("site:archive", args=[volumes[0].slug])))


def _nothing_yet(request: HttpRequest) -> HttpResponseBase:
    return nothing_yet(request, house_of() or House())


def nothing_yet(request: HttpRequest, house: House, room: str = "") -> HttpResponseBase:
    """A publication without a published issue: what will appear here."""

    def draw() -> dict[str, Any]:
        around = frame(request, house, title=house.name, room=room, inner=False)
        return {"frame": around, "page": house.name}

    return answer(request, "site/nothing_yet.html", house, draw, published=None)
