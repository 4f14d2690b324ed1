"""What each address of the API answers: plain values, pages of fifty, addresses of more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse

from bulletin.finding.asking import Question, matching
from bulletin.finding.names import directory
from bulletin.finding.results import Results
from bulletin.models import Edition, Passage, PassageName, PrintedVisit, Publication
from bulletin.site.amending import amended
from bulletin.site.pages import Absent
from bulletin.site.shelf import Volume, files_of, neighbourhood, volumes_of
from bulletin.site.takeaway import downloads

PAGE: Final = 50
LISTS: Final = ("publications", "issues", "items", "visits", "figures")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Query:
    """The parameters of a request, checked; empty and None mean everything."""

    publication: str = ""
    year: int | None = None
    section: str = ""
    department: str = ""
    person: str = ""
    key: str = ""
    q: str = ""
    page: int = 1


def index() -> Json:
    """The lists by name, and what describes them."""
    lists = {name: _site(f"api_{name}") for name in LISTS}
    return {**lists, "openapi": _site("api_openapi"), "about": _site("data")}


def publications(query: Query) -> Json:
    rows = Publication.objects.filter(is_public=True).order_by("pk")
    told = rows.values("slug", "title", publisher=F("centre__official_name"))
    return _paged("publications", told, query, _publication)


def _publication(row: Mapping[str, Any]) -> Json:
    return {
        "slug": row["slug"],
        "title": row["title"],
        "publisher": row["publisher"],
        "url": _site("archive", row["slug"]),
    }


def issues(query: Query) -> Json:
    """Editions in force, the newest first, as each of them was frozen."""
    rows = _editions(query).order_by("-year", "-number")
    return _paged("issues", rows, query, _issue, volumes_of)


def _editions(query: Query) -> QuerySet[Edition]:
    rows = Edition.objects.current().of(query.publication)
    return rows if query.year is None else rows.filter(year=query.year)


def _issue(volume: Volume) -> Json:
    key, document = (volume.slug, *volume.key), volume.text
    return {
        "publication": volume.slug,
        "year": volume.year,
        "number": volume.number,
        "number_to": document.number_to,
        "month": document.period.month,
        "month_to": document.period.month_to,
        "edition": volume.proof_no,
        "digest": volume.digest,
        "published_at": volume.published_at.isoformat(),
        "corrects": volume.replaced,
        "notice": volume.notice,
        "correction": _correction(*key, volume.proof_no if volume.replaced else None),
        "url": _site("issue", *key),
        "api": _site("api_issue", *key),
    }


def _correction(slug: str, year: int, number: int, edition: int | None) -> str | None:
    """Where the correction that made the edition is told."""
    return None if edition is None else _site("correction", slug, year, number, edition)


def issue(slug: str, year: int, number: int) -> Json:
    """One issue whole: the document, its files, the editions before it. Raises Absent."""
    volumes = [v for v in neighbourhood(slug, year, number) if v.key == (year, number)]
    held = [v for v in volumes if v.replaced_by is None]
    if not held:
        raise Absent
    volume = held[0]
    return {
        "publication": slug,
        "year": year,
        "number": number,
        "edition": volume.proof_no,
        "digest": volume.digest,
        "published_at": volume.published_at.isoformat(),
        "url": _site("issue", slug, year, number),
        "corrects": volume.replaced,
        "notice": volume.notice,
        "corrections": [_told(one) for one in volumes if one.replaced is not None],
        "files": _files(volume),
        "document": _document(volumes),
    }


def _told(volume: Volume) -> Json:
    """A correction, by the edition it made."""
    return {
        "edition": volume.proof_no,
        "corrects": volume.replaced,
        "published_at": volume.published_at.isoformat(),
        "notice": volume.notice,
        "url": _site("correction", volume.slug, *volume.key, volume.proof_no),
    }


def _files(volume: Volume) -> list[Json]:
    return [
        {
            "label": file.label,
            "format": file.short.lower(),
            "url": settings.SITE_URL + file.url,
            "sha256": file.sha256.replace(" ", ""),
        }
        for file in downloads(volume, files_of([volume])[volume.pk])
    ]


def _document(editions: list[Volume]) -> Json:
    """As printed, in the order of print, numbers included; `corrected` is the edition whose
    correction altered or added the line."""
    document, touched = editions[-1].text, amended(editions)
    by = {place: volume.proof_no for place, (volume, _order) in touched.items()}
    return {
        "title": document.masthead,
        "issuer": document.issuer,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "period": asdict(document.period),
        "lines": [
            {
                "role": line.role,
                "label": line.label,
                "text": line.body,
                "anchor": line.anchor,
                "corrected": by.get(place),
            }
            for place, line in enumerate(document.lines())
        ],
    }


def items(query: Query) -> Json:
    """Printed paragraphs of the text; `q` as the search page takes it."""
    names = directory(query.publication)
    found = matching(_question(query), names)
    return _paged("items", found, query, lambda row: _item(row, query.publication))


def _question(query: Query) -> Question:
    return Question.typed(
        query.publication,
        query.q,
        year=query.year,
        section=query.section,
        department=query.department,
        person=query.person,
        text_only=True,
    )


def _item(row: Passage, slug: str) -> Json:
    named = Passage.unlisted(row.about)
    return {
        "year": row.year,
        "number": row.number,
        "section": row.section,
        "heading": row.heading,
        "label": row.label,
        "date": row.date.isoformat() if row.date else None,
        "text": row.text,
        "departments": [name for kind, name in named if kind == PassageName.Kind.DEPARTMENT],
        "people": [name for kind, name in named if kind == PassageName.Kind.PERSON],
        "correction": _correction(slug, row.year, row.number, row.corrected),
        "url": _site("item", slug, row.year, row.number, row.anchor),
    }


def visits(query: Query) -> Json:
    rows = PrintedVisit.objects.public(query.publication)
    if query.year is not None:
        rows = rows.filter(year=query.year)
    if query.department:
        names = directory(query.publication).every_name(query.department)
        rows = rows.filter(department__in=names)
    if query.person:
        rows = rows.filter(name=query.person)
    ordered = rows.order_by("-year", "-number", "place")
    return _paged("visits", ordered, query, lambda row: _visit(row, query.publication))


def _visit(row: PrintedVisit, slug: str) -> Json:
    return {
        "date": row.date.isoformat() if row.date else None,
        "name": row.name,
        "post": row.post,
        "department": row.department,
        "kind": row.kind,
        "year": row.year,
        "number": row.number,
        "correction": _correction(slug, row.year, row.number, row.corrected),
        "url": _site("issue", slug, row.year, row.number),
    }


def figures(query: Query) -> Json:
    """The figures of each issue as printed, with the range that its precision leaves."""
    rows = _editions(query).order_by("-year", "-number")

    def told(volume: Volume) -> Json:
        document = volume.text
        return {
            "year": volume.year,
            "number": volume.number,
            "edition": volume.proof_no,
            "corrects": volume.replaced,
            "period": asdict(document.period),
            "figures": [
                {
                    "key": f.key,
                    "label": f.label,
                    "unit": f.unit,
                    "value": f.value,
                    "low": f.low,
                    "high": f.high,
                    "printed": f.printed,
                    "denominator": f.denominator,
                }
                for f in document.figures
                if query.key in ("", f.key)
            ],
            "url": _site("issue", query.publication, volume.year, volume.number),
        }

    return _paged("figures", rows, query, told, volumes_of)


def _paged(
    name: str,
    rows: QuerySet[Any] | Results,
    query: Query,
    told: Callable[[Any], Json],
    read: Callable[[Any], list[Any]] = list,
) -> Json:
    """One page: how many there are in all, the addresses before and after, the results."""
    total, start = rows.count(), PAGE * (query.page - 1)
    return {
        "count": total,
        "next": _page(name, query, 1) if start + PAGE < total else None,
        "previous": _page(name, query, -1) if query.page > 1 else None,
        "results": [told(one) for one in read(rows[start : start + PAGE])],
    }


def _page(name: str, query: Query, step: int) -> str:
    values = {key: value for key, value in asdict(query).items() if value}
    pairs = urlencode({**values, "page": query.page + step})
    return f"{_site(f'api_{name}')}?{pairs}"


def _site(name: str, *args: object) -> str:
    return settings.SITE_URL + reverse(f"site:{name}", args=args)
