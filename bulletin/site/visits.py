"""The register of visits: who came to the hall and when, year by year and person by person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.db.models import F, Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from bulletin.finding.names import Directory, directory
from bulletin.models import PrintedVisit

from . import dates
from .amending import mark
from .frame import Link, frame
from .front import nothing_yet
from .looks import Look
from .pages import Absent, Arguments, Asked, Change, Sheet, by_template
from .sharing import shared
from .shelf import House, house_of
from .spans import beside, tabs, touched

MOST: Final = 100  # rows: what a page of 100 KB has room for
KINDS: Final = {"guidance": gettext_noop("调研指导"), "duty": gettext_noop("值守")}


@dataclass(frozen=True, slots=True)
class Came:
    """One line: the day as far as it was recorded, the person, where it was printed."""

    when: str
    department: Link
    post: str
    person: Link
    kind: str
    issue: Link
    corrected: Link | None


@dataclass(frozen=True, slots=True)
class Month:
    title: str
    rows: tuple[Came, ...]


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class VisitForm:
    """Who, in which year, for what; `view` is the look that stays."""

    action: str
    text: str
    years: tuple[Option, ...]
    kinds: tuple[Option, ...]
    view: str


@dataclass(frozen=True, slots=True)
class Register:
    title: str
    told: str
    tabs: tuple[Link, ...]
    months: tuple[Month, ...]
    departments: tuple[Link, ...] = ()
    form: VisitForm | None = None
    note: str = ""


def visits(asked: Asked, slug: str, year: int | None = None) -> Sheet:
    """The newest year with visits, or the one asked for."""
    house = house_of(slug)
    if house is None:
        raise Absent
    every = PrintedVisit.objects.public(slug)
    years = list(every.order_by("-year").values_list("year", flat=True).distinct())
    if not years and year is None:
        return nothing_yet(asked, house, room="visits")
    shown = year if year is not None else years[0]
    if shown not in years:
        raise Absent
    rows = rows_of(every.filter(year=shown))
    newest = every.filter(year=shown).aggregate(newest=Max("edition__published_at"))["newest"]
    told = _present_names(rows, slug)

    def words() -> dict[str, Any]:
        title = _("%(year)s年到访登记 %(title)s") % {"year": shown, "title": house.name}
        around = frame(asked, house, title=title, room="visits")
        page = _register(rows, told, house, asked.look, years, shown)
        return {"frame": around, "page": page}

    return Sheet((house, years, rows, told), by_template(asked, "site/visits.html", words), newest)


def person(asked: Asked, slug: str, name: str) -> Sheet:
    """All visits of one person, through the years and posts."""
    house = house_of(slug)
    every = PrintedVisit.objects.public(slug).filter(name=name)
    rows, total = rows_of(every, MOST), every.count()
    if house is None or not rows:
        raise Absent
    newest = every.aggregate(newest=Max("edition__published_at"))["newest"]

    def words() -> dict[str, Any]:
        title = _("%(name)s到访登记 %(title)s") % {"name": name, "title": house.name}
        told = _counted(total)
        page = Register(
            name, told, (), tuple(by_year(rows, slug, asked.look)), note=told_most(total)
        )
        return {"frame": frame(asked, house, title=title, room="visits"), "page": page}

    return Sheet((house, rows, total), by_template(asked, "site/visits.html", words), newest)


Row = dict[str, Any]
_FIELDS: Final = (
    "year", "number", "month", "month_to", "name", "post", "department", "date", "kind", "anchor",
    "corrected",
)  # fmt: skip


def rows_of(rows: QuerySet[PrintedVisit], most: int | None = None) -> list[Row]:
    """The newest issue first; of its visits the earliest, and last those without a day."""
    day = F("date").asc(nulls_last=True)
    ordered = rows.order_by("-year", "-number", day, "place")
    return list(ordered.values(*_FIELDS, slug=F("publication__slug"))[:most])


def _register(
    rows: list[Row],
    told: Iterable[str],
    house: House,
    look: Look,
    years: list[int],
    shown: int,
) -> Register:
    people = len({(row["department"], row["name"]) for row in rows})
    came = ngettext("%(count)s人", "%(count)s人", people) % {"count": people}
    counted = _("，").join((came, _counted(len(rows))))
    title = _("%s年到访登记") % shown
    months = tuple(_by_month(rows, house.slug, look))
    departments = tuple(_departments(told, house.slug, look))
    form = visit_form(house.slug, beside(years, shown), look)
    around = tabs(years, shown, "visits_year", house.slug, look)
    return Register(title, counted, around, months, departments, form)


def told_most(count: int) -> str:
    if count <= MOST:
        return ""
    return str(_("这里列出最近的%s人次。加上姓名、部门或者年份，可以查得更准。") % MOST)


def _counted(visits: int) -> str:
    return ngettext("共%(count)s人次", "共%(count)s人次", visits) % {"count": visits}


def visit_form(
    slug: str, years: Iterable[int], look: Look, text: str = "", year: int | None = None,
    kind: str = "",
) -> VisitForm:  # fmt: skip
    """The question as it was put, empty on the register itself."""
    of_years = (Option(str(one), str(_("%s年") % one), one == year) for one in years)
    of_kinds = (Option(one, str(_(told)), one == kind) for one, told in KINDS.items())
    return VisitForm(
        action=reverse("site:visits_found", args=[slug]),
        text=text,
        years=(Option("", str(_("全部年份")), year is None), *of_years),
        kinds=(Option("", str(_("全部来意")), not kind), *of_kinds),
        view=look.view,
    )


@shared
def _directory(slug: str) -> Directory:
    return directory(slug)


def _present_names(rows: Iterable[Row], slug: str) -> list[str]:
    """The departments of these visits by the names they have now."""
    names = _directory(slug)
    return sorted({names.present(row["department"]) for row in rows})


def _departments(told: Iterable[str], slug: str, look: Look) -> Iterator[Link]:
    for name in told:
        yield Link(name, look.link(reverse("site:department", args=[slug, name])))


def _by_month(rows: Iterable[Row], slug: str, look: Look) -> Iterator[Month]:
    for months, group in groupby(rows, _months):
        yield Month(months, tuple(_came(row, look) for row in group))


def _months(row: Row) -> str:
    """What the issue reports on: 3月, of a combined one 1—2月."""
    return dates.months(row["month"], row["month_to"])


def by_year(rows: Iterable[Row], slug: str, look: Look) -> Iterator[Month]:
    for year, group in groupby(rows, lambda row: row["year"]):
        yield Month(_("%s年") % year, tuple(_came(row, look) for row in group))


def _came(row: Row, look: Look) -> Came:
    slug, day = row["slug"], row["date"]
    where = reverse("site:issue", args=[slug, row["year"], row["number"]])
    anchor = f"#{row['anchor']}" if row["anchor"] else ""
    return Came(
        when=dates.in_year(day) if day else _months(row),
        department=Link(
            row["department"], look.link(reverse("site:department", args=[slug, row["department"]]))
        ),
        post=row["post"],
        person=Link(row["name"], look.link(reverse("site:person", args=[slug, row["name"]]))),
        kind=_(KINDS[row["kind"]]) if row["kind"] in KINDS else "",
        issue=Link(_("第%s期") % row["number"], look.link(where + anchor)),
        corrected=mark(slug, row["year"], row["number"], row["corrected"], look),
    )


def visit_years(change: Change | None) -> Iterable[Arguments]:
    """Each leads to the years beside it: a change may make or end one."""
    if change is None:
        rows = PrintedVisit.objects.filter(publication__is_public=True)
        named = rows.values("year", slug=F("publication__slug"))
        return named.distinct().order_by("slug", "year")
    mine = PrintedVisit.objects.public(change.slug).order_by()
    if mine.filter(year=change.year).exclude(number=change.number).exists():
        return [{"slug": change.slug, "year": change.year}]
    held = mine.values_list("year", flat=True).distinct()
    return [{"slug": change.slug, "year": year} for year in touched(held, change.year)]
