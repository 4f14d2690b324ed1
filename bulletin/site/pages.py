"""A public page as a value: what its bytes follow from, how they are written, where it stands.

Pages are drawn twice over from the same functions: when something is published, for every
address that it touches (`bulletin.baking`), and on request where nothing is baked yet
(`bulletin.views.site`). Neither a session nor a user is in reach here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import translation

from .looks import PLAIN, Look

HTML: Final = "text/html; charset=utf-8"
Arguments = Mapping[str, Any]


class Absent(Http404):
    """Nothing public has this address."""


class Moved(Exception):  # noqa: N818  an answer, no error
    """What was asked for has another address."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


@dataclass(frozen=True, slots=True)
class Asked:
    """An address and the look it is wanted in."""

    path: str
    look: Look = PLAIN


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page not yet written. `key`'s `repr` tells all that the bytes follow from, address,
    look and code aside; `published` is the newest edition among it."""

    key: object
    write: Callable[[], bytes]
    published: dt.datetime | None = None
    content_type: str = HTML


def by_template(
    asked: Asked, template: str, words: Callable[[], dict[str, Any]]
) -> Callable[[], bytes]:
    """Labels in the language of the look; `words` are found under it too."""

    def write() -> bytes:
        with translation.override(asked.look.language.lower()):
            return render_to_string(template, words()).encode()

    return write


@dataclass(frozen=True, slots=True)
class Change:
    """An issue was published, corrected or withdrawn."""

    slug: str
    year: int
    number: int


class Looks(Enum):
    """In which looks a kind of page is baked; in the others it is drawn when asked for."""

    EVERY = "every"
    LANGUAGES = "languages"  # many small pages: as the system of the reader has it
    NONE = "none"  # for programs

    def among(self, looks: Iterable[Look]) -> list[Look]:
        if self is Looks.NONE:
            return [PLAIN]
        wanted = (Look(english=english) for english in (False, True))
        return list(looks) if self is Looks.EVERY else [look for look in wanted if look in looks]


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page, in the table of `bulletin.site.table`.

    `name` is that of its URL pattern, whose arguments `sheet` takes after what was asked;
    it raises Absent or Moved. `places` yields the arguments of every address the kind has,
    or with a change of those alone that it may have altered, made or ended. `named` pages tell
    of departments by the names they have now: a renaming draws them again.
    """

    name: str
    sheet: Callable[..., Sheet]
    places: Callable[[Change | None], Iterable[Arguments]]
    looks: Looks = Looks.EVERY
    named: bool = False
