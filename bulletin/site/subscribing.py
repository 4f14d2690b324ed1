"""The pages of the mail subscription: asking, confirming, ending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from .frame import Link, frame
from .pages import Asked
from .shelf import House


@dataclass(frozen=True, slots=True)
class AskPage:
    action: str
    email: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class StepPage:
    """`action` is the one button; without it the step is done and `told` says so. `again` leads
    back to where it began, for a slip of the pen or a change of mind."""

    title: str
    told: str
    action: str = ""
    button: str = ""
    again: Link | None = None


def ask_words(asked: Asked, house: House, email: str = "", refused: str = "") -> dict[str, Any]:
    title = _("邮件订阅 %s") % house.name
    around = frame(asked, house, title=title, room="subscribe")
    action = asked.look.link(reverse("site:subscribe", args=[house.slug]))
    return {"frame": around, "page": AskPage(action, email, refused)}


def step_words(
    asked: Asked, house: House, title: str, told: str, button: str = "", again: str = ""
) -> dict[str, Any]:
    around = frame(asked, house, title=f"{title} {house.name}", room="subscribe", indexed=False)
    action = asked.look.link(asked.path) if button else ""
    start = asked.look.link(reverse("site:subscribe", args=[house.slug]))
    back = Link(again, start) if again else None
    return {"frame": around, "page": StepPage(title, told, action, button, back)}
