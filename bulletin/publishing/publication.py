"""Publication: what was signed becomes public, now or at a set time, once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin import outbox, subscribing
from bulletin.models import ChainHead, Correction, Edition, Issue
from bulletin.moves import MoveRefused, make_move
from bulletin.proofs import active_proof
from stats.models import MonthlyReport
from windows.models import User

from . import public
from .telling import occasion, tell


def reasons_not_to_publish(issue: Issue) -> list[str]:
    """Why the issue cannot be published now; empty when it can."""
    if issue.state == "published":
        return [_("本期已经发布。")]
    if issue.state == "withdrawn":
        return [_("本期已经撤下。")]
    if issue.state not in {"signed", "scheduled"}:
        return [_("本期还没有签发。")]
    proof = active_proof(issue)
    if proof is None or proof.signed_at is None:
        return [_("没有已签发的校样。")]
    return []


def publish(issue: Issue, *, by: User | None) -> Edition:
    """Make the signed edition public, whole and at once; it replaces the one before, where an
    issue was corrected. Raises MoveRefused: a second run finds the issue published.
    """
    proof = active_proof(issue)
    if proof is None:
        raise MoveRefused("".join(reasons_not_to_publish(issue)) or _("没有校样。"))

    def appear(row: Issue) -> Edition:
        if reasons := reasons_not_to_publish(row):
            raise MoveRefused("".join(reasons))
        edition = Edition.objects.select_for_update().get(pk=proof.pk)
        what = occasion(edition)
        make_move(row, "publish", by=by, data={"digest": edition.digest})
        _lock_figures(row)
        stamp(edition)
        tell(edition, what)
        row.scheduled_for, row.correction_notice = None, ""
        row.save(update_fields=["scheduled_for", "correction_notice"])
        subscribing.announce(edition)
        return edition

    return public.change(issue, appear, appearing=proof)


def stamp(edition: Edition) -> None:
    """Public from now on, in place of the edition before, with the anchor of the trail."""
    edition.supersedes = Edition.objects.standing().filter(issue=edition.issue_id).first()
    edition.published_at = timezone.now()
    head = ChainHead.objects.get(centre=edition.centre)
    edition.trail_count, edition.trail_digest = head.count, head.digest
    edition.save(update_fields=["published_at", "supersedes", "trail_count", "trail_digest"])
    if edition.supersedes:
        Correction.objects.create(
            old=edition.supersedes,
            new=edition,
            notice=edition.notice,
            by=edition.sent_by,
        )


def _lock_figures(issue: Issue) -> None:
    """Confirmed figures of the published months are only restated from now on."""
    reports = MonthlyReport.objects.filter(
        centre=issue.centre, year=issue.year, month__in=issue.months, state="confirmed"
    )
    for report in reports:
        make_move(report, "lock", by=None)


def schedule(issue: Issue, *, by: User, at: dt.datetime) -> None:
    """Publish at a set time; the row is the truth, the sweep finds it."""
    if at <= timezone.now():
        raise MoveRefused(_("定时要晚于现在。要现在发布请按“发布”。"))
    with transaction.atomic():
        row = make_move(issue, "schedule", by=by, data={"at": at.isoformat()})
        row.scheduled_for = at
        row.save(update_fields=["scheduled_for"])
        key = f"publish:{row.pk}:{row.version}"
        outbox.enqueue("publish", key, {"issue": row.pk}, run_at=at)


def unschedule(issue: Issue, *, by: User) -> None:
    with transaction.atomic():
        row = make_move(issue, "unschedule", by=by)
        row.scheduled_for = None
        row.save(update_fields=["scheduled_for"])


def due_issues(now: dt.datetime) -> QuerySet[Issue, int]:
    """Scheduled, and their time has come: primary keys, the longest overdue first."""
    rows = Issue.objects.filter(state="scheduled", scheduled_for__lte=now)
    return rows.order_by("scheduled_for", "pk").values_list("pk", flat=True)


def publish_if_due(issue_id: int) -> bool:
    """Nothing unless the issue is still scheduled and due; False where another was quicker."""
    issue = Issue.objects.get(pk=issue_id)
    due = issue.scheduled_for and issue.scheduled_for <= timezone.now()
    if issue.state != "scheduled" or not due:
        return False
    try:
        publish(issue, by=None)
    except MoveRefused:
        issue.refresh_from_db()
        if issue.state == "scheduled":
            raise
        return False
    return True
