"""The text of an OFD, read from the objects that name the paragraph they belong to."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from lxml import etree

from .ofd_package import NAMESPACE, PARAGRAPH

_O: Final = f"{{{NAMESPACE}}}"


def ofd_lines(data: bytes) -> list[str]:
    """The paragraphs of an OFD of ours. Raises ValueError when it is none."""
    try:
        with ZipFile(BytesIO(data)) as package:
            root = _parsed(package, "OFD.xml")
            document = _parsed(package, root.findtext(f".//{_O}DocRoot"))
            places = [f"Doc_0/{page.get('BaseLoc')}" for page in document.iter(f"{_O}Page")]
            pages = [_parsed(package, place) for place in places]
    except (BadZipFile, KeyError, TypeError, etree.XMLSyntaxError) as problem:
        raise ValueError("这个OFD没有可读的结构，无法取出文字。") from problem
    found: dict[int, str] = {}
    for page in pages:
        for shown in page.iter(f"{_O}TextObject"):
            name = shown.get("Name", "")
            if name.startswith(PARAGRAPH):
                line = int(name.removeprefix(PARAGRAPH))
                found[line] = found.get(line, "") + (shown.findtext(f"{_O}TextCode") or "")
    return [found[line] for line in sorted(found)]


def _parsed(package: ZipFile, name: str) -> Any:
    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(name.lstrip("/")), safe)
