"""WeasyPrint, with the same font files as ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import weasyprint

from bulletin.document import IssueDocument

from . import font_files
from .web import STYLE, web_page

_NAMES: Final = {"FandolFang": "Fang", "NotoSansCJK": "Head", "NotoSerifCJK": "Title"}


def prepare() -> Callable[[IssueDocument], bytes]:
    faces = "".join(
        f'@font-face{{font-family:"{_NAMES[path.stem.split("-")[0]]}";src:url({path.as_uri()})}}'
        for path in font_files()
        if path.stem.split("-")[0] in _NAMES
    )

    def render(document: IssueDocument) -> bytes:
        return weasyprint.HTML(string=web_page(document, f"{faces}{STYLE}")).write_pdf()

    return render
