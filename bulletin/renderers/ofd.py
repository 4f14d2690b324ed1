"""OFD (GB/T 33190-2016): the format of the archives, drawn from the same pages as the PDF.

Every run of a row is one text object with its glyphs set one by one (`DeltaX`), so no
reader can break a line elsewhere. Characters no font has get a red box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import cos, radians, sin
from typing import Final

from ..document import IssueDocument, Line
from ..typeset import NONE, Marks, Page, Row, Rule, Run, Sign, lay_out
from ..typeset.fonts import Face
from ..typeset.geometry import PAGE_HEIGHT, PAGE_WIDTH
from . import ofd_package as package
from .collector import paused
from .cutting import font_file
from .limits import admit
from .markup import escaped
from .ofd_package import Entry, Heading, Numbers
from .ofd_package import millimetres as mm

RED: Final = '<ofd:FillColor Value="217 0 0"/>'
GREY: Final = '<ofd:FillColor Value="235 235 235"/>'
RED_LINE: Final = '<ofd:StrokeColor Value="217 0 0"/>'
UNKNOWN: Final = "宋体"
"""The font a reader is asked for where none here has the character."""
_WHOLE: Final = f"0 0 {mm(PAGE_WIDTH)} {mm(PAGE_HEIGHT)}"


def render(document: IssueDocument, *, marks: Marks = NONE) -> bytes:
    """The issue as an OFD. Raises ValueError for a document beyond the limits."""
    admit(document)
    with paused():
        return draw(document, lay_out(document, marks=marks))


def draw(document: IssueDocument, pages: Sequence[Page]) -> bytes:
    """The given pages of the document as an OFD with outline and fonts."""
    numbers = Numbers()
    fonts = _Fonts(pages, numbers)
    ids = [numbers.next() for _ in pages]
    contents = [
        package.content(place, _layers(page, fonts, numbers)) for place, page in enumerate(pages)
    ]
    headings = list(_headings(pages, document.lines()))
    return package.packed(
        [
            package.root(document),
            package.document_entry(ids, numbers.last, headings),
            package.resources(fonts.listed()),
            *fonts.files(),
            *contents,
        ]
    )


class _Fonts:
    """Numbers and files of the faces that the pages use."""

    def __init__(self, pages: Sequence[Page], numbers: Numbers) -> None:
        self.used: dict[Face | None, set[str]] = {}
        for page in pages:
            for row in page.all_rows():
                for run in row.runs:
                    self.used.setdefault(run.face, set()).update(run.text)
        self.used.setdefault(None, set())
        self.number = {face: numbers.next() for face in self.used}

    def listed(self) -> dict[int, tuple[str, str]]:
        return {
            number: (face.name, self._file(face)) if face else (UNKNOWN, "")
            for face, number in self.number.items()
        }

    def files(self) -> Iterator[Entry]:
        for face, chars in self.used.items():
            if face:
                data = font_file(face, "".join(sorted(chars)))
                yield f"Doc_0/Res/{self._file(face)}", data

    def _file(self, face: Face) -> str:
        return f"font_{self.number[face]}.{'otf' if face.compact else 'ttf'}"


def _headings(pages: Sequence[Page], lines: Sequence[Line]) -> Iterator[Heading]:
    last = -1
    for place, page in enumerate(pages):
        for row in page.rows:
            if row.line > last:
                last = row.line
                if lines[last].role == "heading":
                    yield lines[last].text, place, row.top


def _layers(page: Page, fonts: _Fonts, numbers: Numbers) -> Iterator[str]:
    behind = "".join(_sign(sign, fonts, numbers) for sign in page.signs if not sign.red)
    above = "".join(_sign(sign, fonts, numbers) for sign in page.signs if sign.red)
    body = [_rule(rule, numbers) for rule in page.rules]
    for _, rows in groupby(page.rows, key=lambda row: row.line):
        body += [_row(row, fonts, numbers) for row in rows]
    body += [_row(row, fonts, numbers) for row in page.outside]
    for sort, drawn in (("Background", behind), ("Body", "".join(body)), ("Foreground", above)):
        if drawn:
            yield f'<ofd:Layer ID="{numbers.next()}" Type="{sort}">{drawn}</ofd:Layer>'


def _rule(rule: Rule, numbers: Numbers) -> str:
    """The middle of the line in the middle of a box as high as the line is thick."""
    high = rule.thickness
    box = f"{mm(rule.x)} {mm(rule.y - high / 2)} {mm(rule.width)} {mm(high)}"
    path = f"M 0 {mm(high / 2)} L {mm(rule.width)} {mm(high / 2)}"
    return _path(box, path, high, numbers, RED_LINE if rule.red else "")


def _path(box: str, path: str, thick: float, numbers: Numbers, colour: str, turn: str = "") -> str:
    return (
        f'<ofd:PathObject ID="{numbers.next()}" Boundary="{box}" LineWidth="{mm(thick)}"{turn}>'
        f"{colour}<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _row(row: Row, fonts: _Fonts, numbers: Numbers) -> str:
    """The runs of a row; an empty paragraph keeps its place by an empty text."""
    name = f' Name="{package.PARAGRAPH}{row.line}"' if row.line >= 0 else ""
    if not row.runs:
        return _text(name, "0 0 1 1", fonts.number[None], 1.0, "", "<ofd:TextCode/>", numbers)
    return "".join(_run(row, run, name, fonts, numbers) for run in row.runs)


def _run(row: Row, run: Run, name: str, fonts: _Fonts, numbers: Numbers) -> str:
    top, wide = row.baseline - run.size, sum(run.advances) + run.size / 4
    box = f"{mm(run.x)} {mm(top)} {mm(wide)} {mm(run.size * 1.4)}"
    colour = RED if row.red else ""
    number = fonts.number[run.face]
    shown = _text(name, box, number, run.size, colour, _code(run, 0.0, run.size), numbers)
    return shown if run.face else shown + _boxes(row, run, numbers)


def _code(run: Run, x: float, y: float) -> str:
    steps = [mm(step) for step in run.advances[:-1]]
    parts = []
    for step, group in groupby(steps):
        count = len(list(group))
        parts.append(f"g {count} {step}" if count > 1 else step)
    delta = f' DeltaX="{" ".join(parts)}"' if parts else ""
    return f'<ofd:TextCode X="{mm(x)}" Y="{mm(y)}"{delta}>{escaped(run.text)}</ofd:TextCode>'


def _text(
    name: str, box: str, font: int, size: float, colour: str, code: str, numbers: Numbers
) -> str:
    return (
        f'<ofd:TextObject ID="{numbers.next()}"{name} Boundary="{box}" Font="{font}"'
        f' Size="{mm(size)}">{colour}{code}</ofd:TextObject>'
    )


def _boxes(row: Row, run: Run, numbers: Numbers) -> str:
    """A frame where a character is missing, as wide as its place."""
    parts = []
    x = run.x
    for step in run.advances:
        box = f"{mm(x)} {mm(row.baseline - run.size)} {mm(step)} {mm(run.size * 1.2)}"
        wide, high = mm(step * 0.9), mm(run.size * 0.9)
        low = mm(step * 0.1)
        path = f"M {low} {low} L {wide} {low} L {wide} {high} L {low} {high} C"
        parts.append(_path(box, path, run.size / 25, numbers, RED_LINE) if step else "")
        x += step
    return "".join(parts)


def _sign(sign: Sign, fonts: _Fonts, numbers: Numbers) -> str:
    """Drawn about the origin, then scaled, turned and moved by a matrix."""
    across, up = cos(radians(sign.angle)) * sign.scale, sin(radians(sign.angle)) * sign.scale
    turn = f' CTM="{across:.5f} {-up:.5f} {up:.5f} {across:.5f} {mm(sign.x)} {mm(sign.y)}"'
    colour = RED if sign.red else GREY
    parts = [
        _text(
            turn,
            _WHOLE,
            fonts.number[run.face],
            run.size,
            colour,
            _code(run, run.x, sign.row.baseline),
            numbers,
        )
        for run in sign.row.runs
    ]
    if sign.frame:
        right, low = mm(sign.frame[0] / 2), mm(sign.frame[1] / 2)
        path = f"M -{right} -{low} L {right} -{low} L {right} {low} L -{right} {low} C"
        parts.append(_path(_WHOLE, path, 3.0, numbers, RED_LINE, turn))
    return "".join(parts)
