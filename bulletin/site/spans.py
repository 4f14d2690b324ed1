"""Which years a page of one year leads to: those beside it, so that no page grows with the
archive and a year's first issue touches few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from .frame import Link
from .looks import Look

REACH = 5  # years on either side; at an end of the row as many more on the other


def beside(years: Iterable[int], shown: int) -> list[int]:
    """Eleven years with `shown` among them, the newest first; all where there are no more."""
    row = sorted(set(years), reverse=True)
    at = row.index(shown)
    start = max(0, min(at - REACH, len(row) - 2 * REACH - 1))
    return row[start : start + 2 * REACH + 1]


def touched(years: Iterable[int], changed: int) -> list[int]:
    """Years whose pages may lead elsewhere when `changed` comes or goes."""
    row = sorted({*years, changed})
    at = row.index(changed)
    most = 2 * REACH + 1
    return row[max(0, at - most) : at + most + 1]


def tabs(years: Sequence[int], shown: int, name: str, slug: str, look: Look) -> tuple[Link, ...]:
    """Links to the pages `name` of the years beside; to the map where there are others."""
    near = beside(years, shown)
    found = [
        Link(str(year), look.link(reverse(f"site:{name}", args=[slug, year])), year == shown)
        for year in near
    ]
    if len(near) < len(set(years)):
        found.append(Link(_("全部年份"), look.link(reverse("site:map", args=[slug]))))
    return tuple(found)
