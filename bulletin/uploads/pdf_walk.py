"""Run as a program of its own: a PDF on standard input, one word about it on standard output.

Knows neither Django nor the rest of the project, and gives itself hard limits first.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

SECONDS: Final = 8
MEMORY: Final = 1_000_000_000  # bytes
OBJECTS: Final = 100_000
PAGES: Final = 200
KEYS: Final = {
    "/JS": "script",
    "/JavaScript": "script",
    "/EmbeddedFiles": "embedded",
    "/EF": "embedded",
    "/RichMediaContent": "embedded",
    "/XFA": "form",
}
VALUES: Final = {
    "/JavaScript": "script",
    "/Rendition": "script",
    "/ImportData": "launch",
    "/SubmitForm": "launch",
    "/Launch": "launch",
    "/GoToE": "launch",
    "/GoToR": "launch",
    "/EmbeddedFile": "embedded",
    "/FileAttachment": "embedded",
    "/RichMedia": "embedded",
    "/Movie": "embedded",
    "/Sound": "embedded",
    "/Screen": "embedded",
    "/3D": "embedded",
}


def verdict(data: bytes) -> str:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        return "locked"
    numbers = list(_numbers(reader))
    if len(numbers) > OBJECTS:
        return "crowded"
    for number, generation in numbers:
        found = _found_in(reader.get_object(IndirectObject(number, generation, reader)))
        if found:
            return found
    found = _found_in(reader.trailer)
    return found or ("plain" if 0 < len(reader.pages) <= PAGES else "pages")


def _numbers(reader: PdfReader) -> Iterator[tuple[int, int]]:
    for generation, numbers in reader.xref.items():
        yield from ((number, generation) for number in numbers)
    yield from ((number, 0) for number in reader.xref_objStm)


def _found_in(thing: Any) -> str:
    """What the object itself holds; what it refers to has a number of its own."""
    waiting, looked_at = [thing], 0
    while waiting and looked_at < OBJECTS:
        looked_at += 1
        thing = waiting.pop()
        if isinstance(thing, DictionaryObject):
            if found := _found_in_dictionary(thing):
                return found
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)
    return "crowded" if waiting else ""


def _found_in_dictionary(thing: DictionaryObject) -> str:
    for key, word in KEYS.items():
        if key in thing:
            return word
    kinds = (str(thing.raw_get(key)) for key in ("/S", "/Type", "/Subtype") if key in thing)
    return next((VALUES[kind] for kind in kinds if kind in VALUES), "")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(verdict(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
