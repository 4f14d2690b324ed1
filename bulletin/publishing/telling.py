"""Whom publication tells outside the house: the addresses of the 报、送、发 list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin import outbox
from bulletin.models import Edition, Issue, Recipient

Occasion = Literal["publish", "correct", "withdraw"]

_SUBJECTS: Final = {
    "publish": gettext_lazy("%(what)s已发布"),
    "correct": gettext_lazy("%(what)s已更正"),
    "withdraw": gettext_lazy("%(what)s已撤下"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it will be written; `key` keeps it from going twice."""

    label: str
    name: str
    address: str
    subject: str
    body: str
    key: str


def occasion(edition: Edition) -> Occasion:
    """What publishing this proof will be to readers of the issue."""
    standing = Edition.objects.standing().filter(issue=edition.issue_id)
    return "correct" if standing.exists() else "publish"


def letters(edition: Edition, what: Occasion, *, reason: str = "") -> list[Letter]:
    """One to every address of the list that is written to."""
    subject = str(_SUBJECTS[what]) % {"what": edition.issue}
    body = _body(edition, what, reason)
    rows = Recipient.objects.filter(publication=edition.issue.publication_id, is_active=True)
    return [
        Letter(row.label, row.name, row.email, subject, body, f"{what}:{edition.pk}:r{row.pk}")
        for row in rows.order_by("pk")
    ]


def tell(edition: Edition, what: Occasion, *, reason: str = "") -> None:
    """Write them to the outbox, in the transaction that makes it true."""
    for one in letters(edition, what, reason=reason):
        outbox.post_to(edition.centre, one.address, one.subject, one.body, key=one.key)


def issue_address(issue: Issue) -> str:
    """Where the public reads it."""
    place = [issue.publication.slug, issue.year, issue.number]
    return settings.SITE_URL + reverse("site:issue", args=place)


def _body(edition: Edition, what: Occasion, reason: str) -> str:
    words = {"what": edition.issue, "notice": edition.notice, "reason": reason}
    told = {
        "publish": _("%(what)s已经发布。"),
        "correct": _("%(what)s已经更正，请以更正后的一版为准，原来收到的请勿再用。\n\n%(notice)s"),
        "withdraw": _("%(what)s已经撤下，原来收到的请勿再用。\n\n理由：%(reason)s"),
    }[what] % words
    if edition.issue.publication.is_public:
        told += "\n\n" + issue_address(edition.issue)
    if edition.trail_count:
        words = {"n": edition.trail_count, "digest": edition.trail_digest}
        told += "\n\n" + _("留存备查：流转记录%(n)s条，指纹%(digest)s。") % words
    return told
