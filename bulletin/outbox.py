"""Work as rows: written in the transaction that causes it, done once, swept when due.

Celery only carries the nudge; no request waits for the broker.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Mapping
from queue import SimpleQueue
from typing import Any, Final

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from bulletin.models import Job, Mail
from windows.models import Centre, User

log = logging.getLogger(__name__)

LEASE: Final = dt.timedelta(minutes=5)
MOST_ATTEMPTS: Final = 8

Handler = Callable[[dict[str, Any]], None]
_nudges: SimpleQueue[int] = SimpleQueue()
_nudger: threading.Thread | None = None


def enqueue(
    kind: str, key: str, payload: dict[str, Any], *, run_at: dt.datetime | None = None
) -> Job:
    """A job with that key, made once; its worker is nudged after commit."""
    job, made = Job.objects.get_or_create(
        key=key,
        defaults={"kind": kind, "payload": payload, "run_at": run_at or timezone.now()},
    )
    if made and job.run_at <= timezone.now():
        transaction.on_commit(lambda: nudge(job.pk))
    return job


def post(centre: Centre, to: User, subject: str, body: str, *, key: str, task: bool = True) -> bool:
    """A mail in the outbox, and whether it is new; nobody is written to twice, nobody without
    an address, and who wants tasks only is not told of the rest."""
    if not to.email or (to.only_tasks_by_mail and not task):
        return False
    mail, made = Mail.objects.get_or_create(
        key=f"{key}:{to.pk}",
        defaults={"centre": centre, "to": to.email, "subject": subject, "body": body},
    )
    if made:
        enqueue("mail", f"mail:{mail.pk}", {"mail": mail.pk})
    return made


def post_to(centre: Centre, address: str, subject: str, body: str, *, key: str) -> bool:
    """A mail to somebody outside the house, once for each key; whether it is new."""
    mail, made = Mail.objects.get_or_create(
        key=key,
        defaults={"centre": centre, "to": address, "subject": subject[:120], "body": body},
    )
    if made:
        enqueue("mail", f"mail:{mail.pk}", {"mail": mail.pk})
    return made


def nudge(job_id: int) -> None:
    """Tell the workers, from a thread of its own: a frozen broker holds nobody up."""
    global _nudger  # one thread a process, started with the first nudge
    if _nudger is None or not _nudger.is_alive():
        _nudger = threading.Thread(target=_send_nudges, name="nudger", daemon=True)
        _nudger.start()
    _nudges.put(job_id)


def _send_nudges() -> None:
    while True:
        job_id = _nudges.get()
        try:
            current_app.send_task("bulletin.run_job", [job_id], retry=False)
        except Exception as error:  # the sweep finds the row within a minute
            log.warning("job %s not nudged: %s", job_id, error)


def due(now: dt.datetime) -> QuerySet[Job]:
    """Jobs to do now: waiting and due, or left by a worker whose lease ran out."""
    return Job.objects.filter(
        Q(state=Job.State.WAITING, run_at__lte=now)
        | Q(state=Job.State.RUNNING, lease_until__lt=now)
    ).order_by("run_at", "pk")


def run(job_id: int, handlers: Mapping[str, Handler]) -> bool:
    """Claim the job and do it; False when it is not due or somebody else has it."""
    job = _claim(job_id)
    if job is None:
        return False
    try:
        handlers[job.kind](job.payload)
    except Exception as error:
        log.exception("job %s failed", job)
        _retry(job, error)
        return True
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.DONE, done_at=timezone.now(), lease_until=None, error=""
    )
    return True


def _claim(job_id: int) -> Job | None:
    now = timezone.now()
    with transaction.atomic():
        rows = due(now).filter(pk=job_id)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.first()
        if job is None:
            return None
        job.state = Job.State.RUNNING
        job.lease_until = now + LEASE
        job.attempts += 1
        job.save(update_fields=["state", "lease_until", "attempts"])
    return job


def _retry(job: Job, error: Exception) -> None:
    last = job.attempts >= MOST_ATTEMPTS
    job.state = Job.State.FAILED if last else Job.State.WAITING
    job.run_at = timezone.now() + dt.timedelta(seconds=2**job.attempts)
    job.lease_until = None
    job.error = f"{type(error).__name__}: {error}"[:2000]
    job.save(update_fields=["state", "run_at", "lease_until", "error"])
