"""The work of `benchmarks.archive`, inside `manage.py shell`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from django.db import connection
from django.urls import reverse

from bulletin.finding.names import directory
from bulletin.models import Edition, Passage, PrintedVisit
from bulletin.site.api import answers
from bulletin.site.api.answers import Query
from bulletin.site.pages import Asked, by_template
from bulletin.site.shelf import House, house_of
from bulletin.site.table import PAGES
from bulletin.site.visits_found import Wanted, found_words

from . import archive_publishing, archive_search
from .archive_reading import Reader
from .costs import Cost, cost
from .shelf_texts import DEPARTMENTS
from .shelves import FIRST_YEAR, fill, furnish

Act = Callable[[], bytes | None]
SLUG: Final = "monthly-2"


def run(scales: Sequence[int], publications: int, repeat: int, search: bool) -> None:
    shelf = furnish(max(publications, 2))
    table: dict[str, dict[int, Cost]] = {}
    begun, reader = FIRST_YEAR, Reader(shelf.publications[0].slug)
    for years in scales:
        last = FIRST_YEAR + years - 1
        began = time.monotonic()
        fill(shelf, range(begun, last + 1), searched=search)
        print(f"{years} years filled in {time.monotonic() - began:.0f} s: {_size()}", flush=True)
        measured = chain(
            _measured(last, repeat, search),
            reader.measured(range(begun, last + 1)),
            archive_publishing.measured(shelf, last + 1),
        )
        for label, found in measured:
            table.setdefault(label, {})[years] = found
        begun = last + 2  # the year between belongs to what was published
    _print(table, scales)


def _measured(year: int, repeat: int, search: bool) -> Iterator[tuple[str, Cost]]:
    for label, act in _pages(year):
        yield label, cost(act, repeat)
    for label, search_for in archive_search.acts(SLUG, year) if search else ():
        yield label, cost(search_for, repeat)


def _pages(year: int) -> Iterator[tuple[str, Act]]:
    """Each kind of page of a publication in the middle of the shelf, of its newest year and,
    where old years differ, of its first."""
    first, middle = FIRST_YEAR, (FIRST_YEAR + year) // 2
    yield "front", _page("front")
    yield "archive", _page("archive", slug=SLUG)
    yield "year, the newest", _page("year", slug=SLUG, year=year)
    yield "year, the first", _page("year", slug=SLUG, year=first)
    yield "issue, the newest", _page("issue", slug=SLUG, year=year, number=12)
    yield "issue, the first", _page("issue", slug=SLUG, year=first, number=1)
    yield "item", _page("item", slug=SLUG, year=middle, number=6, anchor="s4-8")
    yield "statistics", _page("statistics", slug=SLUG)
    yield (
        "indicator, the first year",
        _page("indicator_year", slug=SLUG, key="total_handled", year=first),
    )
    yield "visits", _page("visits", slug=SLUG)
    yield "visits, the first year", _page("visits_year", slug=SLUG, year=first)
    yield "person", _page("person", slug=SLUG, name=_visitor())
    yield "visits, found by name", _found(SLUG, _visitor())
    yield "departments", _page("departments", slug=SLUG)
    yield "department", _page("department", slug=SLUG, name=DEPARTMENTS[5])
    yield "corrections", _page("corrections", slug=SLUG)
    yield "map", _page("map", slug=SLUG)
    yield "feed", _page("feed", slug=SLUG)
    yield "sitemap of a year", _page("sitemap", slug=SLUG, year=year)
    yield "sitemap index", _page("sitemap_index")
    yield "figures.csv", _page("figures", slug=SLUG, extension="csv")
    yield "API issues", _api(answers.issues, Query(SLUG))
    yield "API issues of the first year", _api(answers.issues, Query(SLUG, first))
    yield "API items of a department", _api(answers.items, Query(SLUG, department=DEPARTMENTS[5]))
    yield "API visits", _api(answers.visits, Query(SLUG))
    yield "API figures", _api(answers.figures, Query(SLUG, key="calls"))


def _page(name: str, /, **arguments: Any) -> Act:
    """Read from the database and written, in the plain look."""
    path = reverse(f"site:{name}", kwargs=arguments)

    def draw() -> bytes:
        return PAGES[name].sheet(Asked(path), **arguments).write()

    return draw


def _api(answer: Callable[[Query], Mapping[str, Any]], query: Query) -> Act:
    return lambda: json.dumps(answer(query), ensure_ascii=False).encode()


def _found(slug: str, text: str) -> Act:
    """The register of visits asked for a name."""
    path, house = reverse("site:visits_found", args=[slug]), house_of(slug)
    wanted = Wanted(slug, text, (text,))

    def draw() -> bytes:
        words = found_words(Asked(path), house or House(), wanted, directory(slug))
        return by_template(Asked(path), "site/visits.html", lambda: words)()

    return draw


def _visitor() -> str:
    """Somebody who came in the newest years."""
    visits = PrintedVisit.objects.filter(publication__slug=SLUG)
    return visits.order_by("-year", "-number", "place")[0].name


def _size() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        size = cursor.fetchone()[0]
    return f"{Edition.objects.count()} editions, {Passage.objects.count()} paragraphs, {size}"


def _print(table: Mapping[str, Mapping[int, Cost]], scales: Sequence[int]) -> None:
    heads = "".join(f" {years} years: CPU ms | × | wall ms | queries | KB |" for years in scales)
    print(f"\n| |{heads}\n|---|{'---:|' * (5 * len(scales))}")
    for label, costs in table.items():
        base = costs[scales[0]].cpu
        cells = (
            f" {one.cpu:.2f} | {one.cpu / base:.1f} | {one.wall:.2f} | {one.queries} |"
            f" {one.size / 1000:.1f} |"
            for one in (costs[years] for years in scales)
        )
        print(f"| {label} |{''.join(cells)}")
