"""About, help and the accessibility statement: one page of words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from .answers import answer, public
from .frame import frame
from .shelf import House, house_of


@public
def about(request: HttpRequest) -> HttpResponseBase:
    house = house_of() or House()

    def draw() -> dict[str, Any]:
        title = _("关于本刊 %s") % house.name
        return {"frame": frame(request, house, title=title, room="about"), "page": house.name}

    return answer(request, "site/about.html", house, draw, published=None)
