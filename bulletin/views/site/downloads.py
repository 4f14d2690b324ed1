"""The stored bytes of a published edition, under a name that says what they are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from bulletin import storage
from bulletin.models import EditionFile
from bulletin.renderers import FORMATS
from bulletin.site.shelf import public_file
from bulletin.site.takeaway import disposition, read_name, stem

from .answers import FILE_CACHE, PAGE_CACHE, name_bytes, public

# A browser shows it where it can; anything else is saved, never run.
SHOWN = frozenset({"application/pdf"})


@public
def download(
    request: HttpRequest, slug: str, year: int, number: int, filename: str
) -> HttpResponseBase:
    """By digest for ever; by name alone the edition in force."""
    asked = read_name(filename)
    if asked is None or asked.stem != stem(slug, year, number):
        raise Http404
    formats = [f.name for f in FORMATS.values() if f.public and f.extension == asked.extension]
    file = public_file(slug, year, number, formats, asked.digest)
    if file is None:
        raise Http404
    return _answer(request, file, f"{asked.stem}.{asked.extension}", immutable=bool(asked.digest))


def _answer(
    request: HttpRequest, file: EditionFile, plain: str, *, immutable: bool
) -> HttpResponseBase:
    edition = file.edition
    response = HttpResponse(content_type=FORMATS[file.format].content_type)
    published = edition.published_at
    assert published is not None  # noqa: S101  only published editions are found
    name_bytes(response, file.sha256, FILE_CACHE if immutable else PAGE_CACHE, published)
    kind = "inline" if FORMATS[file.format].content_type in SHOWN else "attachment"
    response.headers["Content-Disposition"] = disposition(kind, plain, _shown_name(file))
    response.headers["X-Content-Type-Options"] = "nosniff"
    known = get_conditional_response(
        request, response.headers["ETag"], int(published.timestamp()), response
    )
    if known is not response and known is not None:
        return known
    response.content = storage.read(file)
    return response


def _shown_name(file: EditionFile) -> str:
    """政务窗口月报2026年第2期.pdf"""
    document = file.edition.document
    words = {
        "title": document.masthead,
        "year": document.period.year,
        "number": document.number_line,
    }
    name = _("%(title)s%(year)s年%(number)s") % words
    return f"{name}.{FORMATS[file.format].extension}"
