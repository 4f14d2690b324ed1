"""The page that WeasyPrint and LibreOffice are given."""

from __future__ import annotations

from html import escape
from typing import Final

from bulletin.document import IssueDocument

STYLE: Final = """
@page{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{content:"— " counter(page) " —"}}
body{font:16pt/29.6pt "Liberation Serif","Fang";margin:0}
h1{font:bold 62pt "Title";color:#d90000;text-align:center}
h2{font:bold 16pt/29.6pt "Head";margin:0;text-indent:2em}
p{margin:0;text-indent:2em;text-align:justify}
"""
_TAGS: Final = {"title": "h1", "heading": "h2"}


def web_page(document: IssueDocument, style: str) -> str:
    body = "".join(
        f"<{_TAGS.get(line.role, 'p')}>{escape(line.text)}</{_TAGS.get(line.role, 'p')}>"
        for line in document.lines()
    )
    return f'<html lang=zh><meta charset="utf-8"><style>{style}</style><body>{body}'
