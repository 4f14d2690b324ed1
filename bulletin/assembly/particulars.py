"""What stands in an issue's masthead, changed by hand until it is signed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.models import Issue
from bulletin.moves import leave_trail
from bulletin.proofs import open_for_editing
from windows.models import User

from .editing import require_editor


def change_particulars(
    issue: Issue, *, by: User, issued_on: dt.date | None, number: int, number_to: int | None
) -> Issue:
    """Number and date of issue; a proof that is out is voided.

    Raises MoveRefused, and ValidationError for a number that is taken.
    """
    require_editor(issue, by)
    with transaction.atomic():
        row = open_for_editing(issue, by=by, what=_("改了期号或印发日期"))
        row.issued_on, row.number, row.number_to = issued_on, number, number_to
        row.full_clean()
        row.version += 1
        row.save()
        told = {"issued_on": issued_on.isoformat() if issued_on else "", "number": number}
        leave_trail(row, "particulars", by=by, data=told)
    return row
