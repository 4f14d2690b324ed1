"""The stored bytes of a published edition, under a name that says what they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from bulletin import storage
from bulletin.models import EditionFile
from bulletin.renderers import FORMATS
from bulletin.site.downloads import find, shown_name
from bulletin.site.takeaway import disposition, read_name

from .answers import FILE_CACHE, PAGE_CACHE, name_bytes, public


@public
def download(
    request: HttpRequest, slug: str, year: int, number: int, filename: str
) -> HttpResponseBase:
    """By digest for ever; by name alone the edition in force."""
    file = find(slug, year, number, filename)
    asked = read_name(filename)
    assert asked is not None  # noqa: S101  it was found by it
    return _answer(request, file, f"{asked.stem}.{asked.extension}", immutable=bool(asked.digest))


def _answer(
    request: HttpRequest, file: EditionFile, plain: str, *, immutable: bool
) -> HttpResponseBase:
    edition, form = file.edition, FORMATS[file.format]
    response = HttpResponse(content_type=form.content_type)
    published = edition.published_at
    assert published is not None  # noqa: S101  only published editions are found
    name_bytes(response, file.sha256, FILE_CACHE if immutable else PAGE_CACHE, published)
    # A browser shows a PDF; anything else is saved, never run.
    kind = "inline" if form.extension == "pdf" else "attachment"
    shown = f"{shown_name(edition)}.{form.extension}"
    response.headers["Content-Disposition"] = disposition(kind, plain, shown)
    response.headers["X-Content-Type-Options"] = "nosniff"
    known = get_conditional_response(
        request, response.headers["ETag"], int(published.timestamp()), response
    )
    if known is not response and known is not None:
        return known
    response.content = storage.read(file)
    return response
