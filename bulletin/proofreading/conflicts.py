"""The same thing told with two numbers: 配备双语人员2名 here, 配备双语人员1名 there.

A thing is what its clause says before the number, with the unit behind it. Two numbers
agree when either is the other rounded: 3.79万件 and 37912件 are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

LEAST: Final = 4  # characters that must agree before two clauses name the same thing
_NUMBER: Final = re.compile(
    r"(?<![\d.])(?P<number>\d{1,15}(?:\.\d{1,6})?)(?P<scale>万亿|亿|万)?(?P<more>余|多)?"
    r"(?P<unit>%|个百分点|平方米|公里|小时|分钟|[\u4e00-\u9fff])"
)
_BEFORE: Final = 24
_ABOUT: Final = frozenset("近约超逾")
_THING: Final = re.compile(r"([\u4e00-\u9fff“”《》]{2,}?)(近|约|超|逾|达|共|为|是)?\Z")
_SCALES: Final = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_DATES: Final = frozenset("年月日号时点")
# Such a count belongs to its month: another month's differs by nature.
_OF_THE_MONTH: Final = re.compile("[本全当上]月|今年|累计|截至|[首本当]周|同比|环比|日均|当日")


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of a text: what it counts, as written, and the interval it stands for."""

    thing: str
    unit: str
    written: str
    low: Decimal
    high: Decimal

    @property
    def of_the_month(self) -> bool:
        return bool(_OF_THE_MONTH.search(self.thing))


@dataclass(frozen=True, slots=True)
class Conflict:
    thing: str
    ours: str
    theirs: str


def claims(text: str) -> Iterator[Claim]:
    """The numbers of a text with what they count; dates are none."""
    for match in _NUMBER.finditer(text):
        thing = _THING.search(text[max(0, match.start() - _BEFORE) : match.start()])
        if thing and match["unit"] not in _DATES:
            yield _claim(thing, match)


def conflicts(text: str, other: str, *, same_month: bool) -> list[Conflict]:
    """Things both texts name with numbers that cannot be the same."""
    found: dict[str, Conflict] = {}
    theirs = list(claims(other))
    for ours in claims(text):
        if ours.of_the_month and not same_month:
            continue
        rivals = [claim for claim in theirs if _same_thing(ours, claim)]
        if rivals and not any(_agree(ours, claim) for claim in rivals):
            found.setdefault(ours.thing, Conflict(ours.thing, ours.written, rivals[0].written))
    return list(found.values())


def _claim(thing: re.Match[str], match: re.Match[str]) -> Claim:
    scale = _SCALES[match["scale"] or ""]
    number = Decimal(match["number"]) * scale
    step = Decimal(scale) / 10 ** len(match["number"].partition(".")[2])
    loose = step * 10 ** _zeros(match["number"])  # 近50 and 30余 are known to the ten
    slack = Decimal(0)
    if "." in match["number"] or match["scale"]:
        slack = step / 2
    if thing[2] in _ABOUT:
        slack = loose / 2
    high = number + (loose if match["more"] else slack)
    return Claim(thing[1], match["unit"], match[0], number - slack, high)


def _zeros(number: str) -> int:
    return 0 if "." in number else len(number) - len(number.rstrip("0"))


def _agree(one: Claim, other: Claim) -> bool:
    return one.low <= other.high and other.low <= one.high


def _same_thing(one: Claim, other: Claim) -> bool:
    if one.unit != other.unit:
        return False
    shared = 0
    for ours, theirs in zip(reversed(one.thing), reversed(other.thing), strict=False):
        if ours != theirs:
            break
        shared += 1
    return shared >= min(LEAST, max(len(one.thing), len(other.thing)))
