"""PDF: draws the laid-out pages, nothing more.

Every row is marked content of the paragraph it belongs to, in reading order, so the
text drawn out again is `document.lines()`; page numbers and rules are artefacts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from ..document import IssueDocument, Line
from ..typeset import Page, Row, Rule, Run, lay_out
from ..typeset.geometry import PAGE_HEIGHT, PAGE_WIDTH
from .limits import admit
from .pdf_file import PdfFile, number
from .pdf_fonts import RED, Code, PdfFonts

LANGUAGE: Final = "zh-CN"
ELEMENTS: Final = {"title": "H1", "heading": "H2"}
"""Structure types by role; every other line is a P."""


def render(document: IssueDocument) -> bytes:
    """The issue as a PDF. Raises ValueError for a document beyond the limits."""
    admit(document)
    return draw(document, lay_out(document))


def draw(document: IssueDocument, pages: Sequence[Page]) -> bytes:
    """The given pages of the document as a PDF with outline and structure."""
    lines = document.lines()
    file = PdfFile(
        title=f"{document.masthead}{document.period.label} {document.number_line}",
        author=document.issuer,
        language=LANGUAGE,
        made=document.issued_on,
    )
    fonts = PdfFonts()
    fonts.collect(pages)
    resources = f"<< /Font << {fonts.embed(file)} >> >>"
    for page in pages:
        file.page((PAGE_WIDTH, PAGE_HEIGHT), resources, _content(page, lines, fonts))
    file.outline(list(_outline(file, pages, lines)))
    file.structure(_elements(pages, lines))
    return file.save(document.digest)


def _outline(
    file: PdfFile, pages: Sequence[Page], lines: Sequence[Line]
) -> Iterator[tuple[str, str, float]]:
    begun: set[int] = set()
    for page, reference in zip(pages, file.page_references, strict=True):
        for row in page.rows:
            if row.line not in begun and lines[row.line].role == "heading":
                begun.add(row.line)
                yield lines[row.line].text, reference, PAGE_HEIGHT - row.top + row.size


def _elements(
    pages: Sequence[Page], lines: Sequence[Line]
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    marks: list[list[tuple[int, int]]] = [[] for _ in lines]
    for place, page in enumerate(pages):
        for mark, row in enumerate(page.rows):
            marks[row.line].append((place, mark))
    for line, own in zip(lines, marks, strict=True):
        yield ELEMENTS.get(line.role, "P"), own


def _content(page: Page, lines: Sequence[Line], fonts: PdfFonts) -> bytes:
    parts = [_rule(rule) for rule in page.rules]
    for mark, row in enumerate(page.rows):
        tag = ELEMENTS.get(lines[row.line].role, "P")
        parts.append(f"/{tag} <</MCID {mark}>> BDC\n{_row(row, fonts)}EMC")
    parts.append(f"/Artifact <</Type /Pagination>> BDC\n{_row(page.folio, fonts)}EMC")
    return "\n".join(parts).encode("ascii")


def _rule(rule: Rule) -> str:
    y = PAGE_HEIGHT - rule.y
    colour = RED if rule.red else "0 0 0"
    path = f"{number(rule.x)} {number(y)} m {number(rule.x + rule.width)} {number(y)} l S"
    return f"/Artifact BMC\n{colour} RG {rule.thickness:.3f} w {path}\nEMC"


def _row(row: Row, fonts: PdfFonts) -> str:
    if not row.runs:
        return ""
    shown = "\n".join(_show(row, run, fonts) for run in row.runs)
    colour = RED if row.red else "0 0 0"
    return f"BT {colour} rg\n{shown}\nET\n"


def _show(row: Row, run: Run, fonts: PdfFonts) -> str:
    """One run; it falls into pieces where the face needed more than one font."""
    codes = [fonts.code(run.face, char) for char in run.text]
    parts = []
    x = run.x
    place = 0
    for font, members in groupby(codes, lambda code: code.font):
        own = list(members)
        steps = run.advances[place : place + len(own)]
        where = f"1 0 0 1 {x:.3f} {PAGE_HEIGHT - row.baseline:.3f} Tm"
        parts.append(f"/{font} {run.size:.3f} Tf {where} {_spaced(own, steps, run.size)}")
        x += sum(steps)
        place += len(own)
    return "\n".join(parts)


def _spaced(codes: Sequence[Code], steps: Sequence[float], size: float) -> str:
    """The codes with the commonest letter spacing set once and the others adjusted."""
    extras = [
        round(step - code.advance * size / 1000, 3) for code, step in zip(codes, steps, strict=True)
    ]
    common = Counter(extras[:-1] or [0.0]).most_common(1)[0][0]
    shown = "".join(_adjusted(codes, extras, common, size))
    return f"{common:.3f} Tc [<{shown}>] TJ"


def _adjusted(
    codes: Sequence[Code], extras: Sequence[float], common: float, size: float
) -> Iterator[str]:
    last = len(codes) - 1
    for place, (code, extra) in enumerate(zip(codes, extras, strict=True)):
        yield code.code
        if place < last and extra != common:
            yield f"> {(common - extra) * 1000 / size:.1f} <"
