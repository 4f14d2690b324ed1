"""Unfinished forms, kept while they are typed: neither a submission nor a trail comes of it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from bulletin.handing_in.keeping import EDITABLE
from bulletin.handing_in.written import Place, own_key
from bulletin.models import Scratch, Submission
from windows.models import User

LONGEST: Final = 60_000  # characters of one form
_KEPT: Final = dt.timedelta(days=90)
_NEVER: Final = frozenset({"csrfmiddlewaretoken", "action", "files"})


@dataclass(frozen=True, slots=True)
class Slot:
    """Whose unfinished form: a new one of a month and kind, or that of a submission."""

    user: User
    place: Place
    kind: str
    row: Submission | None = None

    def rows(self) -> QuerySet[Scratch]:
        mine = Scratch.objects.filter(user=self.user)
        if self.row:
            return mine.filter(submission=self.row)
        return mine.filter(submission=None, **self.where())

    def where(self) -> dict[str, object]:
        place = self.place
        at = {"window": place.window, "year": place.year, "month": place.month}
        return {**at, "kind": self.kind}


def keep(slot: Slot, fields: QueryDict) -> Scratch | None:
    """Write over what was kept; None when the form was handed in or saved meanwhile."""
    if is_over(slot, fields) or len(fields.urlencode()) > LONGEST:
        return None
    written = {_storable(n): list(map(_storable, v)) for n, v in fields.lists() if n not in _NEVER}
    Scratch.objects.filter(user=slot.user, saved_at__lt=timezone.now() - _KEPT).delete()
    try:
        with transaction.atomic():
            return _write(slot, written)
    except IntegrityError:  # the same form at the same moment: it is there now
        return _write(slot, written)


def _storable(words: str) -> str:
    """PostgreSQL keeps no NUL, not in JSON either."""
    return words.replace("\0", "")


def _write(slot: Slot, written: dict[str, Any]) -> Scratch:
    found = slot.rows().first()
    row = found or Scratch(user=slot.user, submission=slot.row, **slot.where())
    row.fields = written
    row.save()
    return row


def kept(slot: Slot) -> Scratch | None:
    """What to go on with; what was handed in meanwhile is cleared away."""
    row = slot.rows().first()
    if row and is_over(slot, row.posted):
        row.delete()
        return None
    return row


def forget(slot: Slot, key: str = "") -> None:
    """With `key`, only that new form's: another one may be open in the next tab."""
    for row in slot.rows():
        if slot.row or not key or row.posted.get("key", key) == key:
            row.delete()


def begun(user: User, place: Place) -> list[Scratch]:
    """New forms of the month that were begun and not kept as drafts."""
    kinds = [Slot(user, place, kind) for kind in Submission.Kind.values]
    return [row for row in map(kept, kinds) if row]


def is_over(slot: Slot, fields: QueryDict) -> bool:
    if slot.row:
        return slot.row.state not in EDITABLE
    if slot.kind == Submission.Kind.REPORT:
        return Submission.objects.filter(**slot.where()).exists()
    try:
        key = own_key(slot.user, slot.place.window, uuid.UUID(fields.get("key", "")))
    except ValueError:
        return False
    return Submission.objects.filter(key=key).exists()
