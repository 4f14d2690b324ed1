"""WSGI: what is baked is answered here; everything else goes on to Django.

GET and HEAD alone, If-None-Match before If-Modified-Since, no Range (a bulletin is small).
A query string never makes another page: `view` chooses a look, whatever else is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import parse_qs

from .answers import Baked, Coded, Headers
from .pantry import Pantry

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
_NOTHING: Final[list[bytes]] = []
_MOST_CODINGS: Final = 16  # different Accept-Encoding headers remembered with a page


class BakedFirst:
    """`secure` is answered where the connection was, by itself or to the proxy before us."""

    def __init__(
        self,
        application: Application,
        plain: Pantry,
        secure: Pantry,
        views: frozenset[str],
        policies: Headers,
    ) -> None:
        self._application = application
        self._plain = plain
        self._secure = secure
        self._views = views
        self._refusal = [("Allow", "GET, HEAD"), ("Content-Length", "0"), *policies]

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        query = environ["QUERY_STRING"]
        view = self._view(query) if query else ""
        pantry = self._secure if is_secure(environ) else self._plain
        baked = pantry.find(environ["PATH_INFO"], view)
        if baked is None:
            return self._application(environ, start)
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":
            start("405 Method Not Allowed", self._refusal)
            return _NOTHING
        coded = _coded(baked, environ.get("HTTP_ACCEPT_ENCODING", ""))
        if is_known(environ, coded, baked.modified):
            start("304 Not Modified", coded.known)
            return _NOTHING
        start("200 OK", coded.headers)
        return coded.body if method == "GET" else _NOTHING

    def _view(self, query: str) -> str:
        view = parse_qs(query, keep_blank_values=True).get("view", [""])[-1]
        return view if view in self._views else ""


def is_secure(environ: Mapping[str, Any]) -> bool:
    return environ.get("HTTP_X_FORWARDED_PROTO") == "https" or environ["wsgi.url_scheme"] == "https"


def _coded(baked: Baked, asked: str) -> Coded:
    coded = baked.by_asked.get(asked)
    if coded is None:
        coded = baked.coded_for(asked)
        if len(baked.by_asked) < _MOST_CODINGS:
            baked.by_asked[asked] = coded
    return coded


def is_known(environ: Mapping[str, Any], coded: Coded, modified: int) -> bool:
    """Whether the reader has these bytes already (RFC 9110, 13.2.2)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return tags.strip() == "*" or coded.etag in [
            tag.strip().removeprefix("W/") for tag in tags.split(",")
        ]
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    try:
        return modified <= parsedate_to_datetime(since).timestamp()
    except (TypeError, ValueError):
        return False
