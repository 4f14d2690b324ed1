"""The same text through other systems, each with a plain style sheet and a module of its own.

`prepare()` of a module does what a long-lived process would have behind it, and gives back
what renders; nothing else is loaded with it, so that no system is charged for another.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Final

FONTS: Final = "BENCHMARK_FONTS"
"""The font files, found by the parent process, so that none is charged for looking."""
FOLDER: Final = "BENCHMARK_FOLDER"
"""What a system keeps between two processes."""
OTHERS: Final = ("typst", "weasyprint", "libreoffice")


def font_files() -> list[Path]:
    return [Path(part) for part in os.environ[FONTS].split(os.pathsep)]


def present(name: str) -> bool:
    """Whether the program is on this machine."""
    if name == "libreoffice":
        return shutil.which("soffice") is not None
    return find_spec(name) is not None
