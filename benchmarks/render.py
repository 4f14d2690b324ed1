"""What one issue costs in each format, beside Typst and WeasyPrint on the same text.

    python -m benchmarks.render [DOCUMENT.json] [--scale N] [--runs N]

DOCUMENT.json is what `export_issue --format json` writes; without it a made-up issue of
the usual size is set. `--scale` repeats the items. All figures are CPU time (user and
system, all threads), so other work on the machine does not count: cold is a new
process from start to exit, reading the document and rendering it once (the best of
`--runs`); warm is the median of further renderings in one process, each of another
text, so that no cache of whole paragraphs or fonts helps anybody. The ratios are to
our PDF. All three set the same characters with the same font files; Typst and
WeasyPrint are given a plain style sheet, without the rules of GB/T 9704 for lines,
grid and imprint, and make no structure tree unless they do so by themselves.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

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

OURS: Final = ("pdf", "docx", "html", "txt", "json")
OTHERS: Final = ("typst", "weasyprint")
MODULES: Final = {"json": "data"}
FONT_FILES: Final = (
    "FandolFang-Regular.otf",
    "NotoSansCJK-Bold.ttc",
    "NotoSerifCJK-Bold.ttc",
    "LiberationSerif-Regular.ttf",
)
FONTS: Final = "BENCHMARK_FONTS"


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
    with tempfile.TemporaryDirectory() as folder:
        document = _document(options.document, options.scale)
        content = Path(folder, "document.json")
        content.write_bytes(dumps(document))
        names = [*OURS, *(n for n in OTHERS if importlib.util.find_spec(n))]
        costs = {name: _cost(name, content, options.runs) for name in names}
    _print(document, costs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("document", type=Path, nargs="?")
    parser.add_argument("--scale", type=int, default=1)
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
    before = time.process_time()
    render(loads(data))
    return (time.process_time() - before) * 1000


def _renderer(name: str) -> Callable[[IssueDocument], bytes]:
    """Imported here, by name, so that a cold process pays for nothing but its own format."""
    if name in OTHERS:
        return {"typst": _typst, "weasyprint": _weasyprint}[name]()
    module = import_module(f"bulletin.renderers.{MODULES.get(name, name)}")
    return module.render


def _find_fonts() -> str:
    """Where the font files are, found by the parent so that no child is charged for it."""
    fonts = import_module("bulletin.typeset.fonts").system_fonts()
    faces = {face.path.name: face.path for chain in fonts.chains.values() for face in chain}
    return os.pathsep.join(str(faces[name]) for name in FONT_FILES if name in faces)


def _font_files() -> list[Path]:
    return [Path(part) for part in os.environ[FONTS].split(os.pathsep)]


def _typst() -> Callable[[IssueDocument], bytes]:
    typst = import_module("typst")
    folders = sorted({str(path.parent) for path in _font_files()})
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)

    def render(document: IssueDocument) -> bytes:
        return typst.compile(
            _typst_source(document).encode(), font_paths=fonts, ignore_system_fonts=True
        )

    return render


_TYPST_HEAD: Final = """
#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm),
  numbering: "— 1 —")
#set text(font: ("Liberation Serif", "FandolFang R"), size: 16pt, lang: "zh")
#set par(justify: true, leading: 16pt, spacing: 16pt, first-line-indent: (amount: 2em, all: true))
#show heading: set text(font: "Noto Sans CJK SC", weight: "bold", size: 16pt)
#show heading.where(level: 1): set text(font: "Noto Serif CJK SC", size: 62pt, fill: red)
#show heading.where(level: 1): set align(center)
"""


def _typst_source(document: IssueDocument) -> str:
    marks = {"title": "= ", "heading": "== "}
    lines = [f"{marks.get(line.role, '')}#{_quoted(line.text)}" for line in document.lines()]
    return _TYPST_HEAD + "\n\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_CSS: Final = """
@page{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{content:"— " counter(page) " —"}}
body{font:16pt/29.6pt "Liberation Serif","Fang";margin:0}
h1{font:bold 62pt "Title";color:#d90000;text-align:center}
h2{font:bold 16pt/29.6pt "Head";margin:0;text-indent:2em}
p{margin:0;text-indent:2em;text-align:justify}
"""


def _weasyprint() -> Callable[[IssueDocument], bytes]:
    weasyprint = import_module("weasyprint")
    names = {"FandolFang": "Fang", "NotoSansCJK": "Head", "NotoSerifCJK": "Title"}
    faces = "".join(
        f'@font-face{{font-family:"{names[path.stem.split("-")[0]]}";src:url({path.as_uri()})}}'
        for path in _font_files()
        if path.stem.split("-")[0] in names
    )

    def render(document: IssueDocument) -> bytes:
        tags = {"title": "h1", "heading": "h2"}
        body = "".join(
            f"<{tags.get(line.role, 'p')}>{escape(line.text)}</{tags.get(line.role, 'p')}>"
            for line in document.lines()
        )
        page = f"<html lang=zh><style>{faces}{_CSS}</style><body>{body}"
        return weasyprint.HTML(string=page).write_pdf()

    return render


def _print(document: IssueDocument, costs: dict[str, Cost]) -> None:
    base = costs["pdf"]
    print(f"{len(document.lines())} paragraphs, {len(document.text)} characters\n")
    print("| format | cold ms | × | warm ms | × | peak MB | bytes |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, cost in costs.items():
        print(
            f"| {name} | {cost.cold:.0f} | {cost.cold / base.cold:.2f} | {cost.warm:.1f} |"
            f" {cost.warm / base.warm:.2f} | {cost.peak:.0f} | {cost.size} |"
        )


if __name__ == "__main__":
    main()
