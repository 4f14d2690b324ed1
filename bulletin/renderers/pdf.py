"""PDF: draws the laid-out pages, nothing more.

Every row is marked content of the paragraph it belongs to, in reading order, so the
text drawn out again is `document.lines()`; page numbers and rules are artefacts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import cos, radians, sin
from typing import Final

from ..document import IssueDocument, Line
from ..typeset import NONE, Marks, Page, Row, Rule, Run, Sign, lay_out
from ..typeset.geometry import PAGE_HEIGHT, PAGE_WIDTH
from .collector import paused
from .limits import admit
from .pdf_file import Mark, PdfFile, number, text_string
from .pdf_fonts import RED, Codes, PdfFonts

CLOSE: Final = 0.002
"""Points a step may differ by unsaid: less than a thousandth of a millimetre."""
GREY: Final = "0.92 0.92 0.92"
PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
LANGUAGE: Final = "zh-CN"
ELEMENTS: Final = {"title": "H1", "heading": "H2"}
"""Structure types by role; every other line is a P."""


def render(document: IssueDocument, *, marks: Marks = NONE) -> bytes:
    """The issue as a PDF. Raises ValueError for a document beyond the limits."""
    admit(document)
    with paused():
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
    private = PRIVATE.search(line.text)
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
    shown = "\n".join([_show(row, run, fonts) for run in row.runs])
    colour = f"{RED} rg" if row.red else "0 g"
    return f"BT {colour}\n{shown}\nET\n"


def _show(row: Row, run: Run, fonts: PdfFonts, foot: float = PAGE_HEIGHT) -> str:
    """One run; it falls into pieces where the face needed more than one font."""
    codes = fonts.codes[run.face]
    y = foot - row.baseline
    names = codes.names if len(codes.names) == 1 else set(map(codes.font.__getitem__, run.text))
    if len(names) == 1:
        (name,) = names
        return _piece(name, codes, run, run.x, y)
    parts = []
    x, start = run.x, 0
    for name, members in groupby(run.text, codes.font.__getitem__):
        stop = start + len(list(members))
        steps = run.advances[start:stop]
        part = run._replace(text=run.text[start:stop], advances=steps)
        parts.append(_piece(name, codes, part, x, y))
        x += sum(steps)
        start = stop
    return "\n".join(parts)


def _piece(font: str, codes: Codes, run: Run, x: float, y: float) -> str:
    """Text of one font: the first letter spacing set once, the others adjusted to it."""
    text, steps = run.text, run.advances[:-1]
    head = f"/{font} {run.size:.3f} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm"
    if not steps:
        return f"{head} 0 Tc [<{codes.code[text]}>] TJ"
    unit = run.size / 1000
    common = round(steps[0] - codes.advance[text[0]] * unit, 3)
    even = steps.count(steps[0]) == len(steps)
    if even and len(set(map(codes.advance.__getitem__, text))) == 1:
        shown = "".join(map(codes.code.__getitem__, text))
    else:
        shown = "".join(_adjusted(codes, text, steps, common, unit))
    return f"{head} {common:.3f} Tc [<{shown}>] TJ"


def _adjusted(
    codes: Codes, text: str, steps: Sequence[float], common: float, unit: float
) -> Iterator[str]:
    """Codes, and after those that need another letter spacing than `common` the difference."""
    for char, step in zip(text, steps, strict=False):
        yield codes.code[char]
        extra = step - codes.advance[char] * unit
        if abs(extra - common) > CLOSE:
            yield f"> {(common - extra) / unit:.1f} <"
    yield codes.code[text[-1]]
