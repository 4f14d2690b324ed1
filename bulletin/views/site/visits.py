"""Searching the register of visits: bounded like the search of the text."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from bulletin.finding.asking import MOST_WORDS
from bulletin.finding.names import directory
from bulletin.site.pages import Sheet, by_template
from bulletin.site.shelf import house_of, stamp
from bulletin.site.visits import KINDS
from bulletin.site.visits_found import Wanted, found_words

from .answers import answer, asked_of, public
from .limits import SEARCHES, limited
from .search import ANSWERS, number_in, text_in


@public
@limited(SEARCHES)
def visits_found(request: HttpRequest, slug: str) -> HttpResponseBase:
    house = house_of(slug)
    if house is None:
        raise Http404
    wanted, asked, names = _read(request, slug), asked_of(request), directory(slug)
    published = stamp(slug)
    write = by_template(asked, "site/visits.html", lambda: found_words(asked, house, wanted, names))
    key = (house, wanted, names, published)
    return answer(request, Sheet(key, write, published[1]), ANSWERS)


def _read(request: HttpRequest, slug: str) -> Wanted:
    """The question in the address; what is none of ours is passed over."""
    given = request.GET
    words = text_in(given.get("q", "")).split()[:MOST_WORDS]
    kind = given.get("kind", "")
    return Wanted(
        slug=slug,
        text=" ".join(words),
        words=tuple(words),
        year=number_in(given.get("year", ""), 4),
        kind=kind if kind in KINDS else "",
    )
