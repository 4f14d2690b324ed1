"""What publishing one more issue costs beside an archive, with everything but the rendering."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.utils import timezone

from bulletin.baking.drawing import places
from bulletin.models import Edition, Issue
from bulletin.publishing import publish
from bulletin.publishing.files import ensure_files
from bulletin.site.pages import Change
from windows.models import User

from .costs import Cost, cost
from .shelf_papers import Paper
from .shelves import Shelf


def measured(shelf: Shelf, year: int) -> Iterator[tuple[str, Cost]]:
    """January and February of a year that has nothing yet."""
    for month, label in ((1, "publishing the first issue of a year"), (2, "publishing an issue")):
        issue = _signed(shelf, year, month)
        spent = cost(partial(_publish, issue, shelf.house.publisher))
        wanted = places(Change(shelf.publications[0].slug, year, month))
        files = sum(len(list(place.steps)) for place in wanted)
        print(f"{label}: {len(wanted)} addresses, {files} files")
        yield label, spent


def _publish(issue: Issue, by: User) -> None:
    publish(issue, by=by)


def _signed(shelf: Shelf, year: int, month: int) -> Issue:
    """Ready to be published; its files are rendered, which no reader waits for."""
    paper = Paper(shelf.publications[0], year, month)
    issue = Issue.objects.create(
        publication=paper.publication,
        year=year,
        month=month,
        number=month,
        issued_on=paper.issued,
        title=paper.publication.title,
        issuer=paper.publication.issuer,
        state="signed",
    )
    edition = Edition(
        issue=issue,
        proof_no=1,
        content=paper.content(1),
        year=year,
        number=month,
        sent_by=shelf.house.editor,
        signed_by=shelf.house.approver,
        signed_at=timezone.now(),
    )
    edition.digest = edition.document.digest
    edition.save()
    ensure_files(edition)
    return issue
