"""Typst, through its Python package: no process is started, the fonts are read once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import typst

from bulletin.document import IssueDocument

from . import font_files

_HEAD: Final = """
#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm),
  numbering: "— 1 —")
#set text(font: ("Liberation Serif", "FandolFang R"), size: 16pt, lang: "zh")
#set par(justify: true, leading: 16pt, spacing: 16pt, first-line-indent: (amount: 2em, all: true))
#show heading: set text(font: "Noto Sans CJK SC", weight: "bold", size: 16pt)
#show heading.where(level: 1): set text(font: "Noto Serif CJK SC", size: 62pt, fill: red)
#show heading.where(level: 1): set align(center)
"""


def prepare() -> Callable[[IssueDocument], bytes]:
    folders = sorted({str(path.parent) for path in font_files()})
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)

    def render(document: IssueDocument) -> bytes:
        source = _source(document).encode()
        return typst.compile(source, font_paths=fonts, ignore_system_fonts=True)

    return render


def _source(document: IssueDocument) -> str:
    marks = {"title": "= ", "heading": "== "}
    lines = [f"{marks.get(line.role, '')}#{_quoted(line.text)}" for line in document.lines()]
    return _HEAD + "\n\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
