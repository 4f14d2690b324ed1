"""Where browsers look for an icon without having read a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from .answers import PAGE_CACHE, public


@public
def icon(request: HttpRequest) -> HttpResponse:
    response = redirect(static("bulletin/icon-32.png"))
    response.headers["Cache-Control"] = PAGE_CACHE
    return response
