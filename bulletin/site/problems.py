"""Pages for what could not be answered: what happened, what to do, and the way on.

They stand in the site as any page does, and are the same bytes wherever they are met, so
that nothing is told of what is not public.
"""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.urls import reverse

from .frame import frame
from .looks import PLAIN, Look
from .pages import Asked, by_template
from .shelf import House, house_of


def problem(template: str, look: Look = PLAIN) -> bytes:
    """The switches of the page lead to the front page: this one has no address of its own."""
    asked = Asked(reverse("site:front"), look)
    house = _house()

    def words() -> dict[str, Any]:
        return {"frame": frame(asked, house, title="", indexed=False)}

    return by_template(asked, template, words)()


def _house() -> House:
    """Nobody's where the tables do not answer: a page that helps must not need them."""
    try:
        return house_of() or House()
    except DatabaseError:
        return House()
