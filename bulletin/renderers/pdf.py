"""PDF: draws the laid-out pages, nothing more.

Every row is marked content of the paragraph it belongs to, in reading order, so the
text drawn out again is `document.lines()`; page numbers and rules are artefacts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import cos, radians, sin
from typing import Final
from unicodedata import category

from ..document import IssueDocument, Line
from ..typeset import NONE, Marks, Page, Row, Rule, Run, Sign, lay_out
from ..typeset.geometry import PAGE_HEIGHT, PAGE_WIDTH
from .limits import admit
from .pdf_file import Mark, PdfFile, number, text_string
from .pdf_fonts import RED, Code, PdfFonts

GREY: Final = "0.92 0.92 0.92"
LANGUAGE: Final = "zh-CN"
ELEMENTS: Final = {"title": "H1", "heading": "H2"}
"""Structure types by role; every other line is a P."""


def render(document: IssueDocument, *, marks: Marks = NONE) -> bytes:
    """The issue as a PDF. Raises ValueError for a document beyond the limits."""
    admit(document)
    return draw(document, lay_out(document, marks=marks))


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
    resources = file.add(f"<< /Font << {fonts.embed(file)} >> >>")
    marks: list[list[Mark]] = [[] for _ in lines]
    for place, page in enumerate(pages):
        groups = _groups(page)
        for mark, (line, _) in enumerate(groups):
            marks[line].append((place, mark))
        file.page((PAGE_WIDTH, PAGE_HEIGHT), resources, _content(page, groups, lines, fonts))
    targets = dict(_targets(file, pages))
    file.outline([(lines[n].text, at) for n, at in targets.items() if lines[n].role == "heading"])
    file.names({lines[n].anchor: at for n, at in targets.items() if lines[n].anchor})
    file.structure((_element(line), own) for line, own in zip(lines, marks, strict=True))
    return file.save(document.digest)


Groups = list[tuple[int, list[Row]]]


def _groups(page: Page) -> Groups:
    """The rows of a page by paragraph, in reading order."""
    return [(line, list(rows)) for line, rows in groupby(page.rows, key=lambda row: row.line)]


def _tag(line: Line) -> str:
    return ELEMENTS.get(line.role, "P")


def _element(line: Line) -> str:
    """Type and attributes; characters for private use need their text told (PDF/A 6.2.11.7.3)."""
    private = any(char >= "\ue000" and category(char) == "Co" for char in line.text)
    return f"/{_tag(line)}" + (f" /ActualText {text_string(line.text)}" if private else "")


def _targets(file: PdfFile, pages: Sequence[Page]) -> Iterator[tuple[int, str]]:
    """Each paragraph and where it begins."""
    last = -1
    for place, page in enumerate(pages):
        for row in page.rows:
            if row.line > last:
                last = row.line
                yield last, file.target(place, PAGE_HEIGHT - row.top + row.size)


def _content(page: Page, groups: Groups, lines: Sequence[Line], fonts: PdfFonts) -> bytes:
    parts = [_sign(sign, fonts) for sign in page.signs if not sign.red]
    parts += [_rule(rule) for rule in page.rules]
    for mark, (line, rows) in enumerate(groups):
        shown = "".join(_row(row, fonts) for row in rows)
        parts.append(f"/{_tag(lines[line])} <</MCID {mark}>> BDC\n{shown}EMC")
    outside = "".join(_row(row, fonts) for row in page.outside)
    parts.append(f"/Artifact <</Type /Pagination>> BDC\n{outside}EMC")
    parts += [_sign(sign, fonts) for sign in page.signs if sign.red]
    return "\n".join(parts).encode("ascii")


def _rule(rule: Rule) -> str:
    y = PAGE_HEIGHT - rule.y
    colour = f"{RED} RG" if rule.red else "0 G"
    path = f"{number(rule.x)} {number(y)} m {number(rule.x + rule.width)} {number(y)} l S"
    return f"/Artifact BMC\n{colour} {rule.thickness:.3f} w {path}\nEMC"


def _sign(sign: Sign, fonts: PdfFonts) -> str:
    """Drawn about the origin, then scaled, turned and moved by a matrix."""
    across, up = cos(radians(sign.angle)) * sign.scale, sin(radians(sign.angle)) * sign.scale
    place = f"{across:.5f} {up:.5f} {-up:.5f} {across:.5f} {number(sign.x)}"
    shown = "\n".join(_show(sign.row, run, fonts, foot=0.0) for run in sign.row.runs)
    frame = ""
    if sign.frame:
        wide, high = sign.frame
        box = f"{number(-wide / 2)} {number(-high / 2)} {number(wide)} {number(high)}"
        frame = f"{RED} RG 3 w {box} re S\n"
    return (
        "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC\n"
        f"q {place} {number(PAGE_HEIGHT - sign.y)} cm\n"
        f"BT {RED if sign.red else GREY} rg\n{shown}\nET\n{frame}Q\nEMC"
    )


def _row(row: Row, fonts: PdfFonts) -> str:
    if not row.runs:
        return ""
    shown = "\n".join(_show(row, run, fonts) for run in row.runs)
    colour = f"{RED} rg" if row.red else "0 g"
    return f"BT {colour}\n{shown}\nET\n"


def _show(row: Row, run: Run, fonts: PdfFonts, foot: float = PAGE_HEIGHT) -> str:
    """One run; it falls into pieces where the face needed more than one font."""
    codes = [fonts.code(run.face, char) for char in run.text]
    parts = []
    x = run.x
    place = 0
    for font, members in groupby(codes, lambda code: code.font):
        own = list(members)
        steps = run.advances[place : place + len(own)]
        where = f"1 0 0 1 {x:.3f} {foot - row.baseline:.3f} Tm"
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
