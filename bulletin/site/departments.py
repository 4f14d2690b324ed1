"""A department through the years: what was printed about it, and who of it came.

It is found under every name it ever had; a former name leads to the present one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulletin.finding.asking import DEPARTMENT
from bulletin.finding.names import Directory, directory
from bulletin.models import Passage, PassageName, PrintedVisit

from .amending import mark
from .excerpts import excerpt
from .frame import Link, frame
from .looks import Look
from .pages import Absent, Asked, Moved, Sheet, by_template
from .searching import section_name
from .shelf import House, house_of, stamp
from .visits import Month, by_year, rows_of

MOST_ITEMS: Final = 60
MOST_VISITS: Final = 40


@dataclass(frozen=True, slots=True)
class News:
    sentence: str
    where: Link
    section: str
    corrected: Link | None


@dataclass(frozen=True, slots=True)
class NewsYear:
    year: int
    items: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    name: str
    former: str
    told: str
    years: tuple[NewsYear, ...]
    more: Link | None
    visits: tuple[Month, ...]
    more_visits: Link | None


@dataclass(frozen=True, slots=True)
class Listed:
    department: Link
    former: str
    told: str


def departments(asked: Asked, slug: str) -> Sheet:
    """Every department that anything was printed about."""
    house = house_of(slug)
    if house is None:
        raise Absent
    names = directory(slug)
    counted = _counted(slug, names)
    newest = stamp(slug)[1]

    def words() -> dict[str, Any]:
        title = _("部门（单位） %s") % house.name
        return {
            "frame": frame(asked, house, title=title, room="departments"),
            "page": tuple(_listed(counted, names, house, asked.look)),
        }

    key = (house, sorted(counted.items()), sorted(names.former.items()))
    return Sheet(key, by_template(asked, "site/departments.html", words), newest)


def _counted(slug: str, names: Directory) -> dict[str, int]:
    """By present name, the paragraphs that tell of the department."""
    rows = PassageName.objects.public(slug).filter(kind=DEPARTMENT)
    found: dict[str, int] = {}
    for name, count in rows.values_list("name").annotate(Count("pk")).order_by("name"):
        found[names.present(name)] = found.get(names.present(name), 0) + count
    return found


def _listed(
    counted: dict[str, int], names: Directory, house: House, look: Look
) -> Iterator[Listed]:
    """In the protocol order of the directory, then those that are not in it."""
    order = {name: place for place, name in enumerate(names.former)}
    for name in sorted(counted, key=lambda one: (order.get(one, len(order)), one)):
        url = reverse("site:department", args=[house.slug, name])
        former = "、".join(names.former.get(name, ()))
        told = ngettext("%(count)s条", "%(count)s条", counted[name]) % {"count": counted[name]}
        yield Listed(Link(name, look.link(url)), former, told)


def department(asked: Asked, slug: str, name: str) -> Sheet:
    """Raises Moved for a name the department no longer has."""
    house = house_of(slug)
    if house is None:
        raise Absent
    names = directory(slug)
    present = names.present(name)
    every = names.every_name(present)
    items = _newest(slug, every, MOST_ITEMS + 1)
    visits = PrintedVisit.objects.public(slug).filter(department__in=every)
    came = rows_of(visits, MOST_VISITS + 1)
    if not items and not came:
        raise Absent
    if present != name:
        raise Moved(asked.look.link(reverse("site:department", args=[slug, present])))
    newest = stamp(slug)[1]

    def words() -> dict[str, Any]:
        title = f"{name} {house.name}"
        page = _page(name, names, items, came, house, asked.look)
        return {"frame": frame(asked, house, title=title, room="departments"), "page": page}

    key = (house, every, [(item.pk, item.text, item.corrected) for item in items], came)
    return Sheet(key, by_template(asked, "site/department.html", words), newest)


def _newest(slug: str, names: Iterable[str], most: int) -> list[Passage]:
    """The newest paragraphs that tell of any of the names, each once; found by the names, so
    that no more is read where more was printed."""
    found: dict[int, tuple[int, int, int]] = {}
    for name in names:
        rows = PassageName.objects.public(slug).filter(kind=DEPARTMENT, name=name)
        ordered = rows.order_by("-year", "-number", "place")
        told = ordered.values_list("passage", "year", "number", "place")[:most]
        found |= {pk: (-year, -number, place) for pk, year, number, place in told}
    shown = sorted(found, key=lambda pk: found[pk])[:most]
    rows_by_key = Passage.objects.in_bulk(shown)
    return [rows_by_key[pk] for pk in shown]


def _page(
    name: str, names: Directory, items: list[Passage], came: list[dict[str, Any]],
    house: House, look: Look,
) -> DepartmentPage:  # fmt: skip
    former = "、".join(names.former.get(name, ()))
    shown, listed = items[:MOST_ITEMS], came[:MOST_VISITS]
    search = f"{reverse('site:search', args=[house.slug])}?department={name}"
    visits = f"{reverse('site:visits_found', args=[house.slug])}?q={name}"
    return DepartmentPage(
        name=name,
        former=_("曾用名：%s") % former if former else "",
        told=_("，").join(_told((len(items), len(shown)), (len(came), len(listed)))),
        years=tuple(_years(shown, house.slug, look)),
        more=Link(_("查看其余各条"), look.link(search)) if len(items) > len(shown) else None,
        visits=tuple(by_year(listed, house.slug, look)),
        more_visits=Link(_("查看其余各条"), look.link(visits)) if len(came) > len(listed) else None,
    )


def _told(items: tuple[int, int], visits: tuple[int, int]) -> Iterator[str]:
    """刊出60+条，到访3人次, of how many there are and how many are shown; what there is none of
    is not told."""
    if items[0]:
        yield ngettext("刊出%(count)s条", "刊出%(count)s条", items[1]) % {"count": _many(*items)}
    if visits[0]:
        words = ngettext("到访%(count)s人次", "到访%(count)s人次", visits[1])
        yield words % {"count": _many(*visits)}


def _many(held: int, shown: int) -> str:
    return f"{shown}+" if held > shown else str(shown)


def _years(items: list[Passage], slug: str, look: Look) -> Iterator[NewsYear]:
    for year, group in groupby(items, lambda item: item.year):
        yield NewsYear(year, tuple(_news(item, slug, look) for item in group))


def _news(item: Passage, slug: str, look: Look) -> News:
    where = reverse("site:item", args=[slug, item.year, item.number, item.anchor])
    return News(
        sentence="".join(bit.text for bit in excerpt(item.text, ())),
        where=Link(_("第%(number)s期") % {"number": item.number}, look.link(where)),
        section=section_name(item.heading),
        corrected=mark(slug, item.year, item.number, item.corrected, look),
    )
