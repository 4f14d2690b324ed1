"""A Celery worker inside the web process, for the demo: real messages and no server.

Never eager: eager tasks see uncommitted rows, skip serialisation and block the request.
"""

from __future__ import annotations

from threading import Event, Thread

from bulletin.celery import app

SWEEP_SECONDS = 3


def start_worker_thread() -> None:
    """One worker and one sweeper for this process; both end with it."""
    app.connection_for_write()  # imports the transport here: two threads at it deadlock
    Thread(target=work, name="embedded-worker", daemon=True).start()
    Thread(target=sweep_for_ever, name="embedded-sweeper", daemon=True).start()


def work() -> None:
    app.set_default()  # "current" is a thread's own; the worker's thread has none yet
    app.WorkController(
        app=app,
        pool="solo",
        concurrency=1,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
    ).start()


def sweep_for_ever(pause: float = SWEEP_SECONDS) -> None:
    """Stands in for beat. A sweep that nobody fetched in time expires, so none pile up."""
    waiting = Event()
    while not waiting.wait(pause):
        app.send_task("bulletin.sweep", expires=pause)
