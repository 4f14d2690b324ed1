"""Searching: the one public page that is made for each question, and bounded in every way."""

from __future__ import annotations

import re
from typing import Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from bulletin.finding.asking import LONGEST, MOST_PAGES, Question, is_cut, search, words_of
from bulletin.finding.loosening import looser
from bulletin.finding.names import directory
from bulletin.site.pages import Sheet, by_template
from bulletin.site.searching import search_words
from bulletin.site.shelf import house_of, stamp
from bulletin.site.typed import Typed

from .answers import PAGE_CACHE, answer, asked_of, public
from .kept import Kept
from .limits import SEARCHES, limited

# Questions must not push the pages of the site out of its memory.
ANSWERS: Final = Kept(most=64)


@public
def search_here(request: HttpRequest) -> HttpResponseBase:
    """For forms on pages that belong to no publication: the first one's search."""
    house = house_of()
    if house is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")[:500]
    url = reverse("site:search", args=[house.slug])
    response = redirect(f"{url}?{query}" if query else url)
    response.headers["Cache-Control"] = PAGE_CACHE
    return response


@public
@limited(SEARCHES)
def search_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    house = house_of(slug)
    if house is None:
        raise Http404
    typed = read(request, slug)
    asked = asked_of(request)
    published = stamp(slug)

    def words() -> dict[str, object]:
        names = directory(slug)
        found = search(typed.question, names) if _asks(typed.question) else None
        wider = looser(typed.question, names) if found and not found.total else ()
        return search_words(asked, house, typed, found, names, wider)

    written = by_template(asked, "site/search.html", words)
    return answer(request, Sheet((house, typed, published), written, published[1]), ANSWERS)


def read(request: HttpRequest, slug: str) -> Typed:
    """The question in the address; what is none of ours is passed over."""
    given = request.GET
    whole = " ".join(shown(given.get("q", "")).split())
    text = whole[:LONGEST].rstrip()
    question = Question(
        slug=slug,
        words=words_of(text),
        year=number_in(given.get("year", ""), 4),
        section=text_in(given.get("section", "")),
        department=text_in(given.get("department", "")),
        person=text_in(given.get("person", "")),
        exact=given.get("exact") == "1",
        page=min(MOST_PAGES, number_in(given.get("page", ""), 3) or 1),
    )
    return Typed(text, question, is_cut(whole))


def _asks(question: Question) -> bool:
    return bool(question.words or question.year or question.section or _names(question))


def _names(question: Question) -> bool:
    return bool(question.department or question.person)


def text_in(value: str) -> str:
    return shown(value)[:LONGEST]


def shown(value: str) -> str:
    """Without what cannot be shown."""
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "", value)


def number_in(value: str, digits: int) -> int | None:
    return int(value) if re.fullmatch(rf"[0-9]{{1,{digits}}}", value) else None
