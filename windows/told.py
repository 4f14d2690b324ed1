"""Django's account of a change on an admin page, in words for the trail."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def in_words(message: Any) -> str:
    """改截止、选题；加约稿“以旧换新” — empty where nothing is named."""
    parts = [part for part in message if isinstance(part, dict)]
    return "；".join(filter(None, (_part(part) for part in parts)))


def _part(part: dict[str, Any]) -> str:
    for deed, word in (("added", _("加")), ("changed", _("改")), ("deleted", _("删"))):
        if told := part.get(deed):
            row = f"{told['name']}“{told['object']}”" if "name" in told else ""
            fields = "、".join(_named(field) for field in told.get("fields", ()))
            return f"{word}{row}{fields}" if row or fields else ""
    return ""


def _named(field: object) -> str:
    """By its label; a change of password is told by Django with the column's name."""
    return _("密码") if field == "password" else str(field)
