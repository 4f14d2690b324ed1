"""The inbox remembers how a person last filtered it; the address still says all of it."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from bulletin.models import KeptFilter

from .base import person

NAMES: Final = ("state", "holder", "kind", "month", "due", "q", "o")
FROM_SIDEBAR: Final = "state=todo"


def remember(request: HttpRequest) -> None:
    """Keep the filters of this address, when there are any and they are new."""
    chosen = request.GET.copy()
    for name in set(chosen) - set(NAMES):
        del chosen[name]
    query = chosen.urlencode()
    if query == FROM_SIDEBAR:  # pressed to come in, not chosen
        return
    if query and len(query) <= 200 and query != last_query(request):
        KeptFilter.objects.update_or_create(user=person(request), defaults={"query": query})


def last_query(request: HttpRequest) -> str:
    """state=claimed&holder=me, or nothing."""
    found = KeptFilter.objects.filter(user=person(request)).values_list("query", flat=True)
    return found.first() or ""
