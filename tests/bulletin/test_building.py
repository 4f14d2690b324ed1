"""A document is built in a fixed number of queries, however long the issue."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulletin.assembly import build_document
from bulletin.document import dumps, loads
from bulletin.models import EntrySource, Issue
from bulletin.readiness import check_issue
from tests.factories import EntryFactory, IssueFactory, SectionFactory


def fill(house, entries):
    """An issue with that many entries in each of three sections, visits and figures included."""
    month = entries % 12 + 1
    issue = IssueFactory(publication=house.publication, month=month, narrative="")
    for position, kind in enumerate(["stats", "news", "visits"], 1):
        section = SectionFactory(issue=issue, kind=kind, position=position, key=kind)
        for place in range(1, entries + 1):
            entry = EntryFactory(section=section, issue=issue, position=place)
            entry.departments.set([house.department])
            if kind == "visits":
                EntrySource.objects.create(entry=entry, submission=house.visit())
    return Issue.objects.select_related("publication__centre").get(pk=issue.pk)


def queries(function, issue):
    with CaptureQueriesContext(connection) as captured:
        function(issue)
    return len(captured)


@pytest.mark.parametrize("function", [build_document, check_issue])
def test_as_many_queries_at_thirty_entries_as_at_one(house, function):
    one, thirty = fill(house, 1), fill(house, 30)
    assert queries(function, one) == queries(function, thirty)


def test_a_document_comes_back_from_its_bytes(house):
    document = build_document(fill(house, 3))
    assert loads(dumps(document)) == document
