"""The front page: the current issue, in its own first sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from . import dates
from .amending import Amendment, correction_url, latest
from .frame import Frame, Link, frame
from .looks import Look
from .masthead import Mast, masthead
from .pages import Asked, Sheet, by_template
from .reading import Headlines, Lead, headlines, lead
from .sentences import first_sentence
from .shelf import House, Run, Stored, Volume, files_of, first_slug, house_of, recent, run_of
from .shelf import latest as lately
from .statistics.spark import Spark, spark
from .takeaway import Download, downloads

MOST_FRESH: Final = 5


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was published lately: an issue, or a correction of one."""

    date: str
    link: Link


@dataclass(frozen=True, slots=True)
class Front:
    mast: Mast
    read: Link
    amendments: tuple[Amendment, ...]
    lead: Lead
    sections: tuple[Headlines, ...]
    downloads: tuple[Download, ...]
    year: int
    run: tuple[Link, ...]
    corrected: tuple[Link, ...]
    archive: Link
    fresh: tuple[Fresh, ...]
    spark: Spark | None


def front(asked: Asked) -> Sheet:
    slug = first_slug()
    if not slug:
        return nothing_yet(asked, house_of() or House())
    volumes = recent(slug, years=2)
    files, run, fresh = files_of(volumes[:1]), run_of(slug), lately(slug, MOST_FRESH)

    def words() -> dict[str, Any]:
        page = _page(volumes, files, run, fresh, asked.look)
        return {"frame": _frame(asked, volumes[0]), "page": page}

    key = (volumes, files, run, fresh)
    return Sheet(key, by_template(asked, "site/front.html", words), fresh[0].published_at)


def _frame(asked: Asked, current: Volume) -> Frame:
    description = _description(current)
    title = current.text.masthead
    return frame(asked, current.house, title=title, description=description, inner=False)


def _page(
    volumes: list[Volume],
    files: dict[int, tuple[Stored, ...]],
    run: Run,
    fresh: list[Volume],
    look: Look,
) -> Front:
    current = volumes[0]
    return Front(
        mast=masthead(current.text),
        read=Link(
            _("阅读%(number)s全文") % {"number": dates.number(current.text)},
            look.link(issue_url(current)),
        ),
        amendments=latest(current, look),
        lead=lead(current.text),
        sections=headlines(current.text),
        downloads=downloads(current, files[current.pk]),
        year=current.year,
        run=_run(volumes, look),
        corrected=_corrected(volumes, look),
        archive=_archive(run, current.slug, look),
        fresh=tuple(_fresh(fresh, look)),
        spark=spark(volumes, look),
    )


def issue_url(volume: Volume) -> str:
    return reverse("site:issue", args=[volume.slug, *volume.key])


def _description(volume: Volume) -> str:
    first = next((item for section in volume.text.sections for item in section.items), None)
    return first_sentence(first.text)[0] if first else volume.text.number_line


def _this_year(volumes: list[Volume]) -> list[Volume]:
    return [volume for volume in volumes if volume.year == volumes[0].year]


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
            _("%(number)s有更正") % {"number": dates.number(volume.text)},
            look.link(issue_url(volume)) + "#editions",
        )
        for volume in _this_year(volumes)
        if volume.replaced
    )


def _fresh(volumes: list[Volume], look: Look) -> Iterator[Fresh]:
    """By when it appeared: a correction of an old issue is news too."""
    for volume in volumes:
        words = {"year": volume.year, "number": volume.number}
        if volume.replaced is None:
            text, url = _("发布%(year)s年第%(number)s期") % words, issue_url(volume)
        else:
            text = _("更正%(year)s年第%(number)s期") % words
            url = correction_url(volume.slug, *volume.key, volume.proof_no)
        date = dates.moment(volume.published_at)
        yield Fresh(date, Link(text, look.link(url)))


def _archive(run: Run, slug: str, look: Look) -> Link:
    words = {"year": run.years[-1], "count": run.count}
    text = _("%(year)s年以来共%(count)s期") % words
    return Link(text, look.link(reverse("site:archive", args=[slug])))


def nothing_yet(asked: Asked, house: House, room: str = "") -> Sheet:
    """A publication without a published issue: what will appear here."""

    def words() -> dict[str, Any]:
        around = frame(asked, house, title=house.name, room=room, inner=False)
        return {"frame": around, "page": house.name}

    return Sheet(house, by_template(asked, "site/nothing_yet.html", words))
