"""What XML and HTML cannot carry."""

from __future__ import annotations

import re
from functools import cache


def printable(text: str) -> str:
    """The text with every control character as �.

    XML 1.0 (2.2) has no way to write most of them, not even escaped. The difference
    shows when the formats are compared, and `uncovered` names the place.
    """
    return text if text.isprintable() else _illegal().sub("\ufffd", text)


@cache
def _illegal() -> re.Pattern[str]:
    """Compiled when first needed, which takes a fresh process as long as a page takes to set."""
    return re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """`printable` text for XML and HTML: the one place where text becomes markup.

    Written out, since to load `html` with its 2,231 names costs a fresh process more than the
    text takes.
    """
    shown = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace('"', "&quot;").replace("'", "&#x27;")
