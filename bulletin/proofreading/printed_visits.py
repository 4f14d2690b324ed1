"""Leaders' visits read back from their printed sentences (`domain.md` 1.1.9, 1.1.10)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from bulletin.proofreading.parsed import ParsedVisit, ParsedVisitor

_LEAD: Final = re.compile(
    r"(?P<who>[^。]+?)到(?P<place>[^，。]*?(?:大厅|窗口|中心)[^，。]*?)"
    r"(?P<activity>(?:调研|指导|督导|检查|值守|走访|慰问|看望)[^。]*)。(?P<rest>.*)",
    re.S,
)
_PLACE: Final = re.compile(r"(?P<hall>.*?大厅|.*?服务中心)?(?P<window>.*?)(?:窗口)?\Z")
_TITLES: Final = (
    "书记|厅长|局长|主任|委员|组长|巡视员|总监|专员|工程师|经济师|会计师|规划师|监察长|处长|科长"
    "|代表|院长|行长|总队长|支队长|理事长|董事长|经理|主席|秘书长|主管|组员|成员|省长|市长|部长"
)
_POST: Final = re.compile(rf"(?P<post>.*(?:{_TITLES})(?:（[^）]*）)?)(?P<name>[^、，（）]{{2,}})\Z")
_NAME: Final = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)+")
_DEPARTMENT: Final = re.compile(
    r"(?:[^、，]{1,14}?)(?:厅|委员会|委|局|总队|办公室|办|银行|公司|法院|检察院|联合会|残联|中心)"
)
_OPENING: Final = re.compile(
    r"(?:[他她]们?|[\u3400-\u9fff·]{2,8}?)(?:在[^，。]{2,20}时?)?"
    r"(?:强调|要求|指出|鼓励|表示|希望|勉励|肯定)(?:[了，：]|)"
)


def read_visit(body: str, day: dt.date | None, departments: Sequence[str]) -> ParsedVisit | None:
    """The visit told by a paragraph without its date; None where it is no such sentence.

    `departments` are known short names, the longest first.
    """
    lead = _LEAD.match(body)
    visitors = _visitors(lead["who"], departments) if lead else None
    place = _PLACE.match(lead["place"]) if lead else None
    if not lead or not visitors or not place:
        return None
    opening = _opening(lead["rest"], visitors)
    return ParsedVisit(
        kind="duty" if "值守" in lead["activity"] else "guidance",
        visitors=visitors,
        date=day,
        hall=place["hall"] or "",
        window=place["window"],
        activity=lead["activity"],
        opening=opening,
        remarks=lead["rest"][len(opening) :],
    )


def _opening(rest: str, visitors: Sequence[ParsedVisitor]) -> str:
    """他强调，, 他要求， or a visitor's name with 鼓励; "" for anything else."""
    match = _OPENING.match(rest)
    if not match:
        return ""
    who = match[0]
    named = any(who.startswith(visitor.name) for visitor in visitors)
    return who if named or who[0] in "他她" else ""


def _visitors(who: str, departments: Sequence[str]) -> tuple[ParsedVisitor, ...] | None:
    """All persons of `住房城乡建设厅副厅长张泽民，…`; None as soon as one cannot be told."""
    people: list[ParsedVisitor] = []
    for words in _split(who, departments):
        person = _visitor(words, departments, people[-1] if people else None)
        if person is None:
            return None
        people.append(person)
    return tuple(people)


def _split(who: str, departments: Sequence[str]) -> list[str]:
    """At ， and, where a known department follows, at 、 (which also stands inside posts)."""
    known = "|".join(map(re.escape, departments))
    return re.split(f"，|、(?={known})" if known else "，", who)


def _visitor(
    words: str, departments: Sequence[str], previous: ParsedVisitor | None
) -> ParsedVisitor | None:
    """One person; department and post of the person before hold on where they are left out."""
    if previous and _NAME.fullmatch(words) and not _POST.match(words):
        return ParsedVisitor(previous.department, previous.post, words)
    department = _department(words, departments)
    match = _POST.match(words[len(department) :])
    owner = department or (previous.department if previous else "")
    if not owner or not match or not _NAME.fullmatch(match["name"]):
        return None
    return ParsedVisitor(owner, match["post"], match["name"])


def _department(words: str, departments: Sequence[str]) -> str:
    known = next((name for name in departments if words.startswith(name)), "")
    guess = _DEPARTMENT.match(words)
    if known or not guess or _is_post(words, guess.end()):
        return known
    return guess[0]


def _is_post(words: str, end: int) -> bool:
    """党委委员 and 厅长 begin like departments and are posts."""
    return words[:end] in {"党委", "厅", "局", "省委"} or words[end : end + 1] in {"长", "员"}
