"""The package around the pages of an OFD: entries, catalogue, resources (GB/T 33190-2016 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..document import IssueDocument
from ..typeset.geometry import MM, PAGE_HEIGHT, PAGE_WIDTH
from .markup import escaped
from .zipping import zipped

NAMESPACE: Final = "http://www.ofdspec.org/2016"
PARAGRAPH: Final = "p"
"""Objects named p0, p1, … belong to that line of the document; others are no text of it."""
CREATOR: Final = "政务窗口月报系统"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_X: Final = f'xmlns:ofd="{NAMESPACE}"'
_QUICK: Final = 3

Entry = tuple[str, bytes]
Heading = tuple[str, int, float]
"""Title, place of the page, points from its top."""


def millimetres(points: float) -> str:
    text = f"{points / MM:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Numbers:
    """Every object of a document has a number of its own."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def root(document: IssueDocument) -> Entry:
    """OFD.xml, where reading begins; the version has been 1.0 ever since."""
    title = f"{document.masthead}{document.period.label} {document.number_line}"
    day = document.issued_on.isoformat() if document.issued_on else ""
    dates = f"<ofd:CreationDate>{day}</ofd:CreationDate><ofd:ModDate>{day}</ofd:ModDate>"
    return "OFD.xml", (
        f'{HEAD}<ofd:OFD {_X} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{document.digest[:32]}</ofd:DocID><ofd:Title>{escaped(title)}</ofd:Title>"
        f"<ofd:Author>{escaped(document.issuer)}</ofd:Author>{dates if day else ''}"
        f"<ofd:Creator>{CREATOR}</ofd:Creator></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    ).encode()


def document_entry(pages: Sequence[int], last: int, headings: Iterable[Heading]) -> Entry:
    """Document.xml: the pages by their numbers, and the outline."""
    listed = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{place}/Content.xml"/>'
        for place, number in enumerate(pages)
    )
    outline = "".join(_outline(title, pages[page], top) for title, page, top in headings)
    size = f"0 0 {millimetres(PAGE_WIDTH)} {millimetres(PAGE_HEIGHT)}"
    return "Doc_0/Document.xml", (
        f"{HEAD}<ofd:Document {_X}><ofd:CommonData><ofd:MaxUnitID>{last}</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>{size}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>"
        f"{f'<ofd:Outlines>{outline}</ofd:Outlines>' if outline else ''}"
        "<ofd:VPreferences><ofd:PageMode>UseOutlines</ofd:PageMode>"
        "<ofd:TabDisplay>DocTitle</ofd:TabDisplay></ofd:VPreferences></ofd:Document>"
    ).encode()


def _outline(title: str, page: int, top: float) -> str:
    place = f'Type="XYZ" PageID="{page}" Left="0" Top="{millimetres(top)}" Zoom="0"'
    return (
        f'<ofd:OutlineElem Title="{escaped(title)}"><ofd:Actions><ofd:Action Event="CLICK">'
        f"<ofd:Goto><ofd:Dest {place}/></ofd:Goto></ofd:Action></ofd:Actions></ofd:OutlineElem>"
    )


def resources(fonts: Mapping[int, tuple[str, str]]) -> Entry:
    """PublicRes.xml: the fonts, by number, with name and file; without a file the reader's own."""
    listed = "".join(
        f'<ofd:Font ID="{number}" FontName="{escaped(name)}" FamilyName="{escaped(name)}">'
        f"{f'<ofd:FontFile>{file}</ofd:FontFile>' if file else ''}</ofd:Font>"
        for number, (name, file) in fonts.items()
    )
    return "Doc_0/PublicRes.xml", (
        f'{HEAD}<ofd:Res {_X} BaseLoc="Res"><ofd:Fonts>{listed}</ofd:Fonts></ofd:Res>'
    ).encode()


def content(place: int, layers: Iterable[str]) -> Entry:
    return f"Doc_0/Pages/Page_{place}/Content.xml", (
        f"{HEAD}<ofd:Page {_X}><ofd:Content>{''.join(layers)}</ofd:Content></ofd:Page>"
    ).encode("utf-8", "replace")


def packed(entries: Iterable[Entry]) -> bytes:
    return zipped(entries, _QUICK)
