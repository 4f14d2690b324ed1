"""What a window writes, kept and handed in: one transaction, one submission however often posted.

Views have gated the window before they call; who may submit is asked by `make_move`.
"""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bulletin.composing import submission_text
from bulletin.handing_in.keeping import EDITABLE, WRITERS, find, read_back
from bulletin.handing_in.written import (
    Count,
    Counts,
    News,
    Person,
    Place,
    Target,
    Visit,
    Written,
    own_key,
)
from bulletin.models import Commission, NilReturn, Submission
from bulletin.moves import leave_trail, make_move
from windows.models import User

__all__ = [
    "EDITABLE",
    "Count",
    "Counts",
    "News",
    "Person",
    "Place",
    "StaleDraft",
    "Target",
    "Visit",
    "nil_month",
    "nil_return",
    "own_key",
    "read_back",
    "save",
    "undo_nil_return",
]

_TRIES: Final = 2


class StaleDraft(Exception):
    """Somebody saved this draft meanwhile; `saved` is what stands there now."""

    def __init__(self, saved: Submission) -> None:
        super().__init__(_("这一条刚才在别处改过，为免丢失没有覆盖。"))
        self.saved = saved


def save(
    place: Place,
    written: Written,
    *,
    by: User,
    target: Target,
    submit: bool = False,
    answers: Commission | None = None,
) -> Submission:
    """Keep what was written and, with `submit`, hand it in; `answers` is the 约稿 it is for.

    What is already in the centre's hands is given back untouched: the POST came twice.
    Raises StaleDraft, and MoveRefused (then nothing was written).
    """
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                row = _save(place, written, by, target, submit)
                _answer(answers, row)
                return row
        except IntegrityError:  # the same form, posted at the same time: it is there now
            if not left:
                raise
    raise AssertionError("unreachable")


def _save(place: Place, written: Written, by: User, target: Target, submit: bool) -> Submission:
    found = find(place, written, target)
    if found and found.state not in EDITABLE:
        return found
    if found and target.version not in (None, found.version):
        if submit or read_back(found) != written:
            raise StaleDraft(found)
        return found
    row = WRITERS[type(written)](place, written, found, by, target)
    row.version += 1
    if submit or row.state == "draft":  # a returned text stays until the new one is handed in
        row.handed_in = submission_text(row)
    row.save()
    return _submit(place, row, by) if submit else row


def _submit(place: Place, row: Submission, by: User) -> Submission:
    _nil_returns(place, row.kind).delete()
    return make_move(row, "submit", by=by, data={"text": row.handed_in})


def _answer(asked: Commission | None, row: Submission) -> None:
    if asked:
        Commission.objects.waiting().filter(pk=asked.pk).update(submission=row)


def nil_return(place: Place, kind: str, *, by: User) -> None:
    """零报告 of a kind, in one press; pressed twice it is still one. Raises MoveRefused."""
    if kind == Submission.Kind.REPORT:
        save(place, Counts(nil=True), by=by, target=Target(), submit=True)
        return
    with transaction.atomic():
        _row, made = NilReturn.objects.get_or_create(
            publication=place.publication,
            window=place.window,
            year=place.year,
            month=place.month,
            kind=kind,
            defaults={"by": by},
        )
        if made:
            _trail_nil(place, "nil_return", kind, by)


@transaction.atomic
def nil_month(place: Place, *, by: User) -> list[str]:
    """零报告 of every kind that has no answer yet; the kinds answered. Raises MoveRefused."""
    begun = set(
        Submission.objects.filter(
            publication=place.publication,
            window=place.window,
            year=place.year,
            month=place.month,
        )
        .exclude(state="withdrawn")
        .values_list("kind", flat=True)
    )
    kinds = [k for k in Submission.Kind.values if k not in begun]
    kinds = [kind for kind in kinds if not _nil_returns(place, kind).exists()]
    for kind in kinds:
        nil_return(place, kind, by=by)
    return kinds


@transaction.atomic
def undo_nil_return(place: Place, kind: str, *, by: User) -> None:
    gone, _rows = _nil_returns(place, kind).delete()
    if gone:
        _trail_nil(place, "undo_nil_return", kind, by)


def _nil_returns(place: Place, kind: str) -> QuerySet[NilReturn]:
    return NilReturn.objects.filter(
        publication=place.publication,
        window=place.window,
        year=place.year,
        month=place.month,
        kind=kind,
    )


def _trail_nil(place: Place, action: str, kind: str, by: User) -> None:
    data = {"kind": kind, "year": place.year, "month": place.month}
    leave_trail(place.window, action, by=by, data=data)
