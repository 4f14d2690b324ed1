"""The archive that benchmarks fill by COPY is what the product itself would have written."""

from __future__ import annotations

import pytest

from benchmarks import shelf_papers, shelves
from bulletin.document import loads
from bulletin.finding.keeping import refresh
from bulletin.models import Correction, Edition, Issue, Passage, PassageName, PrintedVisit

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def shelf(monkeypatch):
    monkeypatch.setattr(shelf_papers, "POOL", 200)
    shelf = shelves.furnish(2)
    shelves.fill(shelf, range(2026, 2027), searched=False)
    shelves.fill(shelf, range(2027, 2028))
    return shelf


def test_an_archive_filled_by_copy_is_as_publishing_leaves_it(shelf):
    assert Issue.objects.count() == 2 * 24
    assert Edition.objects.standing().count() == 2 * 24
    for edition in Edition.objects.all():
        assert edition.document.digest == edition.digest
        assert loads(edition.content).number == edition.number
    assert 0 < Correction.objects.count() == Edition.objects.exclude(superseded_by=None).count()
    before = _found()
    for issue in Issue.objects.all():
        refresh(issue)
    assert _found() == before


def _found() -> list[list[tuple]]:
    """What readers find, without the numbers of the rows."""
    where = ("edition", "year", "number", "place")
    text = ("rank", "section", "heading", "anchor", "label", "date", "text", "folded", "about")
    visit = ("month", "month_to", "name", "post", "department", "date", "kind", "anchor")
    names = ("passage__edition", "passage__place", "kind", "name")
    return [
        list(Passage.objects.order_by(*where).values_list("publication", *where, *text)),
        list(PassageName.objects.order_by(*names).values_list(*names)),
        list(PrintedVisit.objects.order_by(*where).values_list("publication", *where, *visit)),
    ]
