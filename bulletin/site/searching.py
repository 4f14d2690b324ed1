"""The page of results: sentences grouped by issue, filters with what each would leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.finding.asking import MOST_PAGES, Found
from bulletin.finding.loosening import Looser
from bulletin.finding.names import Directory
from bulletin.models import Passage, PassageName

from . import dates
from .excerpts import Bit, excerpt
from .frame import Frame, Link, frame
from .looks import PLAIN, Look
from .pages import Asked
from .search_help import note, tries
from .shelf import House
from .typed import Typed

MOST_NAMES: Final = 12
_NUMBERED: Final = re.compile(r"^[〇一二三四五六七八九十]+、")
_PERIOD: Final = re.compile(r"^\d{4}年[\d—]+月")
_WHO_CAME: Final = re.compile(r"谁|来访|到访|来过|来了|调研|值守|visit", re.I)


@dataclass(frozen=True, slots=True)
class Choice:
    text: str
    url: str
    count: int
    current: bool
    content: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    bits: tuple[Bit, ...]
    where: Link
    names: str


@dataclass(frozen=True, slots=True)
class Group:
    issue: Link
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`kept` are the hidden fields that a new search keeps; `chosen` tells the filters in force."""

    action: str
    typed: str
    kept: Mapping[str, str]
    told: str
    also: str
    only: Link | None
    visits: Link | None
    note: str
    tries: tuple[Link, ...]
    filters: tuple[Filter, ...]
    chosen: str
    groups: tuple[Group, ...]
    pages: tuple[Link, ...]
    following: Link | None
    asked: bool


def search_words(
    asked: Asked, house: House, typed: Typed, found: Found | None, names: Directory,
    wider: Sequence[Looser] = (),
) -> dict[str, Any]:  # fmt: skip
    """What the template is told; `found` is None where nothing was asked for, and `wider` are
    questions that find something where it is empty.

    Every search names the bare page as the one that search engines should keep.
    """
    around = frame(
        asked,
        house,
        title=_title(house, typed),
        room="search",
        description=_("在%s各期正文里查找。") % house.name,
        here=typed.url(PLAIN, page=typed.question.page),
    )
    return {"frame": around, "page": _page(typed, found, names, around, wider)}


def _title(house: House, typed: Typed) -> str:
    words = {"title": house.name, "words": typed.text}
    return _("检索“%(words)s” %(title)s") % words if typed.text else _("检索 %s") % house.name


def _page(
    typed: Typed, found: Found | None, names: Directory, around: Frame, wider: Sequence[Looser]
) -> SearchPage:
    look = around.look
    filters = tuple(_filters(typed, found, look)) if found and _narrows(typed, found) else ()
    return SearchPage(
        action=reverse("site:search", args=[typed.question.slug]),
        typed=typed.text,
        kept={"view": look.view} if look.view else {},
        told=_told(found),
        also=_also(found),
        only=_only(typed, found, look),
        visits=_visits(typed, look),
        note=note(typed, found=found is None or found.total > 0),
        tries=tuple(tries(typed, wider, look)),
        filters=filters,
        chosen=_chosen(filters),
        groups=tuple(_groups(typed.question.slug, found, names, look)) if found else (),
        pages=tuple(_pages(typed, found, look)) if found else (),
        following=_following(typed, found, look),
        asked=found is not None,
    )


def _chosen(filters: Iterable[Filter]) -> str:
    """2026年、商务厅; of each filter the first choice is all there is."""
    picked = [choice.text for one in filters for choice in one.choices[1:] if choice.current]
    return _("、").join(picked) or _("全部")


def _told(found: Found | None) -> str:
    if found is None:
        return _("各期正文，每个字都查得到")
    if not found.total:
        return _("没有找到")
    words = {"total": found.total, "issues": found.issues}
    return _("找到%(total)s条，分布在%(issues)s期") % words


def _also(found: Found | None) -> str:
    """已一并查找“社会保险”“社会保障”。"""
    if found is None or not found.also:
        return ""
    words = dict.fromkeys(word for others in found.also.values() for word in others)
    return _("已一并查找%s。") % "".join(f"“{word}”" for word in words)


def _only(typed: Typed, found: Found | None, look: Look) -> Link | None:
    if typed.question.exact:
        return Link(_("同义词和曾用名也查"), typed.url(look, exact=False))
    if found is None or not found.also:
        return None
    return Link(_("只查“%s”") % typed.text, typed.url(look, exact=True))


def _visits(typed: Typed, look: Look) -> Link | None:
    """Who asks “2024年谁来过” is shown the register of that year."""
    year = re.search(r"\b(20\d\d)\s*年?|(20\d\d)年", typed.text)
    if not year or not _WHO_CAME.search(typed.text):
        return None
    number = year[1] or year[2]
    url = reverse("site:visits_year", args=[typed.question.slug, number])
    return Link(_("%s年到访登记") % number, look.link(url))


def _narrows(typed: Typed, found: Found) -> bool:
    """Whether there is anything to narrow, or to take back."""
    asked = typed.question
    return bool(found.total or asked.year or asked.section or asked.department or asked.person)


def _filters(typed: Typed, found: Found, look: Look) -> Iterator[Filter]:
    """A chosen year or section stands among the others even where nothing is left of it."""
    asked = typed.question
    every = {**({asked.year: 0} if asked.year else {}), **found.years}
    years = [(_("%s年") % year, year, n) for year, n in sorted(every.items(), reverse=True)]
    titles = _("年份"), _("全部年份")
    yield _filter(typed, look, "year", titles, years, sum(found.years.values()))
    headings = {asked.section: _("所选栏目"), **found.headings}
    counted = _most_first({asked.section: 0, **found.sections})
    sections = [(section_name(headings[key]), key, n) for key, n in counted if key]
    titles = _("栏目"), _("全部栏目")
    yield _filter(typed, look, "section", titles, sections, sum(found.sections.values()))
    for field, titles, counts in (
        ("department", (_("部门（单位）"), _("全部部门")), found.departments),
        ("person", (_("人员"), _("全部人员")), found.people),
    ):
        if rows := _most(counts, getattr(typed.question, field)):
            yield _filter(typed, look, field, titles, rows)


def _filter(
    typed: Typed,
    look: Look,
    field: str,
    titles: tuple[str, str],
    rows: Sequence[tuple[str, str | int, int]],
    total: int = 0,
) -> Filter:
    """All first, then each. A paragraph has several names: of them no total is told."""
    value, none = getattr(typed.question, field), None if field == "year" else ""
    every = Choice(titles[1], typed.url(look, **{field: none}), total, value == none)
    printed = field != "year"
    each = (
        Choice(text, typed.url(look, **{field: one}), n, value == one, printed)
        for text, one, n in rows
    )
    return Filter(titles[0], (every, *each))


def _most(counts: Mapping[str, int], chosen: str) -> list[tuple[str, str, int]]:
    """The names that stand most often, and the chosen one whatever its count."""
    shown = [pair for pair in _most_first(counts)[:MOST_NAMES] if pair[0] != chosen]
    if chosen:
        shown.insert(0, (chosen, counts.get(chosen, 0)))
    return [(name, name, n) for name, n in shown]


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def section_name(heading: str) -> str:
    """一、2026年9月总体运行情况 → 总体运行情况."""
    return _PERIOD.sub("", _NUMBERED.sub("", heading))


def _groups(slug: str, found: Found, names: Directory, look: Look) -> Iterator[Group]:
    for _key, group in groupby(found.passages, lambda passage: passage.edition_id):
        passages = list(group)
        first = passages[0]
        words = {"year": first.year, "number": dates.numbers(first.number, first.number_to)}
        issue = Link(_("%(year)s年%(number)s") % words, look.link(_issue_url(slug, first)))
        yield Group(issue, tuple(_hit(slug, one, found, names, look) for one in passages))


def _hit(slug: str, passage: Passage, found: Found, names: Directory, look: Look) -> Hit:
    anchor = f"#{passage.anchor}" if passage.anchor else ""
    return Hit(
        bits=excerpt(passage.text, found.words),
        where=Link(_where(passage), look.link(_issue_url(slug, passage) + anchor)),
        names="、".join(_named(passage, names)),
    )


def _where(passage: Passage) -> str:
    if passage.rank == Passage.Rank.TEXT:
        return passage.heading + passage.label
    if passage.rank == Passage.Rank.HEADING:
        return _("栏目标题")
    return _("版记") if passage.label else _("报头")


def _named(passage: Passage, names: Directory) -> dict[str, None]:
    """Departments by the names they have now, a former one in brackets behind it."""
    found: dict[str, None] = {}
    for kind, name in Passage.unlisted(passage.about):
        if kind == PassageName.Kind.DEPARTMENT:
            present = names.present(name)
            found[present if present == name else f"{present}（{name}）"] = None
    return found


def _issue_url(slug: str, passage: Passage) -> str:
    return reverse("site:issue", args=[slug, passage.year, passage.number])


def _pages(typed: Typed, found: Found, look: Look) -> Iterator[Link]:
    """The page at hand with two neighbours, the first and the last."""
    at, last = found.page, min(found.pages, MOST_PAGES)
    if last < 2:
        return
    shown = sorted({1, last, *range(max(1, at - 2), min(last, at + 2) + 1)})
    for page in shown:
        yield Link(str(page), typed.url(look, page=page), page == at)


def _following(typed: Typed, found: Found | None, look: Look) -> Link | None:
    if found is None or found.page >= found.pages:
        return None
    return Link(_("下一页"), typed.url(look, page=found.page + 1))
