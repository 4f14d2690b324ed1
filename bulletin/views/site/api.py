"""The API: parameters checked, one answer, an ETag that costs no answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from bulletin.middleware import client_address
from bulletin.site.api import answers
from bulletin.site.api.answers import Query
from bulletin.site.api.description import PARAMETERS, description, filters
from bulletin.site.pages import Sheet
from bulletin.site.shelf import house_of, stamp

from .answers import answer
from .kept import Kept
from .limits import SEARCHES, seconds_to_wait
from .problems import JSON, READING, error, opened

ANSWERS: Final = Kept(most=64)
_ANSWERS: Final[dict[str, Callable[[Query], Any]]] = {
    "publications": answers.publications,
    "issues": answers.issues,
    "items": answers.items,
    "visits": answers.visits,
    "figures": answers.figures,
}


class BadParameter(Exception):
    """Which parameter is wrong and what it may be."""


def machine(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """GET and HEAD, from the pages of any site; whatever is wrong is told in JSON too."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return opened(_allowed(HttpResponse(status=HTTPStatus.NO_CONTENT)))
        if request.method not in READING:
            told = _("开放数据只供读取，请用 GET。")
            return _allowed(error(HTTPStatus.METHOD_NOT_ALLOWED, told))
        return opened(_answered(lambda: view(request, *args, **kwargs), request))

    return csrf_exempt(answered)


def _answered(ask: Callable[[], HttpResponseBase], request: HttpRequest) -> HttpResponseBase:
    if not SEARCHES.take(client_address(request)):
        response = error(HTTPStatus.TOO_MANY_REQUESTS, _("请求太多，请稍后再试。"))
        response.headers["Retry-After"] = seconds_to_wait(SEARCHES)
        return response
    try:
        return ask()
    except BadParameter as bad:
        return error(HTTPStatus.BAD_REQUEST, str(bad))
    except Http404:
        return error(HTTPStatus.NOT_FOUND, _("没有这份数据。"))


def _allowed(response: HttpResponse) -> HttpResponse:
    """What may be asked, also before a page of another site asks it."""
    response.headers["Allow"] = "GET, HEAD, OPTIONS"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def listing(name: str) -> Callable[..., HttpResponseBase]:
    """The view of a list of that name."""

    def view(request: HttpRequest) -> HttpResponseBase:
        query = _query(request, name)
        key = (name, query, stamp(query.publication))
        return _answer(request, key, lambda: _ANSWERS[name](query))

    return machine(view)


@machine
def issue(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponseBase:
    told = answers.issue(slug, year, number)
    return _answer(request, told, lambda: told)


@machine
def index(request: HttpRequest) -> HttpResponseBase:
    """Where everything is, for who begins at the root."""
    return _answer(request, "index", answers.index)


@machine
def openapi(request: HttpRequest) -> HttpResponseBase:
    return _answer(request, "openapi", description)


def _answer(request: HttpRequest, key: object, tell: Callable[[], Any]) -> HttpResponseBase:
    def write() -> bytes:
        return json.dumps(tell(), ensure_ascii=False).encode()

    return answer(request, Sheet(key, write, None, JSON), ANSWERS)


def _query(request: HttpRequest, name: str) -> Query:
    """Raises BadParameter for a value outside its schema; unknown names are passed over."""
    given = {key: request.GET[key] for key in filters(name) if key in request.GET}
    values: dict[str, Any] = {key: _checked(key, value) for key, value in given.items()}
    if not values.get("publication"):
        house = house_of()
        values["publication"] = house.slug if house else ""
    elif house_of(values["publication"]) is None:
        raise Http404
    return Query(**values)


def _checked(key: str, value: str) -> str | int:
    schema, told = PARAMETERS[key]
    if schema["type"] == "integer":
        if not re.fullmatch(r"[0-9]{1,4}", value) or not _within(schema, int(value)):
            raise BadParameter(f"{key}：{told}，{schema['minimum']}—{schema['maximum']}。")
        return int(value)
    if len(value) > schema.get("maxLength", 60) or re.search(r"[\x00\ud800-\udfff]", value):
        raise BadParameter(f"{key}：{told}。")
    if not re.search(schema.get("pattern", ""), value):
        raise BadParameter(f"{key}：{told}。")
    return value


def _within(schema: dict[str, Any], number: int) -> bool:
    return bool(schema["minimum"] <= number <= schema["maximum"])
