"""The words of the public pages, as gettext will ask for them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_TRANSLATE: Final = re.compile(r'{%\s*(?:translate|trans)\s+"([^"]+)"')
_BLOCK: Final = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.S)
_MARKERS: Final = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}
_CHINESE: Final = re.compile(r"[㐀-鿿]")


def words() -> set[str]:
    """Every Chinese message of the site's templates and modules."""
    found = {word for path in _templates() for word in _in_template(path.read_text())}
    found |= {word for path in _modules() for word in _in_module(path.read_text())}
    return {word for word in found if _CHINESE.search(word)}


def _templates() -> Iterator[Path]:
    yield from (ROOT / "templates" / "site").rglob("*.html")
    yield from (
        ROOT / "templates" / name for name in ("base.html", "400.html", "404.html", "500.html")
    )


def _modules() -> Iterator[Path]:
    for place in ("bulletin/site", "bulletin/views/site"):
        yield from (ROOT / place).rglob("*.py")


def _in_template(text: str) -> Iterator[str]:
    yield from _TRANSLATE.findall(text)
    for block in _BLOCK.findall(text):
        yield re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", block)


def _in_module(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _MARKERS:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
