"""What readers are served out of the tree of baked pages."""

from __future__ import annotations

from bulletin import baking
from bulletin.baked import checking, switching, tree


def site() -> dict[str, str]:
    """Steps → SHA-256, `index.html` and the like; the tree is whole."""
    place = baking.store()
    root = switching.current(place).name
    assert list(checking.faults(place, root)) == []
    return {"/".join(steps): entry.value for steps, entry in tree.walk(place, root)}
