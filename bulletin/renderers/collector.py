"""Rendering without the search for circles of garbage.

A document becomes some hundred thousand small tuples that hold no circle; looking through
them again and again took a quarter of the time of a long one.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Of several threads the first to finish lets it go on; none leaves it off."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
