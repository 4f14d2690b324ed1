"""How the site answers what it cannot: with a page that helps, in the reader's look."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request as staff_bad_request
from django.views.defaults import page_not_found as staff_page_not_found

from bulletin.middleware import is_staff_path
from bulletin.site.looks import LOOKS, PLAIN, Look
from bulletin.site.problems import problem

READING: Final = ("GET", "HEAD")


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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where no address matches; staff get the page without the site's doors."""
    return staff_page_not_found(request, exception) if is_staff_path(request) else absent(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_staff_path(request):
        return staff_bad_request(request, exception)
    return told(request, HTTPStatus.BAD_REQUEST, "400.html")
