"""What a document may hold before any format is made of it.

The caps bound time and memory: setting and drawing grow with the text and no faster, so
that a document within them takes seconds and a few hundred megabytes at the very worst
(tests/bulletin/renderers/test_hostile_text.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..document import IssueDocument

LONGEST: Final = {"title": 100, "number": 40, "issuer": 200, "heading": 400, "imprint": 2_000}
PARAGRAPH: Final = 20_000
"""Characters a paragraph may have; the longest printed so far has 258."""
_TORN: Final = re.compile("[\ud800-\udfff]")
"""Half of a pair of UTF-16, which no encoding can write."""
WHOLE: Final = 1_000_000
"""Characters an issue may have: three hundred times a usual one."""


def admit(document: IssueDocument) -> None:
    """Raises ValueError, naming the place, for a document too long to be set."""
    for reason in beyond(document):
        raise ValueError(reason)


def beyond(document: IssueDocument) -> Iterator[str]:
    """In words, what is too long and where."""
    whole = 0
    for line in document.lines():
        size = len(line.text)
        whole += size
        most = LONGEST.get(line.role, PARAGRAPH)
        if size > most:
            start = line.text[:12]
            yield f"“{start}…”一段共{size}字，超过{most}字的上限，无法排版。请拆成几段。"
        if torn := _TORN.search(line.text):
            yield f"“{line.text[: torn.start()][-12:]}”后面的字是残缺的编码，无法排版。请重新输入。"
    if whole > WHOLE:
        yield f"全期共{whole}字，超过{WHOLE}字的上限，无法排版。请分期印。"
