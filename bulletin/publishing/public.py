"""The one door to the public: publishing, replacing and withdrawing all go through `change`."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from bulletin import baking
from bulletin.finding.keeping import refresh
from bulletin.models import Edition, Issue
from bulletin.moves import lock

from .files import ensure_files, ensure_stamped


def change(issue: Issue, act: Callable[[Issue], Edition], *, appearing: Edition | None) -> Edition:
    """Do `act` on the locked issue, in one transaction; returns the edition that appeared or,
    where nothing appears, the one that was withdrawn.

    `appearing` is the edition about to become public. Whatever takes long is made for it
    before the transaction, so that nothing public ever waits for a renderer; `act` decides
    again, under the lock, whether it may appear at all. The public pages are drawn before it
    ends, and switched to after. Raises MoveRefused, with nothing done.
    """
    if appearing is not None:
        ensure_files(appearing)
        for held in Edition.objects.standing().filter(issue=issue).exclude(pk=appearing.pk):
            ensure_stamped(held, appearing)
    with transaction.atomic():
        row = lock(issue)
        edition = act(row)
        refresh(edition.issue)
        baking.bake(row)
        return edition
