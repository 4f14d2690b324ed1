"""Where the printed pages begin, so that a reader of the site can cite the paper."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from bulletin.document import IssueDocument
from bulletin.typeset import lay_out

# line of `document.lines()` → offset in its text → page that begins there
Starts = dict[int, dict[int, int]]
_KEPT: Final = 32


@lru_cache(maxsize=_KEPT)
def page_starts(document: IssueDocument) -> Starts:
    """Pages 2 and up, from the typesetter's own breaks."""
    starts: Starts = {}
    seen: dict[int, int] = {}
    for page in lay_out(document):
        for place, row in enumerate(page.rows):
            if not place and page.number > 1:
                starts.setdefault(row.line, {})[seen.get(row.line, 0)] = page.number
            seen[row.line] = seen.get(row.line, 0) + len(row.text)
    return starts


def page_of_lines(document: IssueDocument) -> tuple[int, ...]:
    """The page each line begins on."""
    starts = page_starts(document)
    pages, page = [], 1
    for place, _line in enumerate(document.lines()):
        breaks = starts.get(place, {})
        page = breaks.get(0, page)
        pages.append(page)
        page = max([page, *breaks.values()])
    return tuple(pages)
