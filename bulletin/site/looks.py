"""大字版 and 深色, kept in the address: no cookie, no script, and a cache tells them apart.

`view` is one of six values; whatever else stands there is the plain page, so a
stray query string makes no new page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

Tone = Literal["", "dark", "light"]


@dataclass(frozen=True, slots=True)
class Look:
    """`tone` "" follows the reader's system."""

    large: bool = False
    tone: Tone = ""

    @property
    def view(self) -> str:
        return "-".join(word for word in ("large" if self.large else "", self.tone) if word)

    @property
    def classes(self) -> str:
        return self.view.replace("-", " ")

    def link(self, path: str) -> str:
        """`path` in this look; a fragment stays at the end."""
        if not self.view:
            return path
        page, mark, fragment = path.partition("#")
        return f"{page}?view={self.view}{mark}{fragment}"

    def other_size(self) -> Look:
        return replace(self, large=not self.large)

    def toned(self, tone: Tone) -> Look:
        return replace(self, tone=tone)


_TONES: Final[tuple[Tone, ...]] = ("", "dark", "light")
LOOKS: Final = {
    look.view: look for look in (Look(large, tone) for large in (False, True) for tone in _TONES)
}
PLAIN: Final = LOOKS[""]
