"""Open data for people: which addresses there are, what may be asked, how it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ..frame import Link, frame
from ..pages import Asked, Sheet, by_template
from ..shelf import House, house_of
from .answers import LISTS, PAGE
from .description import PARAMETERS, TOLD, filters


@dataclass(frozen=True, slots=True)
class Listing:
    address: Link
    told: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenData:
    """`parameters` are name and meaning."""

    lists: tuple[Listing, ...]
    parameters: tuple[tuple[str, str], ...]
    files: tuple[Link, ...]
    page: int


def open_data(asked: Asked) -> Sheet:
    house = house_of() or House()

    def words() -> dict[str, Any]:
        title = _("开放数据 %s") % house.name
        return {"frame": frame(asked, house, title=title), "page": _page(house)}

    return Sheet(house, by_template(asked, "site/data.html", words))


def _page(house: House) -> OpenData:
    parameters = tuple((name, _(told)) for name, (_schema, told) in PARAMETERS.items())
    return OpenData(tuple(_lists()), parameters, tuple(_files(house)), PAGE)


def _lists() -> Iterator[Listing]:
    for name in LISTS:
        url = reverse(f"site:api_{name}")
        yield Listing(Link(settings.SITE_URL + url, url), _(TOLD[name]), filters(name))


def _files(house: House) -> Iterator[Link]:
    if house.slug:
        for extension, told in (("csv", _("全部数据，表格")), ("json", _("全部数据，JSON"))):
            yield Link(told, reverse("site:figures", args=[house.slug, extension]))
        yield Link(_("新一期的全文，Atom"), reverse("site:feed", args=[house.slug]))
    yield Link(_("接口说明，OpenAPI"), reverse("site:api_openapi"))
