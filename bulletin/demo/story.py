"""Steps that happened at a time: told in order, each under a clock that shows its time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import timezone

Step = Callable[[], object]


class Story:
    """What people did, through the same services as ever; only the clock is invented."""

    def __init__(self) -> None:
        self.steps: list[tuple[dt.datetime, Step]] = []

    def at(self, when: dt.datetime, step: Step) -> None:
        self.steps.append((when, step))

    def tell(self) -> None:
        """By time; what happened at the same time, in the order it was added."""
        for when, step in sorted(self.steps, key=lambda one: one[0]):
            with showing(when):
                step()


@contextmanager
def showing(when: dt.datetime) -> Iterator[None]:
    """`timezone.now()` of the whole process, so not while it serves.

    Trails and editions take their times from it and are never changed afterwards: their
    past can only be written under its own clock.
    """
    real = timezone.now
    timezone.now = lambda: when
    try:
        yield
    finally:
        timezone.now = real
