"""About, help and the accessibility statement: one page of words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .frame import frame
from .pages import Asked, Sheet, by_template
from .shelf import House, house_of


def about(asked: Asked) -> Sheet:
    house = house_of() or House()

    def words() -> dict[str, Any]:
        title = _("关于本刊 %s") % house.name
        return {"frame": frame(asked, house, title=title, room="about"), "page": house.name}

    return Sheet(house, by_template(asked, "site/about.html", words))
