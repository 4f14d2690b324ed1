"""A worker's process has a bound of time and memory, whatever it is given to do."""

import subprocess
import sys
from pathlib import Path

from celery.signals import worker_process_init

from bulletin.celery import MEMORY, app, hold_memory

GREEDY = """
from bulletin.celery import MEMORY, hold_memory
hold_memory()
try:
    bytearray(MEMORY)
except MemoryError:
    print("refused")
print(len(bytearray(1 << 20)))
"""


def test_a_process_that_asks_for_too_much_is_refused_and_goes_on():
    done = subprocess.run(
        [sys.executable, "-c", GREEDY],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.split() == ["refused", str(1 << 20)]


def test_every_process_of_a_worker_is_bounded():
    assert hold_memory in [receiver for _, receiver in worker_process_init.receivers]
    assert app.conf.task_time_limit == 240
    assert app.conf.worker_max_memory_per_child * 1024 < MEMORY
