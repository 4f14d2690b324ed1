"""The headings of one issue: added, renamed, put in order, taken out while they are empty."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bulletin.models import Issue, Section
from bulletin.models.publications import SectionKind
from bulletin.moves import MoveRefused
from bulletin.proofs import open_for_editing
from windows.models import User

from .editing import note_change, require_editor

LONGEST: Final = 60  # as Section.heading


def add_section(issue: Issue, *, by: User, heading: str, kind: str = SectionKind.NEWS) -> Section:
    """A further heading of this issue alone, after the others. Raises MoveRefused."""
    require_editor(issue, by)
    words = _heading(heading)
    with transaction.atomic():
        row = open_for_editing(issue, by=by, what=_("加了栏目“%(what)s”") % {"what": words})
        taken = set(row.sections.values_list("key", flat=True))
        number = next(n for n in range(1, len(taken) + 2) if f"extra-{n}" not in taken)
        position = row.sections.count() + 1
        section = Section.objects.create(
            issue=row, key=f"extra-{number}", heading=words, kind=kind, position=position
        )
        note_change(row, "add_section", by=by, data={"section": section.key, "heading": words})
    return section


def rename_section(section: Section, *, by: User, heading: str, print_when_empty: bool) -> Section:
    require_editor(section.issue, by)
    words = _heading(heading)
    with transaction.atomic():
        issue = open_for_editing(
            section.issue, by=by, what=_("改了栏目“%(what)s”") % {"what": section.heading}
        )
        row = Section.objects.get(pk=section.pk)
        before, row.heading, row.print_when_empty = row.heading, words, print_when_empty
        row.save()
        told = {"section": row.key, "before": before, "after": words, "empty": print_when_empty}
        note_change(issue, "rename_section", by=by, data=told)
    return row


def move_section(section: Section, *, by: User, position: int) -> Section:
    """To `position` (from 1) among the headings; positions stay dense."""
    require_editor(section.issue, by)
    with transaction.atomic():
        issue = open_for_editing(section.issue, by=by, what=_("调整了栏目次序"))
        row = Section.objects.get(pk=section.pk)
        others = issue.sections.exclude(pk=row.pk)
        target = max(1, min(position, others.count() + 1))
        others.filter(position__gt=row.position).update(position=F("position") - 1)
        others.filter(position__gte=target).update(position=F("position") + 1)
        row.position = target
        row.save()
        note_change(issue, "move_section", by=by, data={"section": row.key, "position": target})
    return row


def remove_section(section: Section, *, by: User) -> None:
    """Only one without entries. Raises MoveRefused."""
    require_editor(section.issue, by)
    with transaction.atomic():
        issue = open_for_editing(
            section.issue, by=by, what=_("删去栏目“%(what)s”") % {"what": section.heading}
        )
        row = Section.objects.get(pk=section.pk)
        if row.entries.exists():
            raise MoveRefused(_("这个栏目还有条目。请先把条目移走，再删栏目。"))
        told = {"section": row.key, "heading": row.heading}
        position = row.position
        row.delete()
        issue.sections.filter(position__gt=position).update(position=F("position") - 1)
        note_change(issue, "remove_section", by=by, data=told)


def _heading(typed: str) -> str:
    words = " ".join(typed.split())
    if not words:
        raise MoveRefused(_("请写栏目的标题。"))
    if len(words) > LONGEST:
        raise MoveRefused(_("标题太长，最多%(n)s字。") % {"n": LONGEST})
    return words
