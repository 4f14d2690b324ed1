"""What one issue costs in each format, beside Typst, WeasyPrint and LibreOffice on one text.

    python -m benchmarks.render [DOCUMENT.json] [--scale N …] [--runs N]

DOCUMENT.json is what `export_issue --format json` writes; without it a made-up issue of
the usual size is set. `--scale` repeats the items, as often as each number says: 1, 10
and 100. All figures are CPU time (user and system, all threads), so other work on the
machine counts little: cold is a new process from start to exit, reading the document
and rendering it once (the best of `--runs`); warm is the median of further renderings
in one process, each of another text, so that no cache of whole paragraphs or fonts
helps anybody. The ratios are to our PDF, which is PDF/A-2a and PDF/UA-1. The others set
the same characters, with the same font files or the system's, and are given a plain
style sheet, without the rules of GB/T 9704 for lines, grid and imprint. LibreOffice
starts a process each time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from math import log10
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.others import FONTS, OTHERS, present
from bulletin.document import (
    ImprintLine,
    IssueDocument,
    Item,
    Layout,
    Period,
    Section,
    dumps,
    loads,
)
from bulletin.renderers import FORMATS

FONT_FILES: Final = (
    "FandolFang-Regular.otf",
    "NotoSansCJK-Bold.ttc",
    "NotoSerifCJK-Bold.ttc",
    "LiberationSerif-Regular.ttf",
)
AIMS: Final = {"typst": (1.3, 1.0), "weasyprint": (0.2, 0.2), "libreoffice": (0.2, 0.2)}
"""What our PDF may cost of another's, cold and warm."""


class Cost(NamedTuple):
    """CPU milliseconds cold and warm, megabytes at the peak, bytes written."""

    cold: float
    warm: float
    peak: float
    size: int


def main() -> None:
    options = _arguments()
    if options.child:
        _child(options.child, options.document, options.runs)
        return
    os.environ[FONTS] = _find_fonts()
    for scale in options.scale:
        _measure(options.document, scale, max(1, round(options.runs / (1 + 2 * log10(scale)))))


def _measure(path: Path | None, scale: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        document = _document(path, scale)
        content = Path(folder, "document.json")
        content.write_bytes(dumps(document))
        names = [*FORMATS, *filter(present, OTHERS)]
        costs = {name: _cost(name, content, runs) for name in names}
    _print(document, scale, costs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("document", type=Path, nargs="?")
    parser.add_argument("--scale", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def _document(path: Path | None, scale: int) -> IssueDocument:
    document = loads(path.read_bytes()) if path else _made_up()
    sections = tuple(replace(one, items=one.items * scale) for one in document.sections)
    return replace(document, sections=sections)


def _made_up() -> IssueDocument:
    """Five sections, nineteen items of about 190 characters: the size of a usual month."""
    sentence = "2月{}日，省政务服务窗口办理事项3.79万件，推进“高效办成一件事”，优化流程、压减材料。"
    sections = tuple(
        Section(
            f"s{place}",
            f"第{place}部分工作情况",
            tuple(Item(sentence.format(place * 5 + n) * 4) for n in range(count)),
        )
        for place, count in enumerate((1, 3, 3, 7, 5))
    )
    imprint = (ImprintLine("报", "省政务管理办公室。"), ImprintLine("发", "各窗口。"))
    return IssueDocument(
        "政务窗口月报",
        2,
        Period(2025, 2),
        "省政务服务和公共资源交易服务中心",
        dt.date(2025, 3, 26),
        sections,
        imprint,
        layout=Layout(20),
    )


def _cost(name: str, content: Path, runs: int) -> Cost:
    cold = [_process(name, content, 0) for _ in range(runs)]
    warm = _process(name, content, runs)
    return Cost(
        min(one["cpu"] for one in cold),
        statistics.median(warm["warm"]),
        min(one["peak"] for one in cold),
        warm["size"],
    )


def _process(name: str, content: Path, runs: int) -> dict[str, Any]:
    """One child process; its answer, with the CPU time and peak memory it took whole."""
    command = [sys.executable, "-m", "benchmarks.render", str(content)]
    command += ["--child", name, "--runs", str(runs)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = child.stdout.read() if child.stdout else b""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{name}: the child process failed")
    answer: dict[str, Any] = json.loads(output)
    answer["cpu"] = (usage.ru_utime + usage.ru_stime) * 1000
    answer["peak"] = usage.ru_maxrss / 1024
    return answer


def _child(name: str, content: Path, runs: int) -> None:
    render = _renderer(name)
    document = loads(content.read_bytes())
    size = len(render(document))
    others = [dumps(_changed(document, run)) for run in range(runs)]
    warm = [_timed(render, other) for other in others]
    print(json.dumps({"size": size, "warm": warm}))


def _changed(document: IssueDocument, run: int) -> IssueDocument:
    """Another issue of the same size: every paragraph and the set of characters differ."""
    mark = chr(ord("一") + 40 + run)
    sections = tuple(
        replace(one, items=tuple(replace(item, text=mark + item.text) for item in one.items))
        for one in document.sections
    )
    return replace(document, sections=sections)


def _timed(render: Callable[[IssueDocument], bytes], data: bytes) -> float:
    """CPU milliseconds, those of processes that were started and ended in between too."""
    before = _cpu()
    render(loads(data))
    return (_cpu() - before) * 1000


def _cpu() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _renderer(name: str) -> Callable[[IssueDocument], bytes]:
    """Ours import nothing before they render, so a cold process pays for its format alone."""
    return OTHERS[name]() if name in OTHERS else FORMATS[name].render


def _find_fonts() -> str:
    """Where the font files are, found by the parent so that no child is charged for it."""
    fonts = import_module("bulletin.typeset.fonts").system_fonts()
    faces = {face.path.name: face.path for chain in fonts.chains.values() for face in chain}
    return os.pathsep.join(str(faces[name]) for name in FONT_FILES if name in faces)


def _print(document: IssueDocument, scale: int, costs: dict[str, Cost]) -> None:
    base = costs["pdf"]
    print(f"\n{scale} ×: {len(document.lines())} paragraphs, {len(document.text)} characters\n")
    print("| format | cold ms | × | warm ms | × | peak MB | bytes |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, cost in costs.items():
        print(
            f"| {name} | {cost.cold:.0f} | {cost.cold / base.cold:.2f} | {cost.warm:.1f} |"
            f" {cost.warm / base.warm:.2f} | {cost.peak:.0f} | {cost.size} |"
        )
    for name, (cold, warm) in AIMS.items():
        if name in costs:
            other = costs[name]
            met = base.cold <= cold * other.cold and base.warm <= warm * other.warm
            met = met and base.peak < other.peak
            print(f"at most {cold} × cold, {warm} × warm, less memory than {name}: {met}")


if __name__ == "__main__":
    main()
