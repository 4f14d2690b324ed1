"""The text drawn back out of each format, for comparison before sign-off.

Every function returns the paragraphs in reading order, equal to
`[line.text for line in document.lines()]` when nothing was lost.
"""

from __future__ import annotations

from typing import Final

from .loading import part

EXTRACTORS: Final = {
    "pdf": ("extract_pdf", "pdf_lines"),
    "ofd": ("extract_ofd", "ofd_lines"),
    "docx": ("extract_docx", "docx_lines"),
    "html": ("extract_text", "html_lines"),
    "wechat": ("extract_text", "html_lines"),
    "txt": ("extract_text", "txt_lines"),
    "json": ("extract_text", "data_lines"),
}
"""Module and function by format."""


def extract(format_name: str, data: bytes) -> list[str]:
    """The paragraphs of a rendered file. Raises ValueError for an unknown format."""
    if format_name not in EXTRACTORS:
        raise ValueError(f"没有“{format_name}”这种格式。")
    module, function = EXTRACTORS[format_name]
    lines: list[str] = getattr(part(module), function)(data)
    return lines
