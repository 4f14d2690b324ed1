"""The same text through Typst, WeasyPrint and LibreOffice, each with a plain style sheet.

Each function prepares what a long-lived process would keep and gives back what renders.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from html import escape
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from bulletin.document import IssueDocument

FONTS: Final = "BENCHMARK_FONTS"
Render = Callable[[IssueDocument], bytes]


def _font_files() -> list[Path]:
    return [Path(part) for part in os.environ[FONTS].split(os.pathsep)]


def typst() -> Callable[[IssueDocument], bytes]:
    module = import_module("typst")
    folders = sorted({str(path.parent) for path in _font_files()})
    fonts = module.Fonts(include_system_fonts=False, font_paths=folders)

    def render(document: IssueDocument) -> bytes:
        return module.compile(
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


def weasyprint() -> Callable[[IssueDocument], bytes]:
    module = import_module("weasyprint")
    names = {"FandolFang": "Fang", "NotoSansCJK": "Head", "NotoSerifCJK": "Title"}
    faces = "".join(
        f'@font-face{{font-family:"{names[path.stem.split("-")[0]]}";src:url({path.as_uri()})}}'
        for path in _font_files()
        if path.stem.split("-")[0] in names
    )

    def render(document: IssueDocument) -> bytes:
        page = _page(document, f"{faces}{_CSS}")
        return module.HTML(string=page).write_pdf()

    return render


def libreoffice() -> Render:
    """From the page that WeasyPrint is given; a new process each time, as there is no other way."""
    folder = Path(tempfile.mkdtemp(prefix="libreoffice-"))

    def render(document: IssueDocument) -> bytes:
        page = folder / "page.html"
        page.write_text(_page(document, _CSS), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation={(folder / 'user').as_uri()}", "--headless"]
        command += ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"]
        command += ["--outdir", str(folder), str(page)]
        subprocess.run(command, capture_output=True, check=True)
        return (folder / "page.pdf").read_bytes()

    return render


def _page(document: IssueDocument, style: str) -> str:
    tags = {"title": "h1", "heading": "h2"}
    body = "".join(
        f"<{tags.get(line.role, 'p')}>{escape(line.text)}</{tags.get(line.role, 'p')}>"
        for line in document.lines()
    )
    return f'<html lang=zh><meta charset="utf-8"><style>{style}</style><body>{body}'


OTHERS: Final[dict[str, Callable[[], Render]]] = {
    "typst": typst,
    "weasyprint": weasyprint,
    "libreoffice": libreoffice,
}


def present(name: str) -> bool:
    """Whether the program is on this machine."""
    if name == "libreoffice":
        return shutil.which("soffice") is not None
    return find_spec(name) is not None
