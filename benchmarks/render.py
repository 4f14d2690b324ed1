"""What one issue costs in each format, beside Typst, WeasyPrint and LibreOffice on one text.

    python -m benchmarks.render [DOCUMENT.json] [--scale 1,10,100] [--runs N]

DOCUMENT.json is what `export_issue --format json` writes; without it the newest published
issue of the demo is set. `--scale` repeats the items, as often as each number says (up to
100), no two with the same text. All figures are CPU time (user and system, all threads, all
processes started), each the best of its runs, so that other work on the machine counts
little. Cold is a new process from start to exit, reading the document and rendering it once,
after one that is not counted; Python's bytecode is kept between them, as where the product
runs. Warm is a further rendering in one process, each of another text, so that no cache of
whole paragraphs or fonts helps anybody. Runs are fewer where a text is long or a system
slow; what takes very long runs once, and its warm figure is the cold one.

The ratios are to our PDF, which is PDF/A-2a and PDF/UA-1. The others set the same
characters, with the same font files or the system's, and are given a plain style sheet,
without the rules of GB/T 9704 for lines, grid and imprint, tags or archive.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.issues import USUAL, repeated
from benchmarks.others import FOLDER, FONTS, OTHERS, present
from bulletin.document import IssueDocument, dumps, loads
from bulletin.renderers import FORMATS

FONT_FILES: Final = (
    "FandolFang-Regular.otf",
    "NotoSansCJK-Bold.ttc",
    "NotoSerifCJK-Bold.ttc",
    "LiberationSerif-Regular.ttf",
)
ENOUGH: Final = 3_000
"""CPU milliseconds that the counted processes of a system and scale should come to, about."""
WARM: Final = 3
"""Further renderings for each counted process."""
LONG: Final = 10_000
"""CPU milliseconds beyond which one process is enough."""


class Cost(NamedTuple):
    """CPU milliseconds cold and warm, megabytes at the peak, bytes written."""

    cold: float
    warm: float
    peak: float
    size: int


class Aim(NamedTuple):
    """What our PDF may cost at most, as a share of what another costs."""

    other: str
    what: str
    most: float
    from_scale: int = 1
    below: bool = False


AIMS: Final = (
    Aim("typst", "cold", 1.3),
    Aim("typst", "cold", 1.0, from_scale=100),
    Aim("typst", "warm", 1.0),
    Aim("typst", "peak", 1.0, below=True),
    Aim("weasyprint", "cold", 0.2),
    Aim("weasyprint", "warm", 0.2),
    Aim("libreoffice", "cold", 0.2),
    Aim("libreoffice", "warm", 0.2),
)


def main() -> None:
    options = _arguments()
    document = loads(options.document.read_bytes())
    names = [*FORMATS, *filter(present, OTHERS)]
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(folder)
        for scale in options.scale:
            content = Path(folder, "document.json")
            content.write_bytes(dumps(repeated(document, scale)))
            costs = {name: _cost([name, str(content)], options.runs, environment) for name in names}
            _print(repeated(document, scale), scale, costs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("document", type=Path, nargs="?", default=USUAL)
    parser.add_argument("--scale", type=_numbers, default=[1, 10, 100])
    parser.add_argument("--runs", type=int, default=7, help="at most")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _environment(folder: str) -> dict[str, str]:
    """Of every process: where the fonts are, where bytecode and profiles are kept."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    places = {FONTS: _find_fonts(), FOLDER: folder, "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
    return {**kept, **places}


def _find_fonts() -> str:
    fonts = import_module("bulletin.typeset.fonts").system_fonts()
    faces = {face.path.name: face.path for chain in fonts.chains.values() for face in chain}
    return os.pathsep.join(str(faces[name]) for name in FONT_FILES if name in faces)


def _cost(work: list[str], most: int, environment: dict[str, str]) -> Cost:
    first = _process(work, 0, environment)
    if first["cpu"] > LONG:
        return Cost(first["cpu"], first["cpu"], first["peak"], first["size"])
    runs = max(1, min(most, round(ENOUGH / first["cpu"])))
    cold = [_process(work, 0, environment) for _ in range(runs)]
    warm = _process(work, runs * WARM, environment)["warm"]
    best, peak = (min(one[what] for one in cold) for what in ("cpu", "peak"))
    return Cost(best, min(warm), peak, first["size"])


def _process(work: list[str], runs: int, environment: dict[str, str]) -> dict[str, Any]:
    """One process; its answer, with the CPU time and peak memory it took whole."""
    command = [sys.executable, "-m", "benchmarks.render_work", *work, str(runs)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    output = child.stdout.read() if child.stdout else b""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{work[0]}: the process failed")
    answer: dict[str, Any] = json.loads(output)
    answer["cpu"] = (usage.ru_utime + usage.ru_stime) * 1000
    answer["peak"] = usage.ru_maxrss / 1024
    return answer


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
    print("\n| our PDF of … | … may be | is | |\n|---|---:|---:|---|")
    for aim in AIMS:
        if aim.other in costs and scale >= aim.from_scale:
            print(_judged(aim, base, costs[aim.other]), flush=True)


def _judged(aim: Aim, ours: Cost, other: Cost) -> str:
    share = getattr(ours, aim.what) / getattr(other, aim.what)
    met = share < aim.most if aim.below else share <= aim.most
    bound = "below" if aim.below else "at most"
    return (
        f"| {aim.other}, {aim.what} | {bound} {aim.most:.2f} × | {share:.2f} × |"
        f" {'met' if met else 'NOT MET'} |"
    )


if __name__ == "__main__":
    main()
