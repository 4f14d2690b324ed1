"""Who came, asked for by name, department or post, by year and by what they came for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bulletin.finding.names import Directory
from bulletin.folding import fold
from bulletin.models import PrintedVisit

from .frame import frame
from .pages import Asked
from .shelf import House
from .visits import MOST, Register, by_year, rows_of, told_most, visit_form


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` must all stand in a visit's name, department or post, in any order."""

    slug: str
    text: str = ""
    words: tuple[str, ...] = ()
    year: int | None = None
    kind: str = ""

    def url(self, path: str) -> str:
        pairs = {"q": self.text, "year": self.year, "kind": self.kind}
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"{path}?{query}" if query else path


def found_words(asked: Asked, house: House, wanted: Wanted, names: Directory) -> dict[str, Any]:
    title = _("到访登记检索 %s") % house.name
    here = wanted.url(asked.path)
    around = frame(asked, house, title=title, room="visits", indexed=False, here=here)
    every = PrintedVisit.objects.public(wanted.slug)
    years = every.order_by("-year").values_list("year", flat=True).distinct()
    found = matching(every, wanted, names)
    count, shown = found.count(), rows_of(found, MOST)
    page = Register(
        title=str(_("到访登记")),
        told=_told(count),
        tabs=(),
        months=tuple(by_year(shown, wanted.slug, asked.look)),
        form=visit_form(wanted.slug, years, asked.look, wanted.text, wanted.year, wanted.kind),
        note=_note(count),
    )
    return {"frame": around, "page": page}


def matching(
    rows: QuerySet[PrintedVisit], wanted: Wanted, names: Directory
) -> QuerySet[PrintedVisit]:
    """A department is found by every name it ever had."""
    if wanted.year is not None:
        rows = rows.filter(year=wanted.year)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    for word in wanted.words:
        told = Q(name__icontains=word) | Q(post__icontains=word) | Q(department__icontains=word)
        for other in names.others(fold(word)):
            told |= Q(department__icontains=other)
        rows = rows.filter(told)
    return rows


def _told(count: int) -> str:
    return str(_("找到%s人次") % count if count else _("没有找到"))


def _note(count: int) -> str:
    if not count:
        return str(_("各期刊出的到访里没有符合的。请换一个姓名、部门或者年份再查。"))
    return told_most(count)
