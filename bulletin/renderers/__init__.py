"""What an issue is made into: one table of formats, each a function of the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..document import IssueDocument
from . import data, docx, html, pdf, txt


@dataclass(frozen=True, slots=True)
class Format:
    """One output format; `render` gives the same bytes for the same document."""

    name: str
    label: str
    extension: str
    content_type: str
    render: Callable[[IssueDocument], bytes]


_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMATS: Final = (
    Format("pdf", "PDF", "pdf", "application/pdf", pdf.render),
    Format("docx", "Word文档", "docx", _DOCX, docx.render),
    Format("html", "网页", "html", "text/html; charset=utf-8", html.render),
    Format("txt", "纯文本", "txt", "text/plain; charset=utf-8", txt.render),
    Format("json", "数据（JSON）", "json", "application/json", data.render),
)
FORMATS: Final[dict[str, Format]] = {entry.name: entry for entry in _FORMATS}
