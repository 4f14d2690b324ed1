"""Celery carries the nudge; the job row is the truth (see `bulletin.outbox`).

A message may be lost, doubled or late without harm: `bulletin.sweep` finds every due row
several times a minute, and two beats at once only ask twice.
"""

from __future__ import annotations

import os
import resource
from typing import Any, Final

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulletin.settings")

SWEEP_SECONDS = 15  # so that what is scheduled is public within a minute, killed workers or not
MEMORY: Final = 3 << 30
"""Bytes of address space of a worker's process; the longest document allowed takes a fifth."""
KEPT_MEMORY: Final = 800_000
"""Kilobytes a process may have grown to and be given another task."""

app = Celery("bulletin")
app.config_from_object("django.conf:settings", namespace="CELERY")  # CELERY_BROKER_URL
app.conf.update(
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    task_soft_time_limit=200,
    task_time_limit=240,  # below the lease of a job, so that no two workers are at one row
    worker_max_memory_per_child=KEPT_MEMORY,
    worker_hijack_root_logger=False,
    worker_enable_remote_control=True,  # the container's health check pings the worker
    broker_connection_timeout=2,
    broker_connection_retry_on_startup=True,
    # A request that nudges never waits for a broker that does not answer.
    task_publish_retry=False,
    broker_transport_options={
        "socket_connect_timeout": 2,
        "socket_timeout": 2,
        "socket_keepalive": True,
        "health_check_interval": 10,
        "max_retries": 0,
        # Longer than any task: a message comes back only from a worker that is gone.
        "visibility_timeout": 600,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
    },
    beat_schedule={
        "sweep": {
            "task": "bulletin.sweep",
            "schedule": SWEEP_SECONDS,
            "options": {"expires": SWEEP_SECONDS},
        },
    },
    beat_sync_every=1,  # the schedule file's age tells the health check that beat beats
)
app.autodiscover_tasks(["bulletin"])


def hold_memory(**sender: Any) -> None:
    """What asks for more fails as a job, with a reason, and takes no neighbour with it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


worker_process_init.connect(hold_memory, weak=False)
