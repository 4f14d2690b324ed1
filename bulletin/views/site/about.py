"""About, help and the accessibility statement: one page of words."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from .answers import answer, public
from .frame import frame
from .shelf import House, house_of


@public
def about(request: HttpRequest) -> HttpResponseBase:
    house = house_of() or House()
    facts = {
        "frame": frame(request, house, title=_("关于本刊 %s") % house.name, room="about"),
        "page": house.name,
    }
    return answer(request, "site/about.html", facts, published=None)
