"""What a killed worker held is published all the same when its time has come."""

from __future__ import annotations

import datetime as dt
import time

from django.utils import timezone

from bulletin import outbox
from bulletin.models import Edition, Job
from bulletin.publishing import due_issues, publish_if_due, schedule

MINUTE = dt.timedelta(minutes=1)


def test_an_issue_waits_for_no_lease_of_a_killed_worker(house, signed):
    """The twin is a sweep of jobs alone: it would leave the issue for five minutes."""
    issue = signed.issue
    schedule(issue, by=house.publisher, at=timezone.now() + dt.timedelta(milliseconds=50))
    time.sleep(0.1)
    now = timezone.now()
    Job.objects.filter(kind="publish").update(
        state=Job.State.RUNNING, lease_until=now + outbox.LEASE, attempts=1
    )
    assert not outbox.due(now + MINUTE).filter(kind="publish").exists()
    assert list(due_issues(now)) == [issue.pk]
    assert publish_if_due(issue.pk)
    assert not publish_if_due(issue.pk)
    assert list(due_issues(now)) == []
    assert Edition.objects.filter(published_at__isnull=False).count() == 1
