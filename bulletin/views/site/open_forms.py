"""Forms on pages without a session: who may post, and what of it is read.

There is no cookie here and so nothing a foreign page could act with; what it could do is
make its readers' browsers ask on their address. That is refused by what browsers say of
themselves (docs/decisions/0030).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .problems import absent, told

LARGEST_FILE: Final = 20 * 1024 * 1024  # as nginx lets through
View = Callable[..., HttpResponseBase]


def open_form(*, anywhere: bool = False) -> Callable[[View], View]:
    """GET, HEAD and POST; posts from pages of other sites are refused, unless `anywhere`."""

    def opened(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and not (anywhere or from_here(request)):
                return refused(request)
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                return absent(request)
            if request.method == "POST":
                response.headers["Cache-Control"] = "no-store"
            return response

        return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(answered))

    return opened


def from_here(request: HttpRequest) -> bool:
    """Whether no browser says that the form stood on another site; old ones say nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def refused(request: HttpRequest) -> HttpResponse:
    response = told(request, HTTPStatus.FORBIDDEN, "site/refused.html")
    response.headers["Cache-Control"] = "no-store"
    return response


class DigestOnly(FileUploadHandler):
    """The SHA-256 of what is uploaded; the bytes are neither kept nor written anywhere."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.digest = ""
        self.too_large = False
        self._hash = hashlib.sha256()
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > LARGEST_FILE:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self._size:
            self.digest = self._hash.hexdigest()
        return None
