"""The text of the plain formats: lines, JSON, HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from ..document import loads


def txt_lines(data: bytes) -> list[str]:
    return data.decode().removesuffix("\n").split("\n")


def data_lines(data: bytes) -> list[str]:
    return [line.text for line in loads(data).lines()]


def html_lines(data: bytes) -> list[str]:
    reader = _HtmlReader()
    reader.feed(data.decode())
    reader.close()
    return reader.lines


class _HtmlReader(HTMLParser):
    """Collects what stands in the elements that hold one paragraph each."""

    LEAVES: Final = frozenset({"h1", "h2", "p", "time", "span"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.inside = False
        self.leaf = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        issued = tag == "p" and ("class", "issued") in attrs
        if tag == "article":
            self.inside = True
        elif self.inside and not self.leaf and tag in self.LEAVES and not issued:
            self.leaf = tag
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.inside = False
        elif tag == self.leaf:
            self.leaf = ""

    def handle_data(self, data: str) -> None:
        if self.leaf:
            self.lines[-1] += data
