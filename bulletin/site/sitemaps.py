"""Maps of the site: for search engines by year, an index of them, and one for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.models import Edition, Passage

from .frame import Link, frame
from .pages import Absent, Asked, Sheet, by_template
from .shelf import House, first_slug, house_of, run_of, slugs, stamp

XML: Final = "application/xml; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_index(asked: Asked, slug: str = "") -> Sheet:
    """Of one publication, or of the first: a map a year, none of which grows beyond that."""
    owner = slug or first_slug()
    if slug and house_of(slug) is None:
        raise Absent
    rows = Edition.objects.current().of(owner).values_list("year")
    years = list(rows.annotate(at=Max("published_at")).order_by("-year"))

    def places() -> Iterator[tuple[str, dt.datetime | None]]:
        for year, at in years:
            yield reverse("site:sitemap", args=[owner, year]), at

    return Sheet(years, lambda: _xml("sitemapindex", "sitemap", places()), None, XML)


def sitemap(asked: Asked, slug: str, year: int) -> Sheet:
    """The pages of a year: issues and each of their items; with the newest, those of all."""
    rows = Edition.objects.current().of(slug)
    issues = list(rows.filter(year=year).order_by("-number").values("number", "published_at"))
    if not issues:
        raise Absent
    items = Passage.objects.public(slug).filter(year=year, rank=Passage.Rank.TEXT)
    anchors = list(items.order_by("-number", "place").values_list("number", "anchor"))
    newest = rows.aggregate(year=Max("year"))["year"] == year

    def places() -> Iterator[tuple[str, dt.datetime | None]]:
        if newest:
            yield from ((url, issues[0]["published_at"]) for url in _standing(slug))
        yield reverse("site:year", args=[slug, year]), issues[0]["published_at"]
        at = {row["number"]: row["published_at"] for row in issues}
        for number, published in at.items():
            yield reverse("site:issue", args=[slug, year, number]), published
        for number, anchor in anchors:
            yield reverse("site:item", args=[slug, year, number, anchor]), at.get(number)

    return Sheet((issues, anchors, newest), lambda: _xml("urlset", "url", places()), None, XML)


def _standing(slug: str) -> Iterator[str]:
    yield reverse("site:front")
    yield reverse("site:about")
    for name in ("archive", "statistics", "search", "visits", "departments", "corrections"):
        yield reverse(f"site:{name}", args=[slug])


def _xml(root: str, tag: str, places: Iterable[tuple[str, dt.datetime | None]]) -> bytes:
    rows = "".join(
        f"<{tag}><loc>{escape(settings.SITE_URL + url)}</loc>"
        + (f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else "")
        + f"</{tag}>\n"
        for url, at in places
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{root} xmlns="{_SPACE}">\n{rows}</{root}>\n'.encode()


def robots(asked: Asked) -> Sheet:
    """Everything is for reading but rooms of staff and other looks. Searches name the page they
    belong to; the ways through their filters are not for robots (`nofollow`)."""
    closed = ("/admin/", "/desk/", "/accounts/", "/attachments/", "/*view=")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "Allow: /*view=en$"]
    lines += ["", *(f"Sitemap: {settings.SITE_URL}{url}" for url in _indexes()), ""]
    return Sheet(lines, lambda: "\n".join(lines).encode(), None, TEXT)


def _indexes() -> Iterator[str]:
    """The first publication's has the address that is looked for without being told."""
    yield reverse("site:sitemap_index")
    for slug in slugs()[1:]:
        yield reverse("site:sitemap_of", args=[slug])


# The map for people


@dataclass(frozen=True, slots=True)
class Branch:
    title: str
    links: tuple[Link, ...]


def map_page(asked: Asked, slug: str) -> Sheet:
    house = house_of(slug)
    if house is None:
        raise Absent
    years = run_of(slug).years

    def words() -> dict[str, Any]:
        title = _("网站地图 %s") % house.name
        return {"frame": frame(asked, house, title=title), "page": _branches(asked, house, years)}

    return Sheet((house, years), by_template(asked, "site/map.html", words), stamp(slug)[1])


def _branches(asked: Asked, house: House, years: Iterable[int]) -> tuple[Branch, ...]:
    def link(text: str, name: str, *args: object) -> Link:
        return Link(text, asked.look.link(reverse(f"site:{name}", args=args)))

    slug = house.slug
    reading = (
        link(_("本期"), "front"),
        link(_("往期"), "archive", slug),
        link(_("统计"), "statistics", slug),
        link(_("检索"), "search", slug),
        link(_("到访登记"), "visits", slug),
        link(_("部门（单位）"), "departments", slug),
        link(_("更正"), "corrections", slug),
    )
    using = (
        link(_("关于本刊"), "about"),
        link(_("核对文件"), "verify"),
        link(_("邮件订阅"), "subscribe", slug),
        Link("Atom", reverse("site:feed", args=[slug])),
        link(_("开放数据"), "data"),
    )
    by_year = tuple(link(_("%s年") % year, "year", slug, year) for year in years)
    return (
        Branch(_("阅读"), reading),
        Branch(_("各年"), by_year),
        Branch(_("使用"), using),
    )
