"""Feed, maps and API: whole, valid, and true to what is published."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from bulletin.document import VisitRecord
from bulletin.site.api.description import SCHEMAS, description
from bulletin.views.site.limits import SEARCHES
from tests import press

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def site(house):
    visits = (VisitRecord("顾清和", "党组书记、厅长", "民政厅"),)
    for month in (1, 2, 3):
        paper = press.with_visits(press.document(2026, month), visits)
        press.publish(house.publication, paper, house.editor)
    return house


def checked(client, url: str):
    """The answer, held against the schema that the description gives for its address."""
    path = url.partition("?")[0]
    operations = description()["paths"]
    operation = operations.get(path) or next(one for name, one in operations.items() if "{" in name)
    schema = operation["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    value = json.loads(client.get(url).content)
    whole = {**schema, "components": {"schemas": SCHEMAS}}
    Draft202012Validator(whole).validate(value)
    return value


def test_the_description_is_published_and_its_schemas_are_schemas(client, site):
    told = json.loads(client.get("/api/v1/openapi.json").content)
    assert told == json.loads(json.dumps(description()))
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)
    names = [operation["get"]["operationId"] for operation in told["paths"].values()]
    assert sorted(names) == ["figures", "issue", "issues", "items", "publications", "visits"]


def test_every_list_is_as_described(client, site):
    counts = {
        name: checked(client, f"/api/v1/{name}/")["count"]
        for name in ("publications", "issues", "items", "visits", "figures")
    }
    assert counts == {"publications": 1, "issues": 3, "items": 51, "visits": 3, "figures": 3}


def test_an_issue_is_whole(client, site):
    value = checked(client, "/api/v1/issues/monthly/2026/3/")
    paper = press.document(2026, 3)
    printed = [line["label"] + line["text"] for line in value["document"]["lines"]]
    assert printed == [line.text for line in paper.lines()]
    assert (
        client.get(value["files"][0]["url"].replace("http://localhost:8000", "")).headers["ETag"]
        == f'"{value["files"][0]["sha256"]}"'
    )


def test_pages_of_a_list_meet(client, site):
    one = checked(client, "/api/v1/items/")
    two = checked(client, one["next"].replace("http://localhost:8000", ""))
    assert len(one["results"]) == 50
    assert len(two["results"]) == 1
    assert two["next"] is None
    assert "page=1" in two["previous"]


def test_filters_of_the_api_are_those_of_the_site(client, site):
    assert checked(client, "/api/v1/items/?q=社保&year=2026")["count"] == 6
    assert checked(client, "/api/v1/items/?person=顾清和")["count"] == 3
    assert checked(client, "/api/v1/visits/?department=民政厅")["count"] == 3
    figures = checked(client, "/api/v1/figures/?key=total_handled")["results"]
    assert [row["figures"][0]["printed"] for row in figures] == ["4.6万件"] * 3


@pytest.mark.parametrize(
    "query, status",
    [("year=x", 400), ("page=0", 400), ("page=99999", 400), ("publication=absent", 404),
     ("publication=a/b", 400), ("person=" + "x" * 61, 400), ("q=%00", 400), ("year=%FF", 400),
     ("unknown=1", 200), ("page=900", 200), ("year=", 400)],
)  # fmt: skip
def test_a_parameter_is_right_or_the_answer_says_what_it_may_be(client, site, query, status):
    answer = client.get(f"/api/v1/items/?{query}")
    assert answer.status_code == status
    value = json.loads(answer.content)
    assert ("error" in value) == (status != 200)


def test_the_api_reads_only_and_names_its_answers(client, site):
    answer = client.get("/api/v1/issues/")
    assert client.post("/api/v1/issues/").status_code == 405
    again = client.get("/api/v1/issues/", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert not answer.cookies
    missing = client.get("/api/v1/issues/monthly/2031/1/")
    assert (missing.status_code, missing.headers["Content-Type"]) == (
        404, "application/json; charset=utf-8"
    )  # fmt: skip


def test_the_feed_has_the_whole_text_newest_first(client, site):
    answer = client.get("/monthly/feed.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)  # noqa: S314  our own bytes
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        f"政务窗口月报 2026年第{month}期" for month in (3, 2, 1)
    ]
    content = entries[0].findtext(f"{ATOM}content")
    for line in press.document(2026, 3).lines():
        if line.role in ("item", "heading", "paragraph"):
            assert line.text in str(content)


def test_maps_list_every_page_of_a_year_and_each_answers(client, site):
    index = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    [year] = [one.text for one in index.iter(f"{MAP}loc")]
    rows = ET.fromstring(client.get(year.replace("http://localhost:8000", "")).content)  # noqa: S314
    urls = [one.text.replace("http://localhost:8000", "") for one in rows.iter(f"{MAP}loc")]
    assert len(urls) == len(set(urls)) == 8 + 1 + 3 + 51
    for url in urls[:20]:
        assert client.get(url).status_code == 200, url
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots


def test_the_map_for_people_leads_everywhere(client, site):
    page = client.get("/monthly/map/").content.decode()
    for url in ("/monthly/visits/", "/monthly/2026/", "/verify/", "/monthly/subscribe/"):
        assert f'href="{url}"' in page


def test_pages_of_any_site_may_read_and_ask_beforehand(client, site):
    told = client.options("/api/v1/items/", headers={"origin": "https://news.example"})
    assert (told.status_code, told.content) == (204, b"")
    assert told.headers["Access-Control-Allow-Headers"] == "If-None-Match, If-Modified-Since"
    answers = [client.get(f"/api/v1/{rest}") for rest in ("items/", "items/?year=x", "nowhere/")]
    for answer in (told, *answers):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    known = client.get("/api/v1/items/", headers={"if-none-match": answers[0].headers["ETag"]})
    assert (known.status_code, known.headers["Access-Control-Allow-Origin"]) == (304, "*")
    assert "Access-Control-Allow-Origin" not in client.get("/monthly/").headers


def test_what_is_wrong_is_told_to_programs_in_json(site):
    strict = Client(enforce_csrf_checks=True)
    found = {
        405: strict.post("/api/v1/items/"),
        404: strict.get("/api/v1/nowhere/"),
        400: strict.get("/api/v1/items/?page=0"),
    }
    for status, answer in found.items():
        assert (answer.status_code, list(json.loads(answer.content))) == (status, ["error"])
    assert found[405].headers["Allow"] == "GET, HEAD, OPTIONS"
    SEARCHES.clear()
    last = [strict.get("/api/v1/") for _time in range(61)][-1]
    SEARCHES.clear()
    assert (last.status_code, last.headers["Retry-After"]) == (429, "1")


def test_the_root_and_the_page_for_people_lead_to_every_list(client, site):
    page = client.get("/api/").content.decode()
    for name, url in json.loads(client.get("/api/v1/").content).items():
        assert client.get(url.replace("http://localhost:8000", "")).status_code == 200, name
        assert url.removeprefix("http://localhost:8000") in page
    assert 'href="/monthly/statistics/figures.csv"' in page
    assert "所报年份" in page


def test_the_feed_brings_the_printed_issue_along(client, site):
    feed = ET.fromstring(client.get("/monthly/feed.atom").content)  # noqa: S314  our own bytes
    for entry in feed.findall(f"{ATOM}entry"):
        links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
        brought = links["enclosure"]
        answer = client.get(str(brought.get("href")).replace("http://localhost:8000", ""))
        assert answer.headers["Content-Type"] == brought.get("type") == "application/pdf"
        assert str(len(answer.content)) == brought.get("length")


def test_data_may_be_read_by_other_sites_and_pages_may_not(client, site):
    for url in ("/monthly/feed.atom", "/sitemap.xml", "/robots.txt"):
        assert client.get(url).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


def test_browsers_find_an_icon_where_they_look_for_it(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (
        302, "/static/bulletin/icon-32.png"
    )  # fmt: skip
