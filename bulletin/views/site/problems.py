"""How the site answers what it cannot: with a page that helps, in the reader's look."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.defaults import bad_request as staff_bad_request
from django.views.defaults import page_not_found as staff_page_not_found

from bulletin.middleware import is_staff_path
from bulletin.site.looks import LOOKS, PLAIN, Look
from bulletin.site.problems import problem

R = TypeVar("R", bound=HttpResponseBase)
READING: Final = ("GET", "HEAD")
JSON: Final = "application/json; charset=utf-8"
FOR_PROGRAMS: Final = "/api/v"


def look_of(request: HttpRequest) -> Look:
    return LOOKS.get(request.GET.get("view", ""), PLAIN)


def told(request: HttpRequest, status: HTTPStatus, template: str) -> HttpResponse:
    """Never kept: what is missing may be there in a moment."""
    response = HttpResponse(problem(template, look_of(request)), status=status)
    response.headers["Cache-Control"] = "no-cache"
    return response


def absent(request: HttpRequest) -> HttpResponse:
    """The same bytes for what is not there and for what is not public."""
    return told(request, HTTPStatus.NOT_FOUND, "404.html")


def only_for_reading(request: HttpRequest) -> HttpResponse:
    response = told(request, HTTPStatus.METHOD_NOT_ALLOWED, "site/only_for_reading.html")
    response.headers["Allow"] = ", ".join(READING)
    return response


def error(status: HTTPStatus, text: str) -> HttpResponse:
    """For programs: the same in JSON."""
    body = json.dumps({"error": text}, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    return opened(response)


def opened(response: R) -> R:
    """Pages of any site may read it: nothing in it is for one reader alone."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where no address matches; staff get the page without the site's doors."""
    if request.path_info.startswith(FOR_PROGRAMS):
        return error(HTTPStatus.NOT_FOUND, _("没有这份数据。"))
    return staff_page_not_found(request, exception) if is_staff_path(request) else absent(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_staff_path(request):
        return staff_bad_request(request, exception)
    return told(request, HTTPStatus.BAD_REQUEST, "400.html")
