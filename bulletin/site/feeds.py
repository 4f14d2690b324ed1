"""The Atom feed: the newest issues with their whole text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure

from bulletin.models import Edition

from .amending import correction_url
from .front import issue_url
from .pages import Absent, Asked, Sheet
from .reading import lead, parts
from .shelf import House, Stored, Volume, files_of, first_published, house_of, volumes_of
from .takeaway import downloads

NEWEST: Final = 12
ATOM: Final = "application/atom+xml; charset=utf-8"


class _WholeText(Atom1Feed):
    """Adds what the generator lacks: the text itself beside its first sentence."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["text"], {"type": "html"})


def feed(asked: Asked, slug: str) -> Sheet:
    """The newest twelve, by when their editions were published: a correction comes again."""
    house = house_of(slug)
    if house is None:
        raise Absent
    rows = Edition.objects.current().of(slug).order_by("-published_at")
    volumes = volumes_of(rows[:NEWEST])
    newest = volumes[0].published_at if volumes else None
    first, files = first_published(volumes), files_of(volumes)

    def write() -> bytes:
        written = _begun(asked, house)
        for volume in volumes:
            _add(written, volume, first[volume.pk], files[volume.pk])
        return written.writeString("utf-8").encode()

    return Sheet((house, volumes, first, files), write, newest, ATOM)


def _begun(asked: Asked, house: House) -> _WholeText:
    return _WholeText(
        title=house.name,
        link=settings.SITE_URL + reverse("site:archive", args=[house.slug]),
        description="",
        language="zh-Hans",
        author_name=house.owner,
        feed_url=settings.SITE_URL + asked.path,
        feed_guid=settings.SITE_URL + asked.path,
    )


def _add(
    written: _WholeText, volume: Volume, first: dt.datetime, files: tuple[Stored, ...]
) -> None:
    """A correction keeps the entry and its date, is told in title and text and by `updated`."""
    document = volume.text
    url = settings.SITE_URL + issue_url(volume)
    told = {"volume": volume, "parts": parts(document), "difference": ""}
    if volume.replaced is not None:
        place = correction_url(volume.slug, *volume.key, volume.proof_no)
        told["difference"] = settings.SITE_URL + place
    sentence = "".join(piece.text for piece in lead(document).sentence)
    written.add_item(
        title=_title(volume),
        link=url,
        description=sentence,
        text=render_to_string("site/feed_text.html", told),
        unique_id=url,
        pubdate=first,
        updateddate=volume.published_at,
        enclosures=list(_printed(volume, files)),
    )


def _printed(volume: Volume, files: tuple[Stored, ...]) -> Iterator[Enclosure]:
    """The issue as on paper, for readers that fetch it along."""
    sizes = {file.sha256: file.size for file in files}
    for file in downloads(volume, files):
        if file.short == "PDF":
            length = sizes[file.sha256.replace(" ", "")]
            yield Enclosure(settings.SITE_URL + file.url, str(length), "application/pdf")


def _title(volume: Volume) -> str:
    document = volume.text
    title = f"{document.masthead} {document.period.year}年{document.number_line}"
    return title if volume.replaced is None else f"{title}（有更正）"
