"""The view of a page in the table: draws it for the one who asks where it is not baked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from bulletin.site.pages import Moved
from bulletin.site.table import PAGES

from .answers import PAGE_CACHE, answer, asked_of, public


def view_of(name: str) -> Callable[..., HttpResponseBase]:
    """The view of the page of that name."""
    page = PAGES[name]

    def view(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        asked = asked_of(request)
        try:
            return answer(request, page.sheet(asked, **arguments))
        except Moved as moved:
            response = redirect(moved.url)
            response.headers["Cache-Control"] = PAGE_CACHE
            return response

    return public(view)
