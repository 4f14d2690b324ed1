"""移至下期: what this issue leaves to the next, with the reason, and what comes from before."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bulletin.models import Aside, Entry, Issue, Section, Submission
from bulletin.moves import MoveRefused, lock
from bulletin.proofs import open_for_editing
from windows.models import User

from .editing import locked, note_change, require_editor
from .placing import section_for, sorted_position
from .setting_aside import set_aside, stand


def next_issue(issue: Issue) -> Issue | None:
    """The first later issue of the publication that can still be edited."""
    later = Q(year__gt=issue.year) | Q(year=issue.year, month__gt=issue.months[-1])
    rows = Issue.objects.filter(later, publication=issue.publication_id)
    return rows.filter(state__in=["open", "proof"]).order_by("year", "month").first()


def carry_entry(entry: Entry, *, by: User, reason: str) -> Aside:
    """Leave an entry to the next issue: placed there if there is one, else it waits with its
    words and the reason. `restore` brings it back. Raises MoveRefused."""
    require_editor(entry.issue, by)
    why = _reason(reason)
    with transaction.atomic():
        issue, later = _open(entry.issue, by, entry.text)
        row = locked(entry)
        if row.kind not in {Entry.Kind.NEWS, Entry.Kind.VISIT}:
            raise MoveRefused(_("系统写的段落按本月的数据和到访写成，不能移至下期。"))
        pk = row.pk
        aside = set_aside(row, Aside.Deed.CARRIED, by=by, reason=why)
        _carried(issue, later, aside, by, {"entry": pk})
    return aside


def carry_submission(submission: Submission, issue: Issue, *, by: User, reason: str) -> Aside:
    """Leave what waits, placed nowhere yet, to the next issue. Raises MoveRefused."""
    require_editor(issue, by)
    why = _reason(reason)
    with transaction.atomic():
        row, later = _open(issue, by, submission.text)
        held = lock(submission)
        if held.state != "accepted" or hasattr(held, "placement"):
            raise MoveRefused(_("这一条已经编入或者取回了，请刷新页面看最新状态。"))
        section = section_for(held, list(row.sections.all()))
        kind = Entry.Kind.VISIT if held.visit else Entry.Kind.NEWS
        happened = held.news or held.visit
        aside = Aside.objects.create(
            issue=row,
            deed=Aside.Deed.CARRIED,
            section_key=section.key if section else "",
            position=section.entries.count() + 1 if section else 1,
            kind=kind,
            date=happened.date if happened else None,
            text=held.text,
            reason=why,
            by=by,
        )
        aside.submissions.add(held)
        aside.departments.set([held.window.department] if held.window else [])
        _carried(row, later, aside, by, {"submission": held.pk})
    return aside


def _reason(reason: str) -> str:
    if not reason.strip():
        raise MoveRefused(_("请写明为什么移至下期，例如“月底才办成”。"))
    return reason.strip()[:200]


def _open(issue: Issue, by: User, text: str) -> tuple[Issue, Issue | None]:
    """Both issues, locked older row first, as `setting_aside.restore` does."""
    later = next_issue(issue)
    told = _("“%(what)s”移至下期") % {"what": text[:20]}
    pair = sorted([issue, *([later] if later else [])], key=lambda one: one.pk)
    opened = {one.pk: open_for_editing(one, by=by, what=told) for one in pair}
    return opened[issue.pk], opened[later.pk] if later else None


def _carried(
    issue: Issue, later: Issue | None, aside: Aside, by: User, what: dict[str, int]
) -> None:
    if later:
        place_carried(later, aside, list(aside.submissions.all()))
        received = {"text": aside.text, "from": str(issue)}
        note_change(later, "receive_entry", by=by, data=received)
    left = {"text": aside.text, "aside": aside.pk, "reason": aside.reason, **what}
    note_change(issue, "carry_entry", by=by, data=left)


def place_carried(issue: Issue, aside: Aside, submissions: list[Submission]) -> Entry | None:
    """The entry in a later issue, in date order of the section of the same key or kind."""
    sections = list(issue.sections.all())
    section = next((one for one in sections if one.key == aside.section_key), None)
    section = section or (section_for(submissions[0], sections) if submissions else None)
    if section is None:
        return None
    entry = stand_sorted(aside, section, submissions)
    aside.into = entry
    aside.save(update_fields=["into"])
    return entry


def stand_sorted(aside: Aside, section: Section, submissions: list[Submission]) -> Entry:
    order = min((d.order for d in aside.departments.all()), default=0)
    return stand(aside, section, sorted_position(section, aside.date, order), submissions)


def waiting_asides(issue: Issue, submissions: Iterable[Submission]) -> dict[int, Aside]:
    """Submission → the entry it was before: dropped from this issue, or carried over from an
    earlier one and not placed yet; the latest where there are several."""
    earlier = Q(deed=Aside.Deed.CARRIED, issue__publication=issue.publication_id) & ~Q(issue=issue)
    rows = Aside.objects.filter(
        earlier | Q(deed=Aside.Deed.DROPPED, issue=issue),
        into=None,
        within=None,
        submissions__in=[one.pk for one in submissions],
    )
    found = rows.distinct().prefetch_related("submissions", "departments").order_by("at", "pk")
    return {one.pk: aside for aside in found for one in aside.submissions.all()}


__all__ = ["carry_entry", "carry_submission", "next_issue", "waiting_asides"]
