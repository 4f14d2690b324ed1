"""Celery tasks: take an id, make one call. The rows are the truth (see outbox)."""

from __future__ import annotations

from typing import Any, Final

from celery import shared_task
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from bulletin import baking, outbox, subscribing
from bulletin.models import Edition, Mail
from bulletin.publishing import due_issues, ensure_files, publish_if_due
from stats import figure_runs


def _render(payload: dict[str, Any]) -> None:
    ensure_files(Edition.objects.get(pk=payload["edition"]))


def _publish(payload: dict[str, Any]) -> None:
    publish_if_due(payload["issue"])


def _mail(payload: dict[str, Any]) -> None:
    with transaction.atomic():
        mail = Mail.objects.select_for_update().get(pk=payload["mail"])
        if mail.sent_at is None:
            EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
            mail.sent_at = timezone.now()
            mail.save(update_fields=["sent_at"])


def _bake(payload: dict[str, Any]) -> None:
    baking.bake_all()


def _rename(payload: dict[str, Any]) -> None:
    baking.rename(payload["slug"])


def _switch(payload: dict[str, Any]) -> None:
    baking.switch()


def _collect(payload: dict[str, Any]) -> None:
    baking.collect()


def _figures(payload: dict[str, Any]) -> None:
    figure_runs.work(payload["run"])


MOST_AT_ONCE: Final = 200
HANDLERS: Final[dict[str, outbox.Handler]] = {
    "render": _render,
    "publish": _publish,
    "mail": _mail,
    "bake": _bake,
    "rename": _rename,
    "switch": _switch,
    "collect": _collect,
    "subscription": subscribing.send_question,
    "announce": subscribing.send_announcement,
    "letter": subscribing.send_letter,
    "forget": subscribing.forget,
    "figures": _figures,
}


@shared_task(name="bulletin.run_job")
def run_job(job_id: int) -> bool:
    return outbox.run(job_id, HANDLERS)


@shared_task(name="bulletin.publish_scheduled")
def publish_scheduled(issue_id: int) -> bool:
    return publish_if_due(issue_id)


@shared_task(name="bulletin.sweep")
def sweep() -> int:
    """Nudge for what is due: jobs nobody was told of, and those of workers that died.

    An issue whose time has come waits for no lease: the killed worker's job may hold one for
    minutes, and publishing twice is refused by the issue itself.
    """
    now = timezone.now()
    for issue_id in due_issues(now)[:MOST_AT_ONCE]:
        publish_scheduled.delay(issue_id)
    ids = list(outbox.due(now).values_list("pk", flat=True)[:MOST_AT_ONCE])
    for job_id in ids:
        run_job.delay(job_id)
    return len(ids)
