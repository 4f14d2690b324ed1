"""What an issue is made into: one table of formats, each a function of the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..document import IssueDocument
from ..typeset import NONE, Marks
from .loading import part


@dataclass(frozen=True, slots=True)
class Format:
    """One output format. `module` makes it; a `paged` one can carry marks; one that is not
    `public` is for the editors alone."""

    name: str
    label: str
    extension: str
    content_type: str
    module: str
    paged: bool = False
    public: bool = True

    def render(self, document: IssueDocument, *, marks: Marks = NONE) -> bytes:
        """The same bytes for the same document and marks. Raises ValueError beyond the limits."""
        render = part(self.module).render
        data: bytes = render(document, marks=marks) if self.paged else render(document)
        return data


_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HTML: Final = "text/html; charset=utf-8"
_FORMATS: Final = (
    Format("pdf", "PDF", "pdf", "application/pdf", "pdf", paged=True),
    Format("ofd", "OFD", "ofd", "application/ofd", "ofd", paged=True),
    Format("docx", "Word文档", "docx", _DOCX, "docx", paged=True),
    Format("html", "网页", "html", _HTML, "html"),
    Format("wechat", "公众号", "wechat.html", _HTML, "wechat", public=False),
    Format("txt", "纯文本", "txt", "text/plain; charset=utf-8", "txt"),
    Format("json", "数据（JSON）", "json", "application/json", "data"),
)
FORMATS: Final[dict[str, Format]] = {entry.name: entry for entry in _FORMATS}

__all__ = ["FORMATS", "NONE", "Format", "Marks"]
