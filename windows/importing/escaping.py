"""Text between rows and spreadsheets: nothing that leaves may run as a formula.

Excel, WPS and LibreOffice take a cell that begins with one of these for a formula or a
command; the library's own option strips only a leading `=`. Going out such text gets an
apostrophe, coming in it loses one, so that a file read back changes nothing.
"""

from __future__ import annotations

import re
from typing import Any, Final

_DANGEROUS: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def tidy(text: str) -> str:
    """Text as a spreadsheet can hold it: no control characters, no space at the ends."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def escape(value: Any) -> Any:
    """Of any value, text that would run is marked; numbers and dates stay."""
    if isinstance(value, str) and _DANGEROUS.match(value):
        return f"'{value}"
    return value


def unescape(text: str) -> str:
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
