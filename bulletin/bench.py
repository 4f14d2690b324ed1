"""What the work bench shows: in hand, due, overdue, the issue in preparation, the wall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin.models import Commission, Edition, Issue, Publication, Submission, in_print
from bulletin.progress import Wall, wall
from bulletin.readiness import Problem, check_issue
from bulletin.reminding import reminder_text
from bulletin.templatetags.newsroom import headline
from bulletin.timeline import recent
from windows.access import scope_of
from windows.models import User
from windows.roles import APPROVER, DATA_CLERK, EDITOR, PUBLISHER

STEPS: Final = (
    (gettext_lazy("编辑中"), {"open"}),
    (gettext_lazy("校样"), {"proof"}),
    (gettext_lazy("签发"), {"signed", "scheduled"}),
    (gettext_lazy("发布"), {"published"}),
)
MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a list: what, where it is done, from whom, and when."""

    title: str
    url: str
    note: str
    when: dt.datetime | None


def bench_context(request: HttpRequest) -> dict[str, Any]:
    user: User = request.user  # type: ignore[assignment]  # admin views are for staff only
    publication = _publication(request)
    if publication is None:
        return {"publication": None}
    only = request.GET.get("only") == "lacking"
    shown = wall(publication, only_lacking=only) if _may_see_the_wall(user) else None
    issue = _issue_in_preparation(user, publication)
    return {
        "publication": publication,
        "publications": list(Publication.objects.visible_to(user)),
        "now": timezone.localtime(),
        "mine": list(_in_hand(user)),
        "due_today": list(_due_today(user, publication)),
        "wall": shown,
        "reminder": reminder_text(shown) if shown and shown.lacking else "",
        "may_remind": bool(shown and shown.call and user.has_perm("bulletin.change_call")),
        "overdue": shown.lacking if shown and shown.days_late else (),
        "issue": issue,
        "steps": _steps(issue) if issue else (),
        "problems": check_issue(issue) if issue and issue.state == "open" else [],
        "recent": recent(user),
    }


def _publication(request: HttpRequest) -> Publication | None:
    mine = Publication.objects.visible_to(request.user).select_related("centre")
    slug = request.GET.get("publication")
    return (mine.filter(slug=slug).first() if slug else None) or mine.first()


def _may_see_the_wall(user: User) -> bool:
    scope = scope_of(user)
    return scope.everything or bool(scope.roles & {EDITOR, DATA_CLERK, APPROVER, PUBLISHER})


def _in_hand(user: User) -> Iterator[Task]:
    """Proofs to sign, issues to publish, submissions claimed: whoever the person is."""
    if user.has_perm("bulletin.sign_issue"):
        for edition in _proofs(user):
            url = reverse("admin:bulletin_edition_change", args=[edition.pk])
            yield Task(str(edition), url, _("待签发"), edition.sent_at)
    if user.has_perm("bulletin.publish_issue"):
        for edition in _signed(user):
            url = reverse("admin:bulletin_edition_change", args=[edition.pk])
            yield Task(str(edition.issue), url, _("已签发，待发布"), edition.signed_at)
    held = Submission.objects.visible_to(user).for_inbox().filter(holder=user, state="claimed")
    for submission in held.order_by("moved_at", "pk"):
        url = reverse("admin:bulletin_submission_change", args=[submission.pk])
        yield Task(headline(submission), url, _whose(submission), submission.moved_at)


def _proofs(user: User) -> Iterator[Edition]:
    rows = Edition.objects.visible_to(user).filter(
        voided_at=None, published_at=None, issue__state="proof"
    )
    yield from rows.select_related("issue__publication")


def _signed(user: User) -> Iterator[Edition]:
    rows = Edition.objects.visible_to(user).filter(
        voided_at=None, published_at=None, issue__state="signed"
    )
    yield from rows.select_related("issue__publication")


def _whose(submission: Submission) -> str:
    who = submission.window.department if submission.window else submission.centre
    return f"{who} · {submission.get_kind_display()}"


def _due_today(user: User, publication: Publication) -> Iterator[Task]:
    if not user.has_perm("bulletin.view_commission"):
        return
    today = timezone.localdate()
    asked = (
        Commission.objects.waiting()
        .filter(call__publication=publication, due__date=today)
        .select_related("window__department")
    )
    for commission in asked:
        url = reverse("admin:bulletin_call_change", args=[commission.call_id])
        title = _("约稿：%(topic)s") % {"topic": commission.topic}
        yield Task(title, url, str(commission.window.department), commission.due)
    for issue in Issue.objects.visible_to(user).filter(
        publication=publication, state="scheduled", scheduled_for__date=today
    ):
        url = reverse("admin:bulletin_issue_change", args=[issue.pk])
        yield Task(str(issue.number_label), url, _("定时发布"), issue.scheduled_for)


def _issue_in_preparation(user: User, publication: Publication) -> Issue | None:
    """The oldest that was never printed; without one, the oldest that is being corrected."""
    rows = Issue.objects.visible_to(user).filter(publication=publication)
    return (
        rows.exclude(state__in=["published", "withdrawn"])
        .annotate(in_print=in_print("pk"))
        .select_related("publication__centre")
        .order_by("in_print", "year", "month")
        .first()
    )


def _steps(issue: Issue) -> list[tuple[str, bool, bool]]:
    """(word, reached, stands here) for each step of the month."""
    at = next(place for place, (_word, states) in enumerate(STEPS) if issue.state in states)
    return [(str(word), place <= at, place == at) for place, (word, _s) in enumerate(STEPS)]


__all__ = ["Problem", "Task", "Wall", "bench_context"]
