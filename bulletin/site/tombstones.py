"""What stands in the place of an issue that was withdrawn: that it was there, and why not now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn

from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.document import chinese_date
from bulletin.models import Edition

from .frame import frame
from .pages import Absent, Asked, by_template
from .places import SLUG
from .shelf import House, house_of


@dataclass(frozen=True, slots=True)
class Tombstone:
    number: str
    date: str
    reason: str


class Gone(Absent):
    """It was public and is not any more; for baking as absent as what never was."""

    def __init__(self, house: House, edition: Edition) -> None:
        super().__init__()
        self.house = house
        self.edition = edition

    def page(self, asked: Asked) -> bytes:
        return by_template(asked, "site/gone.html", lambda: self._words(asked))()

    def _words(self, asked: Asked) -> dict[str, Any]:
        edition = self.edition
        assert edition.withdrawn_at is not None  # noqa: S101  only withdrawn ones are found
        words = {"year": edition.year, "number": edition.document.number_line}
        number = _("%(year)s年%(number)s") % words
        title = _("%s已经撤下") % number
        date = chinese_date(timezone.localdate(edition.withdrawn_at))
        return {
            "frame": frame(asked, self.house, title=title, indexed=False),
            "page": Tombstone(number, date, edition.withdraw_reason),
        }


def missing(slug: str, year: int, number: int) -> NoReturn:
    """Raises Gone where the issue was withdrawn, Absent where nothing public ever was."""
    rows = Edition.objects.withdrawn().filter(**{SLUG: slug}, year=year, number=number)
    edition = rows.order_by("-proof_no").first()
    house = house_of(slug) if edition else None
    if edition is None or house is None:
        raise Absent
    raise Gone(house, edition)
