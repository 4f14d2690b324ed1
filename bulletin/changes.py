"""What changed between two frozen documents, paragraph by paragraph and by characters.

Pure: the approver's page, the correction and the public difference are the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from bulletin.document import IssueDocument, Line
from bulletin.proofreading.difference import Piece, differences


@dataclass(frozen=True, slots=True)
class LineChange:
    """`at` is the line in the newer document, None for one taken out; `where` says its place
    as printed, such as 四（一）."""

    where: str
    old: str
    new: str
    at: int | None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What went and what came, character by character."""
        return differences(self.old, self.new)


def changed_lines(old: IssueDocument, new: IssueDocument) -> list[LineChange]:
    """Paragraphs added, taken out or altered, in reading order; a new number alone is none."""
    before, after = old.lines(), new.lines()
    matcher = SequenceMatcher(None, _words(before), _words(after), autojunk=False)
    return [
        change
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
        for change in _paired(before, range(a, b), after, range(c, d))
    ]


@dataclass(frozen=True, slots=True)
class Touched:
    """Which correction touched a line last: the place of the edition it made in the row of them,
    and the how-manieth of its changes this is, from 1."""

    edition: int
    order: int


def touched(papers: Sequence[IssueDocument]) -> dict[int, Touched]:
    """Of the editions of one issue, oldest first: the lines of the last one, by place, that a
    correction altered or added. A line that stayed as one correction left it is that one's."""
    last: dict[tuple[str, str], Touched] = {}
    for edition, (old, new) in enumerate(pairwise(papers), 1):
        words = _words(new.lines())
        for order, change in enumerate(changed_lines(old, new), 1):
            if change.at is not None:
                last[words[change.at]] = Touched(edition, order)
    printed = enumerate(_words(papers[-1].lines()))
    return {place: last[word] for place, word in printed if word in last}


def _words(lines: Sequence[Line]) -> list[tuple[str, str]]:
    return [(line.role, line.body) for line in lines]


def _paired(
    before: Sequence[Line], gone: range, after: Sequence[Line], come: range
) -> Iterator[LineChange]:
    """Each new paragraph with the most similar one it may have come from."""
    left = list(gone)
    for at in come:
        line = after[at]
        source = max(left, key=lambda one: _alike(before[one], line), default=None)
        if source is not None and _alike(before[source], line) >= 0.5:
            left.remove(source)
            yield LineChange(_where(after, at), before[source].body, line.body, at)
        else:
            yield LineChange(_where(after, at), "", line.body, at)
    for source in left:
        yield LineChange(_where(before, source), before[source].body, "", None)


def _alike(one: Line, other: Line) -> float:
    if one.role != other.role:
        return 0.0
    if one.role not in {"item", "paragraph"}:
        return 1.0
    return SequenceMatcher(None, one.body, other.body, autojunk=False).ratio()


_NAMES = {
    "title": "刊名",
    "number": "期号",
    "issuer": "编印单位",
    "date": "印发日期",
    "imprint": "版记",
}


def _where(lines: Sequence[Line], at: int) -> str:
    line = lines[at]
    if line.role in _NAMES:
        return _NAMES[line.role]
    heading = next((one for one in reversed(lines[: at + 1]) if one.role == "heading"), line)
    if line.role == "heading":
        return f"{line.label}标题"
    return heading.label.rstrip("、") + (line.label or "段落")
