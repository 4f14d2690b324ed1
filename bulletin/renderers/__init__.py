"""What an issue is made into: one table of formats, each a function of the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..document import IssueDocument
from . import pdf


@dataclass(frozen=True, slots=True)
class Format:
    """One output format; `render` gives the same bytes for the same document."""

    name: str
    label: str
    extension: str
    content_type: str
    render: Callable[[IssueDocument], bytes]


_FORMATS: Final = (Format("pdf", "PDF", "pdf", "application/pdf", pdf.render),)
FORMATS: Final[dict[str, Format]] = {entry.name: entry for entry in _FORMATS}
