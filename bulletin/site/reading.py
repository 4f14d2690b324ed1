"""The frozen document as a page reads it: parts, paragraphs, first sentences.

Numbers and anchors come from `lines()`; nothing is numbered here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bulletin.document import IssueDocument, Item, Line

from .frame import Link
from .printed import Starts, page_of_lines, page_starts
from .sentences import Piece, date_and_rest, first_sentence, pieces

MOST_HEADLINES: Final = 5
FEWER: Final = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`mark` where a correction touched it."""

    anchor: str
    label: str
    pieces: tuple[Piece, ...]
    mark: Link | None = None


@dataclass(frozen=True, slots=True)
class Part:
    anchor: str
    label: str
    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """An item on the front page; `when` is empty where the one above says it already."""

    anchor: str
    when: str
    sentence: tuple[Piece, ...]
    page: int


@dataclass(frozen=True, slots=True)
class Headlines:
    anchor: str
    label: str
    heading: str
    items: tuple[Headline, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Lead:
    sentence: tuple[Piece, ...]
    rest: tuple[Piece, ...]


def parts(
    document: IssueDocument, marks: Mapping[int, Link] = MappingProxyType({})
) -> tuple[Part, ...]:
    """Sections with their paragraphs, from `lines()`; `marks` by the place of a line there."""
    starts = page_starts(document)
    found: list[tuple[Line, list[Paragraph]]] = []
    for place, line in enumerate(document.lines()):
        if line.role == "heading":
            found.append((line, []))
        elif line.role in ("item", "paragraph"):
            found[-1][1].append(_paragraph(place, line, starts, marks.get(place)))
    return tuple(
        Part(line.anchor, line.label, line.body, tuple(paragraphs)) for line, paragraphs in found
    )


def _paragraph(place: int, line: Line, starts: Starts, mark: Link | None) -> Paragraph:
    skipped = len(line.label)
    breaks = {max(0, at - skipped): page for at, page in starts.get(place, {}).items()}
    return Paragraph(line.anchor, line.label, pieces(line.body, breaks), mark)


def lead(document: IssueDocument) -> Lead:
    """The issue's own first sentence, and the rest of its first paragraph."""
    items = [item for section in document.sections for item in section.items]
    sentence, rest = first_sentence(items[0].text) if items else (document.number_line, "")
    return Lead(pieces(sentence, {}), pieces(rest, {}))


def headlines(document: IssueDocument) -> tuple[Headlines, ...]:
    """Each item's first sentence; the first section is the lead and is left out."""
    pages = page_of_lines(document)
    found: list[tuple[Line, list[tuple[Line, int]]]] = []
    for line, page in zip(document.lines(), pages, strict=True):
        if line.role == "heading":
            found.append((line, []))
        elif line.role in ("item", "paragraph"):
            found[-1][1].append((line, page))
    return tuple(
        _headlines(line, rows, section.items)
        for (line, rows), section in list(zip(found, document.sections, strict=True))[1:]
        if rows
    )


def _headlines(head: Line, rows: list[tuple[Line, int]], items: tuple[Item, ...]) -> Headlines:
    shown = len(rows) if len(rows) <= MOST_HEADLINES else FEWER
    listed = []
    for (line, page), item in list(zip(rows, items, strict=True))[:shown]:
        when, rest = date_and_rest(item)
        sentence = pieces(first_sentence(rest)[0], {})
        listed.append(Headline(line.anchor, when, sentence, page))
    return Headlines(head.anchor, head.label, head.body, tuple(listed), len(rows) - shown)


def handled(document: IssueDocument) -> str:
    """The month's total as printed ("4.6万件"), empty where none is told."""
    return next((f.printed for f in document.figures if f.key == "total_handled"), "")


def count_items(document: IssueDocument) -> int:
    return sum(len(section.items) for section in document.sections if section.numbered)
