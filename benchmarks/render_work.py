"""One system renders one document: what `benchmarks.render` starts as a process of its own.

    python -m benchmarks.render_work NAME DOCUMENT.json RUNS

It renders the document once, then RUNS others of the same size, and prints the bytes of the
first and the CPU milliseconds of each other. It loads nothing that the system does not need.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from importlib import import_module

from benchmarks.issues import changed
from benchmarks.others import OTHERS
from bulletin.document import IssueDocument, dumps, loads

Render = Callable[[IssueDocument], bytes]


def main(name: str, path: str, runs: str) -> None:
    render = _renderer(name)
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib is not everybody's to load
        document = loads(file.read())
    size = len(render(document))
    others = [dumps(changed(document, run)) for run in range(int(runs))]
    print(json.dumps({"size": size, "warm": [_timed(render, other) for other in others]}))


def _renderer(name: str) -> Render:
    if name in OTHERS:
        prepared: Render = import_module(f"benchmarks.others.{name}").prepare()
        return prepared
    ours: Render = import_module("bulletin.renderers").FORMATS[name].render
    return ours


def _timed(render: Render, data: bytes) -> float:
    """CPU milliseconds, those of processes that were started and ended in between too."""
    before = _cpu()
    render(loads(data))
    return (_cpu() - before) * 1000


def _cpu() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main(*sys.argv[1:])
