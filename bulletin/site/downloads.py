"""The files of published editions as pages: each under its digest and under its plain name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from bulletin import storage
from bulletin.models import Edition, EditionFile
from bulletin.renderers import FORMATS

from .pages import Absent, Arguments, Asked, Change, Sheet
from .places import SLUG
from .shelf import public_file
from .takeaway import SHORT, read_name, stem
from .tombstones import missing


def download(asked: Asked, slug: str, year: int, number: int, filename: str) -> Sheet:
    file = find(slug, year, number, filename)
    content_type = FORMATS[file.format].content_type
    published = file.edition.published_at
    return Sheet(file.sha256, lambda: storage.read(file), published, content_type)


def find(slug: str, year: int, number: int, filename: str) -> EditionFile:
    """By digest of any published edition, by name alone of the one in force.

    Raises Absent, or Gone where the issue was withdrawn.
    """
    asked = read_name(filename)
    if asked is None or asked.stem != stem(slug, year, number):
        raise Absent
    formats = [f.name for f in FORMATS.values() if f.public and f.extension == asked.extension]
    file = public_file(slug, year, number, formats, asked.digest)
    if file is None:
        missing(slug, year, number)
    return file


def shown_name(edition: Edition) -> str:
    """What its files are saved as, without the end: 政务窗口月报2026年第2期"""
    document = edition.document
    words = {
        "title": document.masthead,
        "year": document.period.year,
        "number": document.number_line,
    }
    return _("%(title)s%(year)s年%(number)s") % words


def files(change: Change | None) -> Iterable[Arguments]:
    return [arguments for arguments, _digest, _plain in _named(change)]


def digests() -> Iterator[tuple[Arguments, str]]:
    """The SHA-256 of the file at each address: by its plain name that of the edition in force."""
    for arguments, digest, current in _named(None):
        if current or digest[:SHORT] in arguments["filename"]:
            yield arguments, digest


def _named(change: Change | None) -> Iterator[tuple[Arguments, str, bool]]:
    """Each file by both its names, its SHA-256, and whether its edition is in force."""
    public = [name for name, form in FORMATS.items() if form.public]
    stamped = Q(stamp=None) | Q(stamp=F("edition__superseded_by"))
    published = Edition.objects.published()
    if change is not None:
        published = published.of(change.slug).filter(year=change.year, number=change.number)
    rows = EditionFile.objects.filter(stamped, edition__in=published, format__in=public)
    found = rows.order_by("edition_id", "pk").values_list(
        f"edition__{SLUG}", "edition__year", "edition__number", "format", "sha256",
        "edition__superseded_by",
    )  # fmt: skip
    for slug, year, number, form, sha256, superseded in found:
        name, end = stem(slug, year, number), FORMATS[form].extension
        for filename in (f"{name}.{end}", f"{name}.{sha256[:SHORT]}.{end}"):
            named = {"slug": slug, "year": year, "number": number, "filename": filename}
            yield named, sha256, superseded is None
