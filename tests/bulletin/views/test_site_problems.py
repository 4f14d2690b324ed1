"""What the site cannot answer: the right status, a page that helps, in the reader's look."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client

from bulletin.site import problems as problems_page
from bulletin.views.site.limits import CHECKS
from tests import press

pytestmark = pytest.mark.django_db
DOORS = ('<a class="bar-name"', ">往期</a>", ">核对文件</a>", 'class="foot"', ">回到首页</a>")


@pytest.fixture
def site(house):
    press.publish(house.publication, press.document(2026, 9), house.editor)
    return house


@pytest.fixture
def strict() -> Client:
    """A client that is asked for what browsers are asked for."""
    return Client(enforce_csrf_checks=True)


def problems(client) -> dict[int, HttpResponse]:
    CHECKS.clear()
    answers = [
        client.get("/nowhere.html"),
        client.post("/monthly/"),
        client.post("/verify/", headers={"sec-fetch-site": "cross-site"}),
    ]
    answers += [client.get("/verify/?code=1") for _time in range(21)][-1:]
    CHECKS.clear()
    return {answer.status_code: answer for answer in answers}


def test_each_problem_has_its_status_and_the_doors_of_the_site(site, strict):
    found = problems(strict)
    assert set(found) == {404, 405, 403, 429}
    for status, answer in found.items():
        page = answer.content.decode()
        assert [door for door in DOORS if door not in page] == [], status
        assert 'rel="canonical"' not in page
        assert '<meta name="robots" content="noindex">' in page
    assert found[405].headers["Allow"] == "GET, HEAD"
    assert found[429].headers["Retry-After"] == "5"


def test_the_look_of_the_reader_stays(client, site):
    page = client.get("/nowhere/?view=en-dark").content.decode()
    assert '<html lang="en" class="dark">' in page
    assert "Page not found" in page
    assert 'href="/about/?view=en-dark">Help</a>' in page
    assert '<input type="hidden" name="view" value="en-dark">' in page


def test_without_a_publication_the_page_still_stands(client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_staff_rooms_keep_their_own(client, site):
    page = client.get("/desk/nowhere/").content.decode()
    assert "没有这个页面" in page
    assert 'class="foot"' not in page


def test_the_page_that_helps_needs_no_database(client, site, monkeypatch):
    def down(*_args):
        raise DatabaseError

    monkeypatch.setattr(problems_page, "house_of", down)
    answer = client.get("/nowhere.html")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()
