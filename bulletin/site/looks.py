"""English labels, 大字版 and 深色, kept in the address: no cookie, no script, and a cache tells
them apart.

`view` is one of twelve values; whatever else stands there is the plain page, so a
stray query string makes no new page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Final, Literal

Tone = Literal["", "dark", "light"]


@dataclass(frozen=True, slots=True)
class Look:
    """`tone` "" follows the reader's system; `english` is about labels, never about content."""

    large: bool = False
    tone: Tone = ""
    english: bool = False

    @property
    def view(self) -> str:
        words = ("en" if self.english else "", "large" if self.large else "", self.tone)
        return "-".join(word for word in words if word)

    @property
    def classes(self) -> str:
        return replace(self, english=False).view.replace("-", " ")

    @property
    def language(self) -> str:
        """Of the labels, as HTML names it."""
        return "en" if self.english else "zh-Hans"

    def link(self, path: str) -> str:
        """`path` in this look; its own query goes first, a fragment stays at the end."""
        if not self.view:
            return path
        page, mark, fragment = path.partition("#")
        joint = "&" if "?" in page else "?"
        return f"{page}{joint}view={self.view}{mark}{fragment}"

    def other_size(self) -> Look:
        return replace(self, large=not self.large)

    def other_language(self) -> Look:
        return replace(self, english=not self.english)

    def toned(self, tone: Tone) -> Look:
        return replace(self, tone=tone)


_TONES: Final[tuple[Tone, ...]] = ("", "dark", "light")
LOOKS: Final = {
    look.view: look
    for look in (Look(*words) for words in product((False, True), _TONES, (False, True)))
}
PLAIN: Final = LOOKS[""]
