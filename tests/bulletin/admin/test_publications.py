"""How a publication is set: asked with a sample, printed as answered."""

import pytest
from django.urls import reverse

from bulletin.assembly import build_document
from bulletin.document import Layout
from bulletin.models import Issue
from tests.factories import EntryFactory, IssueFactory, SectionFactory
from tests.newsroom import url

SAMPLE = "admin:bulletin_publication_sample"


@pytest.fixture
def manager(house, client):
    client.force_login(house.administrator)
    return client


def drawn(client, **asked):
    return client.get(reverse(SAMPLE), asked)


def test_the_sample_follows_what_is_asked(manager):
    usual = {"rows_per_page": 22, "cells_per_row": 28, "autospace": 200}
    pages = {
        drawn(manager, **usual).content,
        drawn(manager, **usual, hang_punctuation="on").content,
        drawn(manager, **{**usual, "autospace": 0}).content,
        drawn(manager, **{**usual, "rows_per_page": 20}).content,
    }
    assert len(pages) == 4
    assert all(page.startswith(b"<svg") for page in pages)


@pytest.mark.parametrize("asked", [{"rows_per_page": 1}, {"autospace": 999}, {"cells_per_row": ""}])
def test_there_is_no_sample_of_the_impossible(manager, asked):
    usual = {"rows_per_page": 22, "cells_per_row": 28, "autospace": 200}
    assert drawn(manager, **{**usual, **asked}).status_code == 404


def test_the_form_shows_the_sample_of_what_is_saved(manager, house):
    house.publication.autospace = 0
    house.publication.save()
    page = manager.get(url("publication_change", house.publication.pk)).content.decode()
    assert "sample.svg?rows_per_page=22&amp;cells_per_row=28&amp;hang_punctuation=True" in page
    assert "出格" in page


def test_what_is_saved_is_printed(house):
    for name, value in {"hang_punctuation": False, "autospace": 0, "rows_per_page": 20}.items():
        setattr(house.publication, name, value)
    house.publication.save()
    issue = IssueFactory(publication=house.publication)
    EntryFactory(section=SectionFactory(issue=issue), issue=issue)
    built = build_document(Issue.objects.get(pk=issue.pk))
    assert built.layout == Layout(rows=20, cells=28, hang=False, autospace=0)
