"""The template of an issue's statistics paragraph, changed by hand until it is signed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.models import Issue
from bulletin.moves import MoveRefused, leave_trail
from bulletin.proofs import open_for_editing
from windows.models import User

from .editing import require_editor


class StaleTemplate(MoveRefused):
    """Somebody saved another wording since the page was opened."""


def change_template(issue: Issue, *, by: User, narrative: str, seen: str) -> Issue:
    """Keep a wording; a proof that is out is voided. Raises MoveRefused, StaleTemplate."""
    require_editor(issue, by)
    with transaction.atomic():
        row = open_for_editing(issue, by=by, what=_("改了运行情况模板"))
        if row.narrative != seen:
            raise StaleTemplate(_("模板刚被别人改过，您的改动还没有保存。请对照现在的模板再存。"))
        before, row.narrative = row.narrative, narrative
        row.version += 1
        row.save()
        leave_trail(row, "template", by=by, data={"before": before, "after": narrative})
    return row
