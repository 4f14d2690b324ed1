"""One issue of `benchmarks.shelves`: what it prints, as its content and line by line."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from bulletin.document import SCHEMA, numeral
from bulletin.folding import fold
from bulletin.models import Passage, Publication
from tests.bulletin.finding.paragraphs import made_up

from .shelf_texts import DEPARTMENTS, FIGURES, HEADINGS, IMPRINT, POST, figure, leader

POOL: Final = 50_000  # different texts; each stands some thirty times in the whole
_LONGEST: Final = 84  # of the texts; with the day and the window before them some 96
_SEED: Final = 20260225
_CORRECTED, _RESTATED, _TERM = 20, 6, 5


class Para(NamedTuple):
    """An item: as printed, as searched, and what it tells of."""

    text: str
    folded: str
    day: dt.date | None
    department: str = ""
    person: str = ""

    @property
    def names(self) -> Iterator[tuple[str, str]]:
        if self.department:
            yield "department", self.department
        if self.person:
            yield "person", self.person


class Row(NamedTuple):
    """One printed line, as `finding.keeping` keeps it."""

    rank: int
    text: str
    label: str = ""
    section: str = ""
    heading: str = ""
    anchor: str = ""
    item: Para | None = None


class Paper:
    """What one issue prints, drawn by its own dice."""

    def __init__(self, publication: Publication, year: int, month: int) -> None:
        self.publication, self.year, self.month = publication, year, month
        seed = publication.pk * 1_000_003 + year * 13 + month
        self.chance = random.Random(seed)  # noqa: S311  the same issue every time
        self.serial = publication.pk * 7 + year * 12 + month
        self.issued = dt.date(year + month // 12, month % 12 + 1, 21)
        self.sections = [
            (
                key,
                heading.format(y=year, m=month),
                [self._para(key, order) for order in range(count)],
            )
            for key, heading, count in HEADINGS
        ]
        self.figures = [figure(*row, self.chance.randrange(20_000, 60_000)) for row in FIGURES]

    @property
    def corrected(self) -> bool:
        return not self.serial % _CORRECTED

    def _para(self, section: str, order: int) -> Para:
        text, folded = self.chance.choice(_pool())
        if section == "overview":
            start = f"{self.month}月，省本级办理政务服务事项{self.chance.randrange(2, 9)}万件。"
            return Para(start + text, _folded(start) + folded, None)
        day = dt.date(self.year, self.month, 1 + self.chance.randrange(28))
        at, dated = self.chance.randrange(len(DEPARTMENTS)), f"{self.month}月{day.day}日，"
        if section == "leader_visits":
            at = (self.serial * 3 + order) % len(DEPARTMENTS)
            name = DEPARTMENTS[at]
            who = leader(at, self.year // _TERM)
            words = f"{dated}{name}{POST}{who}到{name}窗口调研指导工作。{text[:60]}"
            return Para(words, fold(words), day, name, who)
        name = DEPARTMENTS[at]
        start = f"{dated}{name}窗口"
        return Para(start + text, _folded(start) + folded, day, name)

    def issuer(self, proof_no: int) -> str:
        """What a correction put right."""
        return self.publication.issuer + ("编印" if proof_no > 1 else "")

    def content(self, proof_no: int) -> str:
        """As `dumps` writes it."""
        whole = {
            "schema": SCHEMA,
            "masthead": self.publication.title,
            "number": self.month,
            "number_to": None,
            "period": {"year": self.year, "month": self.month, "month_to": None},
            "issuer": self.issuer(proof_no),
            "issued_on": self.issued.isoformat(),
            "sections": [
                {
                    "key": key,
                    "heading": heading,
                    "numbered": key != "overview",
                    "items": [_item(key, para) for para in paras],
                }
                for key, heading, paras in self.sections
            ],
            "imprint": IMPRINT,
            "visits": [_visit(para) for para in self.sections[-1][2]],
            "figures": self.figures,
            "layout": {"rows": 22, "cells": 28, "hang": True, "autospace": 200},
        }
        if self.restates:
            whole["restatements"] = [self._restated()]
        return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def restates(self) -> int:
        """The year whose figure it puts right; 0 for none."""
        return 0 if self.serial % _RESTATED else self.year - (self.month == 1)

    def _restated(self) -> dict[str, Any]:
        year, month = (self.year, self.month - 1) if self.month > 1 else (self.year - 1, 12)
        row = figure(*FIGURES[0], self.year * month)
        period = {"year": year, "month": month, "month_to": None}
        return {"period": period, "before": "3.2万件", "figure": row, "reason": "补报"}

    def rows(self) -> Iterator[Row]:
        """Of the edition in force."""
        day, frame = self.issued, Passage.Rank.FRAME.value
        issuer = self.issuer(2 if self.corrected else 1)
        dated = f"{day.year}年{day.month}月{day.day}日"
        for words in (self.publication.title, f"第{self.month}期", issuer, dated):
            yield Row(frame, words)
        for place, (key, heading, paras) in enumerate(self.sections, 1):
            label, anchor = f"{numeral(place)}、", f"s{place}"
            whole = label + heading
            yield Row(Passage.Rank.HEADING.value, heading, label, key, whole, anchor)
            for order, para in enumerate(paras, 1):
                number = f"（{numeral(order)}）" if key != "overview" else ""
                yield Row(0, para.text, number, key, whole, f"{anchor}-{order}", para)
        for line in IMPRINT:
            yield Row(frame, line["text"], f"{line['label']}：")


@cache
def _pool() -> tuple[tuple[str, str], ...]:
    chance = random.Random(_SEED)  # noqa: S311  the same texts every time
    texts = (text[:_LONGEST] + "。" for text in made_up(POOL, chance))
    return tuple((text, fold(text)) for text in texts)


@cache
def _folded(text: str) -> str:
    return fold(text)


def _item(section: str, para: Para) -> dict[str, Any]:
    return {
        "text": para.text,
        "kind": "visit" if section == "leader_visits" else "news",
        "date": para.day.isoformat() if para.day else None,
        "departments": [para.department] if para.department else [],
    }


def _visit(para: Para) -> dict[str, Any]:
    return {
        "name": para.person,
        "post": POST,
        "department": para.department,
        "date": para.day.isoformat() if para.day else None,
        "kind": "guidance",
    }
