"""HTML for the editor of an official account (公众号), which drops style sheets, classes and
links: every element carries its own style, and nothing else. Pasted there as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..document import IssueDocument, Line
from .limits import admit
from .markup import escaped

_STYLES: Final = {
    "title": "margin:24px 0 12px;font-size:32px;line-height:1.3;font-weight:bold;color:#b3151b;"
    "text-align:center;letter-spacing:2px",
    "number": "margin:0 0 12px;font-size:15px;line-height:1.75;text-align:center",
    "issuer": "margin:0;font-size:14px;line-height:1.75;color:#55524e;text-align:center",
    "date": "margin:0 0 16px;padding:0 0 12px;font-size:14px;line-height:1.75;color:#55524e;"
    "text-align:center;border-bottom:2px solid #b3151b",
    "heading": "margin:28px 0 12px;font-size:18px;line-height:1.5;font-weight:bold;color:#b3151b",
    "paragraph": "margin:0 0 16px;font-size:16px;line-height:1.75;text-align:justify;"
    "text-indent:2em",
    "item": "margin:0 0 16px;font-size:16px;line-height:1.75;text-align:justify;text-indent:2em",
    "imprint": "margin:0;padding:6px 0;font-size:14px;line-height:1.75;color:#55524e;"
    "border-top:1px solid #ddd7ce",
}
_TAGS: Final = {"title": "h1", "heading": "h2"}
_ARTICLE: Final = "color:#1c1b1a;word-break:break-word"


def render(document: IssueDocument) -> bytes:
    """A fragment without head or script. Raises ValueError beyond the limits."""
    admit(document)
    return "\n".join(_article(document.lines())).encode("utf-8", "replace")


def _article(lines: tuple[Line, ...]) -> Iterator[str]:
    yield f'<article style="{_ARTICLE}">'
    for line in lines:
        tag = _TAGS.get(line.role, "p")
        text = escaped(line.text)
        yield f'<{tag} style="{_STYLES[line.role]}">{text}</{tag}>'
    yield "</article>\n"
