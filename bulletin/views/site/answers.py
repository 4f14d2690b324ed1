"""How a public page answers where it is not baked: bytes that follow from its facts.

Its ETag is the digest of those facts and of the code that draws them, so an unchanged
page costs no drawing. Nothing here reads a session, a cookie or a user.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import RFC3986_SUBDELIMS, http_date
from django.views.decorators.csrf import csrf_exempt

from bulletin import baking
from bulletin.site.pages import HTML, Asked, Sheet
from bulletin.site.tombstones import Gone
from bulletin.site.version import version

from .kept import Kept
from .problems import READING, absent, look_of, only_for_reading

View = Callable[..., HttpResponseBase]

PAGE_CACHE: Final = "public, max-age=60"
KEPT: Final = Kept(most=256)
FILE_CACHE: Final = "public, max-age=31536000, immutable"


def public(view: View) -> View:
    """GET and HEAD only; whatever cannot be answered is answered with a page that helps.

    No answer from the tables is ahead of the pages that are baked.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in READING:
            return only_for_reading(request)
        try:
            response = view(request, *args, **kwargs)
        except Gone as gone:
            response = tombstone(gone, request)
        except Http404:
            response = absent(request)
        baking.catch_up()
        return response

    return csrf_exempt(answered)


def tombstone(gone: Gone, request: HttpRequest) -> HttpResponse:
    """410: search engines forget it, readers learn why."""
    page = gone.page(asked_of(request))
    response = HttpResponse(page, status=HTTPStatus.GONE)
    response.headers["Cache-Control"] = PAGE_CACHE
    return response


def answer(request: HttpRequest, sheet: Sheet, kept: Kept = KEPT) -> HttpResponseBase:
    """The page, written only where its bytes are not at hand; 304 where the reader has it."""
    drawn = version()
    named = f"{drawn.digest} {request.path} {look_of(request).view} {sheet.key!r}"
    etag = hashlib.sha256(named.encode()).hexdigest()[:32]
    modified = max(drawn.changed, sheet.published) if sheet.published else drawn.changed
    response = HttpResponse(content_type=sheet.content_type)
    if sheet.content_type != HTML:  # data: pages of other sites may read it
        response.headers["Access-Control-Allow-Origin"] = "*"
    name_bytes(response, etag, PAGE_CACHE, modified)
    known = get_conditional_response(
        request, response.headers["ETag"], int(modified.timestamp()), response
    )
    if known is not response and known is not None:
        return known
    response.content = kept.get(etag, sheet.write)
    return response


def asked_of(request: HttpRequest) -> Asked:
    """The address as `reverse` spells it, so that a page is the same bytes as where it is baked."""
    return Asked(quote(request.path, safe=RFC3986_SUBDELIMS + "/~:@"), look_of(request))


def name_bytes(response: HttpResponse, etag: str, cache_for: str, modified: dt.datetime) -> None:
    response.headers["ETag"] = f'"{etag}"'
    response.headers["Cache-Control"] = cache_for
    response.headers["Last-Modified"] = http_date(modified.timestamp())
