"""From accepted submissions to entries; the paragraphs the system writes are written anew."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from bulletin.composing import submission_text
from bulletin.models import Aside, Entry, EntrySource, Issue, Section, Submission
from bulletin.moves import leave_trail
from bulletin.proofs import open_for_editing
from windows.models import LeaderVisit, User

from .carrying import place_carried, stand_sorted, waiting_asides
from .composed import Collected, compose_duty, compose_narrative
from .editing import require_editor
from .ordering import make_room
from .placing import section_for, sorted_position


def waiting(issue: Issue) -> QuerySet[Submission]:
    """Accepted news and visits up to the issue's month that stand in no issue yet and were
    not left to a later one."""
    last = issue.months[-1]
    left = Aside.objects.carried_past(issue).filter(submissions=OuterRef("pk"))
    return (
        Submission.objects.filter(
            Q(year__lt=issue.year) | Q(year=issue.year, month__lte=last),
            ~Exists(left),
            publication=issue.publication_id,
            state="accepted",
            placement=None,
            kind__in=["news", "visit"],
        )
        .select_related("news", "visit__window__department", "visit__centre", "window__department")
        .prefetch_related("visit__visitors", "news__departments")
        .order_by("pk")
    )


def collect(issue: Issue, *, by: User | None) -> Collected:
    """Place what is accepted and compose what the system writes; running it again adds nothing."""
    if by:
        require_editor(issue, by)
    done = Collected()
    with transaction.atomic():
        row = open_for_editing(issue, by=by, what=_("重新收集了条目"))
        sections = list(row.sections.all())
        found = list(waiting(row))
        duties = [one for one in found if _is_duty(one)]
        _place(row, sections, [one for one in found if not _is_duty(one)], done)
        compose_duty(row, sections, duties, done)
        compose_narrative(row, sections, done)
        row.version += 1
        row.save(update_fields=["version"])
        placed = [entry.pk for entry in done.placed]
        leave_trail(row, "collect", by=by, data={"placed": placed})
    return done


def place_waiting(submission: Submission, issue: Issue, *, by: User) -> Collected:
    """编入 of one alone; the rest goes on waiting."""
    require_editor(issue, by)
    done = Collected()
    with transaction.atomic():
        row = open_for_editing(issue, by=by, what=_("编入了一条"))
        sections = list(row.sections.all())
        found = list(waiting(row).filter(pk=submission.pk))
        if found and _is_duty(found[0]):
            compose_duty(row, sections, found, done)
        else:
            _place(row, sections, found, done)
        row.version += 1
        row.save(update_fields=["version"])
        placed = [entry.pk for entry in done.placed]
        leave_trail(row, "collect", by=by, data={"placed": placed})
    return done


def _is_duty(submission: Submission) -> bool:
    return bool(submission.visit and submission.visit.kind == LeaderVisit.Kind.DUTY)


def _place(issue: Issue, sections: list[Section], found: list[Submission], done: Collected) -> None:
    """As entries; what was an entry before comes back with the words it had then."""
    asides = waiting_asides(issue, found)
    rest = {one.pk: one for one in found}
    for submission in found:
        if submission.pk not in rest:
            continue
        aside = asides.get(submission.pk)
        together = [submission]
        if aside:
            together = [rest[one.pk] for one in aside.submissions.all() if one.pk in rest]
        for one in together:
            del rest[one.pk]
        if entry := _placed(issue, sections, together, aside):
            done.placed.append(entry)
        else:
            done.notes.append(_("没有合适的栏目：%(what)s") % {"what": submission.headline})


def _placed(
    issue: Issue, sections: list[Section], together: list[Submission], aside: Aside | None
) -> Entry | None:
    if aside and len(together) == 1 and together[0].moved_at > aside.at:
        aside.text = together[0].text  # taken back, edited and accepted anew since
    if aside and aside.deed == Aside.Deed.CARRIED:
        return place_carried(issue, aside, together)
    section = next((s for s in sections if aside and s.key == aside.section_key), None)
    section = section or section_for(together[0], sections)
    if section is None:
        return None
    if aside is None:
        return _place_new(issue, section, together[0])
    entry = stand_sorted(aside, section, together)
    aside.delete()
    return entry


def _place_new(issue: Issue, section: Section, submission: Submission) -> Entry:
    date = submission.news.date if submission.news else submission.visit.date  # type: ignore[union-attr]
    entry = Entry(
        issue=issue,
        section=section,
        kind=Entry.Kind.VISIT if submission.visit else Entry.Kind.NEWS,
        date=date,
        text=submission.text or submission_text(submission),
    )
    department = submission.window.department if submission.window else None
    order = department.order if department else 0
    entry.position = sorted_position(section, date, order)
    make_room(section, entry.position)
    entry.save()
    joint = list(submission.news.departments.all()) if submission.news else []
    entry.departments.set([*([department] if department else []), *joint])
    EntrySource.objects.create(entry=entry, submission=submission, text=submission.text)
    return entry
