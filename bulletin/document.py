"""The one value that is printed.

`assembly.build_document` turns rows into an `IssueDocument`; every output is a
function of that value alone. Numbering happens here once, in `lines()`
(GB/T 15834 B.3.8: 一、 then （一）; nothing follows the bracket, B.3.4).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

SCHEMA: Final = "bulletin-document/1"

Role = Literal["title", "number", "issuer", "date", "heading", "paragraph", "item", "imprint"]
_DIGITS: Final = "〇一二三四五六七八九"
# Fields younger than the first editions are left out while unset: an edition signed before
# them comes back to the same bytes and the same digest.
_LATER: Final = frozenset({"definition", "given_by", "restatements"})


def numeral(number: int) -> str:
    """A Chinese ordinal from 1 to 999: 1 → 一, 20 → 二十, 105 → 一百〇五."""
    if not 1 <= number <= 999:
        raise ValueError(f"no ordinal for {number}: 1 to 999")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "〇"
    return words + (_DIGITS[ones] if ones else "")


def chinese_date(day: dt.date) -> str:
    """2025年3月26日, without padding zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Period:
    """The month an issue covers, or the months of a combined one (合刊)."""

    year: int
    month: int
    month_to: int | None = None

    @property
    def months(self) -> str:
        return f"{self.month}—{self.month_to}月" if self.month_to else f"{self.month}月"

    @property
    def label(self) -> str:
        return f"{self.year}年{self.months}"


@dataclass(frozen=True, slots=True)
class Item:
    """One printed paragraph. `date` is None where the print names only the month."""

    text: str
    kind: str = "news"
    date: dt.date | None = None
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    heading: str
    items: tuple[Item, ...] = ()
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class ImprintLine:
    """One line of the 版记: label 报, 送 or 发 and the recipients, full stop included."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """Who came when, for the public register; `name`, `post`, `department` as printed."""

    name: str
    post: str
    department: str
    date: dt.date | None = None
    kind: str = "guidance"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure counts and how it adds up, as it held when the issue was frozen.

    `formula` is in labels, for reading; `note` is the 口径.
    """

    scale: int = 1
    decimals: int = 0
    print_unit: str = ""
    over_windows: str = "sum"
    over_months: str = "sum"
    formula: str = ""
    note: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """One printed figure. `value`, `low`, `high` in `unit`; high is exclusive unless equal.

    With a `denominator` the figure is value ÷ denominator, in per cent where the unit is %;
    low and high are of the numerator. `given_by` is how many windows it was counted from.
    """

    key: str
    label: str
    unit: str
    value: int
    low: int
    high: int
    printed: str
    denominator: int | None = None
    definition: Definition | None = None
    given_by: int | None = None


@dataclass(frozen=True, slots=True)
class RestatementRecord:
    """A figure of an earlier issue's `period` put right: printed `before` then, `figure` now."""

    period: Period
    before: str
    figure: FigureRecord
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the publication is printed.

    Rows a page and cells a row (GB/T 9704 5.2.3: 22 × 28); whether 、，。；： may hang past
    the right edge; the space between hanzi and Latin in thousandths of a cell.
    """

    rows: int = 22
    cells: int = 28
    hang: bool = True
    autospace: int = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph in reading order; `label` is its number, `anchor` its stable address."""

    role: Role
    body: str
    label: str = ""
    anchor: str = ""

    @property
    def text(self) -> str:
        return self.label + self.body


def number_line(number: int, number_to: int | None) -> str:
    """第9期; of a combined issue 第1—2期."""
    return f"第{number}—{number_to}期" if number_to else f"第{number}期"


@dataclass(frozen=True, slots=True)
class IssueDocument:
    masthead: str
    number: int
    period: Period
    issuer: str
    issued_on: dt.date | None
    sections: tuple[Section, ...]
    imprint: tuple[ImprintLine, ...]
    number_to: int | None = None
    visits: tuple[VisitRecord, ...] = ()
    figures: tuple[FigureRecord, ...] = ()
    layout: Layout = Layout()
    restatements: tuple[RestatementRecord, ...] = ()

    @property
    def number_line(self) -> str:
        return number_line(self.number, self.number_to)

    def lines(self) -> tuple[Line, ...]:
        """Every printed paragraph in order, numbered; the text of all formats."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        yield Line("title", self.masthead)
        yield Line("number", self.number_line)
        yield Line("issuer", self.issuer)
        if self.issued_on:
            yield Line("date", chinese_date(self.issued_on))
        for place, section in enumerate(self.sections, 1):
            anchor = f"s{place}"
            yield Line("heading", section.heading, f"{numeral(place)}、", anchor)
            for order, item in enumerate(section.items, 1):
                label = f"（{numeral(order)}）" if section.numbered else ""
                role: Role = "item" if section.numbered else "paragraph"
                yield Line(role, item.text, label, f"{anchor}-{order}")
        for imprint in self.imprint:
            yield Line("imprint", imprint.text, f"{imprint.label}：")

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines())

    @property
    def digest(self) -> str:
        """SHA-256 of `dumps(self)`, 64 hexadecimal digits: what a sign-off binds to."""
        return hashlib.sha256(dumps(self)).hexdigest()


def dumps(document: IssueDocument) -> bytes:
    """Canonical UTF-8 JSON: sorted keys, no spaces, dates in ISO form."""
    content = {"schema": SCHEMA, **asdict(document, dict_factory=_without_unset)}
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    ).encode()


def _without_unset(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if value or name not in _LATER}


def loads(content: bytes | str) -> IssueDocument:
    """The inverse of `dumps`. Raises ValueError for another schema."""
    raw = json.loads(content)
    if raw.pop("schema", None) != SCHEMA:
        raise ValueError("不是本系统的刊物文档（schema 不符）。")
    return IssueDocument(
        masthead=raw["masthead"],
        number=raw["number"],
        number_to=raw["number_to"],
        period=Period(**raw["period"]),
        issuer=raw["issuer"],
        issued_on=_date(raw["issued_on"]),
        sections=tuple(_section(section) for section in raw["sections"]),
        imprint=tuple(ImprintLine(**line) for line in raw["imprint"]),
        visits=tuple(
            VisitRecord(**{**visit, "date": _date(visit["date"])}) for visit in raw["visits"]
        ),
        figures=tuple(_figure(figure) for figure in raw["figures"]),
        layout=Layout(**raw["layout"]),
        restatements=tuple(_restatement(told) for told in raw.get("restatements", ())),
    )


def _figure(raw: dict[str, Any]) -> FigureRecord:
    defined = raw.get("definition")
    return FigureRecord(**{**raw, "definition": Definition(**defined) if defined else None})


def _restatement(raw: dict[str, Any]) -> RestatementRecord:
    period, figure = Period(**raw["period"]), _figure(raw["figure"])
    return RestatementRecord(period, raw["before"], figure, raw["reason"])


def _section(raw: dict[str, Any]) -> Section:
    items = tuple(
        Item(
            text=item["text"],
            kind=item["kind"],
            date=_date(item["date"]),
            departments=tuple(item["departments"]),
        )
        for item in raw["items"]
    )
    return Section(raw["key"], raw["heading"], items, raw["numbered"])


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a document")
