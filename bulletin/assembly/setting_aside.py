"""Taking entries out of their place and putting them back: dropped, merged, carried over.

Every one leaves an `Aside` that keeps the entry whole, so that each can be undone.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.models import Aside, Entry, EntrySource, Issue, Section, Submission
from bulletin.moves import MoveRefused
from bulletin.proofs import open_for_editing
from windows.models import User

from .editing import EntryGone, locked, note_change, require_editor
from .ordering import StaleOrder, close_gap, make_room, open_at

MERGING = frozenset({Entry.Kind.NEWS, Entry.Kind.VISIT})


def drop_entry(entry: Entry, *, by: User) -> Aside:
    """Take an entry out; its submissions stay accepted and wait to be placed again."""
    require_editor(entry.issue, by)
    with transaction.atomic():
        issue = open_for_editing(
            entry.issue, by=by, what=_("取下了“%(what)s”") % {"what": entry.text[:20]}
        )
        row = locked(entry)
        pk = row.pk
        aside = set_aside(row, Aside.Deed.DROPPED, by=by)
        told = {"entry": pk, "text": aside.text, "aside": aside.pk}
        note_change(issue, "drop_entry", by=by, data=told)
    return aside


def merge_entries(
    kept: Entry, other: Entry, *, by: User, text: str, version: int | None = None
) -> Entry:
    """Two entries about one event become one, credited to both; `text` is what it says.

    `other` is set aside as a part of `kept`; `restore` splits them again.
    """
    require_editor(kept.issue, by)
    words = text.strip()
    if not words:
        raise MoveRefused(_("合并后的正文是空的，请选一份或者自己写。"))
    with transaction.atomic():
        issue = open_at(kept.issue, version, by=by, what=_("合并了两条"))
        row, gone = locked(kept), locked(other)
        _check_merging(row, gone)
        before, sources = row.text, list(gone.sources.all())
        departments = list(gone.departments.all())
        aside = set_aside(gone, Aside.Deed.MERGED, by=by, into=row, before=before)
        row = locked(kept)  # it has moved up where the other stood before it
        for source in sources:
            EntrySource.objects.create(
                entry=row, submission_id=source.submission_id, text=source.text
            )
        row.departments.add(*departments)
        row.text, row.date = words, min(filter(None, (row.date, aside.date)), default=None)
        row.version += 1
        row.save()
        told = {"entry": row.pk, "before": before, "after": words, "aside": aside.pk}
        note_change(issue, "merge_entries", by=by, data=told)
    return row


def _check_merging(row: Entry, gone: Entry) -> None:
    if row.pk == gone.pk or row.issue_id != gone.issue_id:
        raise MoveRefused(_("请选本期里的另一条来合并。"))
    if row.kind != gone.kind or row.kind not in MERGING:
        raise MoveRefused(_("只有同类的资讯或到访可以合并；系统写的段落不能合并。"))


def restore(aside: Aside, *, by: User) -> Entry:
    """Put an entry back where it stood: one dropped, one merged (the other gets back its
    own words), one carried over (out of the later issue again, with what it says there).

    Raises MoveRefused when it cannot be had any more.
    """
    require_editor(aside.issue, by)
    with transaction.atomic():
        issue = _open_both(aside, by)
        row = Aside.objects.select_for_update(of=("self",)).filter(pk=aside.pk).first()
        if row is None:
            raise MoveRefused(_("这一条已经放回去了。"))
        submissions = _freed(row, by)
        entry = _stand_again(row, submissions)
        told = {"entry": entry.pk, "text": row.text, "deed": row.deed}
        row.delete()
        note_change(issue, "restore_entry", by=by, data=told)
    return entry


def _open_both(aside: Aside, by: User) -> Issue:
    """The issues touched, locked in one order: the older row first."""
    told = {"what": aside.text[:20]}
    opened = {}
    other = aside.into.issue if aside.into else None
    for issue in sorted({aside.issue, *([other] if other else [])}, key=lambda one: one.pk):
        opened[issue.pk] = open_for_editing(issue, by=by, what=_("放回了“%(what)s”") % told)
    return opened[aside.issue_id]


def _freed(aside: Aside, by: User) -> list[Submission]:
    """The aside's submissions, taken from wherever they stand now. Raises MoveRefused."""
    if aside.within:
        raise MoveRefused(_("这一条后来又被移动过，请先放回后来的那一步。"))
    submissions = list(aside.submissions.all())
    if any(submission.state != "accepted" for submission in submissions):
        raise MoveRefused(_("来稿已经取回，重新采用之后才能放回。"))
    if aside.into and aside.deed == Aside.Deed.MERGED:
        _split(aside.into, aside, submissions)
    elif aside.into:
        carried = locked(aside.into)
        if carried.parts.exclude(pk=aside.pk).exists():
            raise MoveRefused(_("它在下期已经与别的条目合并，请先在下期拆开。"))
        aside.text, aside.date = carried.text, carried.date
        _lift(carried)
    standing = EntrySource.objects.filter(submission__in=submissions)
    if standing.exists():
        raise MoveRefused(_("来稿已经另外编入了，不能再放回。请先取下现在的那一条。"))
    return submissions


def _split(entry: Entry, aside: Aside, submissions: list[Submission]) -> None:
    """Give the kept entry back its own words, sources and departments."""
    row = locked(entry)
    row.sources.filter(submission__in=submissions).delete()
    others = {d for part in row.parts.exclude(pk=aside.pk) for d in part.departments.all()}
    own = {s.submission.window.department for s in _with_windows(row) if s.submission.window}
    row.departments.remove(*({*aside.departments.all()} - others - own))
    row.text, row.version = aside.before, row.version + 1
    row.save()


def _with_windows(entry: Entry) -> list[EntrySource]:
    return list(entry.sources.select_related("submission__window__department"))


def _stand_again(aside: Aside, submissions: list[Submission]) -> Entry:
    """The entry at its old place, or at the end of what is left of its section."""
    sections = list(aside.issue.sections.all())
    section = next((s for s in sections if s.key == aside.section_key), None)
    section = section or next((s for s in sections if s.kind == _kind_for(aside)), None)
    if section is None:
        raise MoveRefused(_("它原来的栏目已经删去，本期没有合适的栏目。请先加一个栏目。"))
    if aside.composed and aside.issue.entries.filter(kind=aside.kind).exists():
        raise MoveRefused(_("这一段已经重新写了，不能再放回旧的。"))
    position = min(aside.position, section.entries.count() + 1)
    return stand(aside, section, position, submissions)


def _kind_for(aside: Aside) -> str:
    return "visits" if aside.kind in {Entry.Kind.VISIT, Entry.Kind.DUTY} else "news"


def stand(aside: Aside, section: Section, position: int, submissions: list[Submission]) -> Entry:
    """A new entry as the aside kept it; its parts are its own again."""
    make_room(section, position)
    entry = Entry.objects.create(
        issue=section.issue,
        section=section,
        position=position,
        kind=aside.kind,
        date=aside.date,
        text=aside.text,
        composed=aside.composed,
        basis=aside.basis,
    )
    entry.departments.set(aside.departments.all())
    for submission in submissions:
        EntrySource.objects.create(entry=entry, submission=submission, text=submission.text)
    aside.parts.update(into=entry, within=None)
    return entry


def set_aside(
    row: Entry,
    deed: str,
    *,
    by: User | None,
    into: Entry | None = None,
    before: str = "",
    reason: str = "",
) -> Aside:
    """Keep the entry whole and take it out of its section; positions stay dense."""
    aside = Aside.objects.create(
        issue=row.issue,
        deed=deed,
        section_key=row.section.key,
        position=row.position,
        kind=row.kind,
        date=row.date,
        text=row.text,
        composed=row.composed,
        basis=row.basis,
        into=into,
        before=before,
        reason=reason,
        by=by,
    )
    aside.departments.set(row.departments.all())
    aside.submissions.set(row.sources.values_list("submission", flat=True))
    row.parts.exclude(pk=aside.pk).update(into=None, within=aside)
    _lift(row)
    return aside


def _lift(row: Entry) -> None:
    section, position = row.section, row.position
    row.delete()
    close_gap(section, position)


__all__ = ["EntryGone", "StaleOrder", "drop_entry", "merge_entries", "restore", "stand"]
