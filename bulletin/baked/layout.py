"""Where an address stands in the tree."""

from __future__ import annotations

from typing import Final

PLAIN: Final = "plain"  # the folder of the look without a name
NAMES: Final = "names"  # the folder of what downloads are called
INDEX: Final = "index.html"


def steps_of(path: str, view: str) -> tuple[str, ...]:
    """`/monthly/2026/3/` in the look `dark` → ("dark", "monthly", "2026", "3", "index.html")."""
    below = path[1:].split("/")
    return (view or PLAIN, *below[:-1], below[-1] or INDEX)


def address_of(steps: tuple[str, ...]) -> str:
    """The other way round: `/monthly/2026/3/?view=dark`. What is no page is told by its path."""
    view, *below = steps
    if view == NAMES:
        return "/".join(steps)
    path = "/" + "/".join(below).removesuffix(INDEX)
    return path if view == PLAIN else f"{path}?view={view}"
