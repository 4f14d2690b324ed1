"""What a cell of figures carries with it."""

from __future__ import annotations

from django import template

from bulletin.forms.cells import seen_text
from stats.models import Figure

register = template.Library()


@register.filter
def seen(figure: Figure | None) -> str:
    """The stored pair as the page shows it, sent back so that nothing newer is written over."""
    return seen_text((figure.value, figure.denominator) if figure else None)
