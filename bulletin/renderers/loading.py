"""The one place where a module is imported by name: a format's libraries cost more to load
than an issue to render, so that nothing is loaded for a format before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def part(name: str) -> Any:
    """A module of this package, imported when first asked for."""
    return import_module(f"{__package__}.{name}")
